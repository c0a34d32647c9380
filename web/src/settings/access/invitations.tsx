import { Button, Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  invitesCreateMutation,
  invitesRevokeMutation,
  invitesListInfiniteOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { InviteDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';
import { BY_CURSOR } from '../../api/by-cursor.ts';

const TAGS = ['Members'];

/** Who was asked in, and what became of it. */
export const Invitations = () => {
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
