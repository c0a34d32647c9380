import { Select, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  membersChangeMutation,
  membersRemoveMutation,
  membersListInfiniteOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { MemberDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { useSession } from '../../access/session.ts';
import { AskButton } from '../../ui/ask-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { Invite } from './invite.tsx';
import { Invitations } from './invitations.tsx';
import { useRoles } from './use-roles.ts';

const TAGS = ['Members'];

export default function MembersSection() {
  return (
    <Stack>
      <Members />
      <Invite />
      <Invitations />
    </Stack>
  );
}

export const Members = () => {
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
