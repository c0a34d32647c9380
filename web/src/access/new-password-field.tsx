import { PasswordInput } from '@mantine/core';
import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { passwordLacks } from './password-lacks.ts';

interface NewPasswordFieldProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

/** A password to be chosen: how long it must be is said before, and counted while typing. */
export const NewPasswordField = (field: NewPasswordFieldProps) => {
  const { t } = useTranslation();
  const lacks = passwordLacks(field.value);
  return (
    <PasswordInput
      {...field}
      label={t('access.newPassword')}
      description={
        lacks > 0 && field.value !== '' ? t('access.passwordLacks', { count: lacks }) : t('access.passwordRule')
      }
      autoComplete="new-password"
      required
    />
  );
};
