import { Code, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { totpBeginMutation, totpConfirmMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { EnrolmentDto } from '../api/generated/types.gen.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';
import { CodeField } from './code-field.tsx';
import { OwnPasswordField } from './own-password-field.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Password, then the picture for the authenticator and its first code, then codes for the day the phone is lost. */
export const TotpEnrolment = ({ email, onDone }: { readonly email: string; readonly onDone: () => void }) => {
  const begin = useMutation(totpBeginMutation());
  const confirm = useMutation(totpConfirmMutation());
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recoveryCodes} onKept={onDone} />;
  if (begin.data)
    return (
      <FirstCode
        enrolment={begin.data}
        action={confirm}
        onCode={(code) => confirm.mutate({ body: { code: code.trim() } })}
      />
    );
  return <OwnPassword email={email} action={begin} onPassword={(password) => begin.mutate({ body: { password } })} />;
};

interface OwnPasswordProps {
  readonly email: string;
  readonly action: { readonly isPending: boolean; readonly error: unknown };
  readonly onPassword: (password: string) => void;
}

const OwnPassword = ({ email, action, onPassword }: OwnPasswordProps) => {
  const { t } = useTranslation();
  const form = useFields({ password: '' }, action.error);
  return (
    <SubmitForm
      label={t('access.totpBegin')}
      action={action}
      fields={['password']}
      onSubmit={() => onPassword(form.values.password)}
    >
      <Text size="sm">{t('access.totpWhat')}</Text>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <OwnPasswordField {...form.text('password')} />
    </SubmitForm>
  );
};

interface FirstCodeProps {
  readonly enrolment: EnrolmentDto;
  readonly action: { readonly isPending: boolean; readonly error: unknown };
  readonly onCode: (code: string) => void;
}

const FirstCode = ({ enrolment, action, onCode }: FirstCodeProps) => {
  const { t } = useTranslation();
  const form = useFields({ code: '' }, action.error);
  return (
    <SubmitForm
      label={t('access.totpConfirm')}
      action={action}
      fields={['code']}
      onSubmit={() => onCode(form.values.code)}
    >
      <Text size="sm">{t('access.totpScan')}</Text>
      <Stack align="center">
        <QrCode text={enrolment.otpauthUrl} label={t('access.totpQr')} />
        <Code aria-label={t('access.totpKey')}>{enrolment.secret}</Code>
      </Stack>
      <CodeField {...form.text('code')} isAppOnly />
    </SubmitForm>
  );
};
