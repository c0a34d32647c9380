import { Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accessLinksSetUpMutation } from '../api/generated/@tanstack/react-query.gen.ts';
import { SubmitForm } from '../ui/submit-form.tsx';
import { useFields } from '../ui/use-fields.ts';
import { useEntrance } from './entrance.ts';
import { NewPasswordField } from './new-password-field.tsx';

export const FirstOwnerForm = ({ token }: { readonly token: string }) => {
  const { t } = useTranslation();
  const enter = useEntrance();
  const setUp = useMutation({ ...accessLinksSetUpMutation(), onSuccess: enter });
  const form = useFields({ workspaceName: '', name: '', email: '', password: '' }, setUp.error);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const send = (): void => {
    const { workspaceName, ...person } = form.values;
    const named = workspaceName.trim() === '' ? {} : { workspaceName: workspaceName.trim() };
    setUp.mutate({ body: { token, ...person, ...named, timeZone } });
  };
  return (
    <SubmitForm label={t('access.setUpYes')} action={setUp} fields={Object.keys(form.values)} onSubmit={send} fullWidth>
      <Text size="sm" c="dimmed">
        {t('access.setUpWhat')}
      </Text>
      <TextInput
        {...form.text('workspaceName')}
        label={t('access.workspaceName')}
        description={t('access.workspaceNameWhat')}
        autoComplete="organization"
        autoFocus
      />
      <TextInput {...form.text('name')} label={t('access.name')} autoComplete="name" />
      <TextInput {...form.text('email')} type="email" label={t('access.email')} autoComplete="username" required />
      <NewPasswordField {...form.text('password')} />
      <Text size="sm" c="dimmed">
        {t('common.timesIn', { zone: timeZone })}
      </Text>
    </SubmitForm>
  );
};
