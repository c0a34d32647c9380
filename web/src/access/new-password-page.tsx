import { Alert, Anchor, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { signInAskResetMutation, signInRedeemResetMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';
import { DoorFrame } from './door-frame.tsx';
import { useLinkToken } from './link-token.ts';
import { NewPasswordField } from './new-password-field.tsx';

/** Asks for a link by mail; the link leads back here and sets the password. */
export default function NewPasswordPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  return (
    <DoorFrame title={t('access.newPasswordTitle')}>
      {token === '' ? <AskForm /> : <RedeemForm token={token} />}
      <Anchor component={Link} to="/sign-in" size="sm" ta="center">
        {t('access.signIn')}
      </Anchor>
    </DoorFrame>
  );
}

const AskForm = () => {
  const { t } = useTranslation();
  const ask = useMutation(signInAskResetMutation());
  const form = useFields({ email: '' }, ask.error);
  if (ask.data)
    return (
      <Alert color="leaf" role="status">
        {t('access.resetAsked')}
      </Alert>
    );
  return (
    <SubmitForm
      label={t('access.resetAsk')}
      action={ask}
      fields={['email']}
      onSubmit={() => ask.mutate({ body: form.values })}
      fullWidth
    >
      <Text size="sm" c="dimmed">
        {t('access.resetWhat')}
      </Text>
      <TextInput
        {...form.text('email')}
        type="email"
        label={t('access.email')}
        autoComplete="username"
        autoFocus
        required
      />
    </SubmitForm>
  );
};

const RedeemForm = ({ token }: { readonly token: string }) => {
  const { t } = useTranslation();
  const redeem = useMutation(signInRedeemResetMutation());
  const form = useFields({ password: '' }, redeem.error);
  if (redeem.isSuccess)
    return (
      <Alert color="leaf" role="status">
        {t('access.resetDone')}
      </Alert>
    );
  return (
    <SubmitForm
      label={t('access.resetYes')}
      action={redeem}
      fields={['password']}
      onSubmit={() => redeem.mutate({ body: { token, password: form.values.password } })}
      fullWidth
    >
      <NewPasswordField {...form.text('password')} autoFocus />
    </SubmitForm>
  );
};
