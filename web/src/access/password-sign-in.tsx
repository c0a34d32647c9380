import { Alert, Anchor, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { accessLinksStateOptions, signInSignInMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';
import { CodeField } from './code-field.tsx';
import { useEntrance, useSecondStep, withoutAsking } from './entrance.ts';

/** Address and password, then the second factor of who has one. */
export const PasswordSignIn = () => {
  const { t } = useTranslation();
  const enter = useEntrance();
  const second = useSecondStep();
  const setup = useQuery(accessLinksStateOptions());
  const signIn = useMutation({ ...signInSignInMutation(), onSuccess: enter, onError: second.hear });
  const error = withoutAsking(signIn.error);
  const form = useFields({ email: '', password: '', code: '' }, error);
  const { email, password, code } = form.values;
  const send = (): void =>
    signIn.mutate({ body: { email, password, ...(second.isAsked ? { code: code.trim() } : {}) } });
  return (
    <>
      {setup.data?.needed && (
        <Alert color="blue">
          <Anchor component={Link} to="/setup">
            {t('access.setUpFirst')}
          </Anchor>
        </Alert>
      )}
      <SubmitForm
        label={second.isAsked ? t('access.confirmCode') : t('access.signIn')}
        action={{ isPending: signIn.isPending, error }}
        fields={Object.keys(form.values)}
        onSubmit={send}
        fullWidth
      >
        {/* Both stay in the form in the second step: password managers save what they see sent. */}
        <TextInput
          {...form.text('email')}
          type="email"
          label={t('access.email')}
          autoComplete="username"
          autoFocus
          required
          readOnly={second.isAsked}
        />
        <PasswordInput
          {...form.text('password')}
          label={t('access.password')}
          autoComplete="current-password"
          required
          readOnly={second.isAsked}
        />
        {second.isAsked && <CodeField {...form.text('code')} />}
      </SubmitForm>
      <Anchor component={Link} to="/new-password" size="sm" ta="center">
        {t('access.forgotten')}
      </Anchor>
    </>
  );
};
