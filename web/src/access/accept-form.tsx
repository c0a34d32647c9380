import { PasswordInput, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { signInAcceptInviteMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ShownInviteDto } from '../api/generated/types.gen.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';
import { CodeField } from './code-field.tsx';
import { useEntrance, useSecondStep, withoutAsking } from './entrance.ts';
import { NewPasswordField } from './new-password-field.tsx';

interface AcceptFormProps {
  readonly invite: ShownInviteDto;
  readonly token: string;
}

/** Who has an account gives its password; who has none chooses one. */
export const AcceptForm = ({ invite, token }: AcceptFormProps) => {
  const { t } = useTranslation();
  const enter = useEntrance();
  const second = useSecondStep();
  const accept = useMutation({ ...signInAcceptInviteMutation(), onSuccess: enter, onError: second.hear });
  const error = withoutAsking(accept.error);
  const form = useFields({ name: '', password: '', code: '' }, error);
  const { name, password, code } = form.values;
  const send = (): void =>
    accept.mutate({ body: { token, password, name, ...(second.isAsked ? { code: code.trim() } : {}) } });
  return (
    <SubmitForm
      label={t('access.joinYes', { workspace: invite.workspaceName })}
      action={{ isPending: accept.isPending, error }}
      fields={Object.keys(form.values)}
      onSubmit={send}
      fullWidth
    >
      <Text>{t('access.joinWhat', { workspace: invite.workspaceName, role: t(`role.${invite.role}`) })}</Text>
      <TextInput value={invite.email} type="email" label={t('access.email')} autoComplete="username" readOnly />
      {invite.hasAccount ? (
        <PasswordInput
          {...form.text('password')}
          label={t('access.yourPassword')}
          autoComplete="current-password"
          autoFocus
          required
        />
      ) : (
        <>
          <TextInput {...form.text('name')} label={t('access.name')} autoComplete="name" autoFocus />
          <NewPasswordField {...form.text('password')} />
        </>
      )}
      {second.isAsked && <CodeField {...form.text('code')} />}
    </SubmitForm>
  );
};
