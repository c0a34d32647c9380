import { PasswordInput } from '@mantine/core';
import type { ChangeEvent } from 'react';
import { useTranslation } from 'react-i18next';

interface OwnPasswordFieldProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly error?: string | undefined;
}

/** The password that one has, asked once more before something that only its owner may do. */
export const OwnPasswordField = (field: OwnPasswordFieldProps) => {
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...field}
      label={t('access.password')}
      autoComplete="current-password"
      autoFocus
      data-autofocus
      required
    />
  );
};
