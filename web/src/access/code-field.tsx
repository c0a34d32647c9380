import { Anchor, Stack, TextInput } from '@mantine/core';
import { type ChangeEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface CodeFieldProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly error?: string | undefined;
  /** No recovery code can stand for it: there are none yet. */
  readonly isAppOnly?: boolean;
}

/** Six digits of an authenticator, or one of the codes kept for the day the phone is lost. */
export const CodeField = ({ isAppOnly = false, ...field }: CodeFieldProps) => {
  const { t } = useTranslation();
  const [isRecovery, setIsRecovery] = useState(false);
  return (
    <Stack gap={4}>
      <TextInput
        key={String(isRecovery)}
        {...field}
        label={isRecovery ? t('access.recoveryCode') : t('access.code')}
        description={isRecovery ? undefined : t('access.codeWhere')}
        inputMode={isRecovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
        data-autofocus
        required
      />
      {!isAppOnly && (
        <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setIsRecovery((is) => !is)}>
          {isRecovery ? t('access.useCode') : t('access.useRecovery')}
        </Anchor>
      )}
    </Stack>
  );
};
