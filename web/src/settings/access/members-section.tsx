import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import {
  invitesCreateMutation,
  invitesListInfiniteOptions,
  invitesRevokeMutation,
  membersChangeMutation,
  membersListInfiniteOptions,
  membersRemoveMutation,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { InviteDto, MemberDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useSession } from '../../access/session.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SubmitForm } from '../../ui/submit-form.tsx';
import { useTimes } from '../../ui/times.ts';
import { useFields } from '../../ui/use-fields.ts';

const ROLES: readonly MemberDto['role'][] = ['owner', 'editor', 'approver', 'viewer'];
const TAGS = ['Members'];

const useRoles = () => {
  const { t } = useTranslation();
  return ROLES.map((value) => ({ value, label: t(`role.${value}`) }));
};

export default function MembersSection() {
  return (
    <Stack>
      <Members />
      <Invite />
      <Invitations />
    </Stack>
  );
}

const Members = () => {
  const { t } = useTranslation();
  const { day } = useTimes();
  const { memberId } = useSession();
  const roles = useRoles();
  const members = useInfiniteQuery({ ...membersListInfiniteOptions(), ...BY_CURSOR });
  const change = useDeed(membersChangeMutation(), { tags: [...TAGS, 'Sessions'], said: t('common.saved') });
  const remove = useDeed(membersRemoveMutation(), { tags: TAGS, said: t('settings.members.removed') });
  return (
    <Panel title={t('settings.section.members')} note={t('settings.members.what')}>
      <Listed query={members} empty={null}>
        {(items) => (
          <DataTable<MemberDto>
            label={t('settings.section.members')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { name: 'name', title: t('common.name'), cell: ({ name, email }) => name || email },
              { name: 'email', title: t('access.email'), cell: ({ email }) => email },
              {
                name: 'role',
                title: t('settings.members.role'),
                cell: ({ id, role, email }) => (
                  <Select
                    aria-label={`${t('settings.members.role')}: ${email}`}
                    size="xs"
                    data={roles}
                    value={role}
                    allowDeselect={false}
                    onChange={(next) => next && change.mutate({ path: { id }, body: { role: next } })}
                  />
                ),
              },
              { name: 'since', title: t('settings.members.since'), cell: ({ createdAt }) => day(createdAt) },
              {
                name: 'remove',
                title: '',
                align: 'end',
                cell: ({ id, email }) =>
                  id === memberId ? null : (
                    <AskButton
                      label={t('common.remove')}
                      of={email}
                      title={t('settings.members.removeTitle', { email })}
                      text={t('settings.members.removeText')}
                      yes={t('settings.members.removeYes')}
                      onYes={() => remove.mutate({ path: { id } })}
                    />
                  ),
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};

const Invite = () => {
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

const Invitations = () => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const invites = useInfiniteQuery({ ...invitesListInfiniteOptions(), ...BY_CURSOR });
  const again = useDeed(invitesCreateMutation(), { tags: TAGS, said: t('settings.members.invited') });
  const revoke = useDeed(invitesRevokeMutation(), { tags: TAGS, said: t('settings.members.revoked') });
  return (
    <Panel title={t('settings.members.invitations')}>
      <Listed query={invites} empty={<EmptyState what={t('settings.members.noInvitations')} />}>
        {(items) => (
          <DataTable<InviteDto>
            label={t('settings.members.invitations')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              { name: 'email', title: t('access.email'), cell: ({ email }) => email },
              { name: 'role', title: t('settings.members.role'), cell: ({ role }) => t(`role.${role}`) },
              { name: 'state', title: t('common.status'), cell: ({ state }) => t(`settings.members.state.${state}`) },
              { name: 'until', title: t('settings.members.until'), cell: ({ expiresAt }) => moment(expiresAt) },
              {
                name: 'do',
                title: '',
                align: 'end',
                cell: ({ id, email, role, state }) =>
                  state === 'accepted' ? null : (
                    <Group gap="xs" justify="flex-end">
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={`${t('settings.members.again')}: ${email}`}
                        loading={again.isPending && again.variables.body.email === email}
                        onClick={() => again.mutate({ body: { email, role } })}
                      >
                        {t('settings.members.again')}
                      </Button>
                      {state === 'open' && (
                        <Button
                          size="xs"
                          variant="default"
                          aria-label={`${t('settings.members.revoke')}: ${email}`}
                          onClick={() => revoke.mutate({ path: { id } })}
                        >
                          {t('settings.members.revoke')}
                        </Button>
                      )}
                    </Group>
                  ),
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};
