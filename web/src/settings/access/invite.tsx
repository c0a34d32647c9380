import { Group, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { invitesCreateMutation } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { MemberDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useFields } from '../../ui/use-fields.ts';
import { useRoles } from './use-roles.ts';

const TAGS = ['Members'];

/** Asks somebody in, by mail. */
export const Invite = () => {
  const { t } = useTranslation();
  const roles = useRoles();
  const invite = useDeed(invitesCreateMutation(), {
    tags: TAGS,
    said: t('settings.members.invited'),
    onDone: () => form.set({ email: '' }),
    inForm: true,
  });
  const form = useFields<{ email: string; role: MemberDto['role'] }>({ email: '', role: 'editor' }, invite.error);
  return (
    <Panel title={t('settings.members.invite')} note={t('settings.members.inviteWhat')}>
      <SubmitForm
        label={t('settings.members.inviteYes')}
        action={invite}
        fields={['email', 'role']}
        onSubmit={() => invite.mutate({ body: form.values })}
      >
        <Group grow align="flex-start" preventGrowOverflow={false}>
          <TextInput {...form.text('email')} type="email" label={t('access.email')} autoComplete="off" required />
          <Select
            name="role"
            label={t('settings.members.role')}
            description={t(`settings.members.may.${form.values.role}`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={roles}
            value={form.values.role}
            allowDeselect={false}
            onChange={(role) => role && form.set({ role })}
          />
        </Group>
      </SubmitForm>
    </Panel>
  );
};
