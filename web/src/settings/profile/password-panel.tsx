import { PasswordInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NewPasswordField } from '../../access/new-password-field.tsx';
import { useSession } from '../../access/session.ts';
import { passwordsChangeMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';

const EMPTY = { currentPassword: '', newPassword: '' };

export const OwnPasswordPanel = () => {
  const { t } = useTranslation();
  const { email, name, role } = useSession();
  const change = useDeed(passwordsChangeMutation(), {
    tags: ['Sessions'],
    said: t('settings.profile.passwordChanged'),
    onDone: () => form.set(EMPTY),
    inForm: true,
  });
  const form = useFields(EMPTY, change.error);
  return (
    <Panel title={t('settings.profile.you')}>
      <Text>
        {name ? `${name}, ${email}` : email} ({t(`role.${role}`)})
      </Text>
      <SubmitForm
        label={t('settings.profile.changePassword')}
        action={change}
        fields={Object.keys(EMPTY)}
        onSubmit={() => change.mutate({ body: form.values })}
      >
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        <PasswordInput
          {...form.text('currentPassword')}
          label={t('settings.profile.currentPassword')}
          autoComplete="current-password"
          required
        />
        <NewPasswordField {...form.text('newPassword')} />
      </SubmitForm>
    </Panel>
  );
};
