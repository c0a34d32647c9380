import { Badge, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  sessionEndMutation,
  sessionEndOthersMutation,
  sessionListOptions,
} from '../../api/generated/@tanstack/react-query.gen.ts';
import type { ListedSessionDto } from '../../api/generated/types.gen.ts';
import { useDeed } from '../../api/use-deed.ts';
import { Answered } from '../../ui/answered.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useTimes } from '../../ui/times.ts';
import { browserOf } from './browser-of.ts';

/** Where one is signed in. */
export const SessionsPanel = () => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const sessions = useQuery(sessionListOptions());
  const end = useDeed(sessionEndMutation(), { tags: ['Sessions'], said: t('settings.profile.sessionEnded') });
  const endOthers = useDeed(sessionEndOthersMutation(), {
    tags: ['Sessions'],
    said: t('settings.profile.othersEnded'),
  });
  return (
    <Panel
      title={t('settings.profile.sessions')}
      note={t('settings.profile.sessionsWhat')}
      actions={
        <Button size="xs" variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate({})}>
          {t('settings.profile.endOthers')}
        </Button>
      }
    >
      <Answered query={sessions}>
        {({ items }) => (
          <DataTable<ListedSessionDto>
            label={t('settings.profile.sessions')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'browser',
                title: t('settings.profile.browser'),
                cell: ({ userAgent, isThis }) => (
                  <Group gap="xs">
                    <Text size="sm" title={userAgent}>
                      {browserOf(userAgent) ?? t('settings.profile.unknownBrowser')}
                    </Text>
                    {isThis && <Badge variant="light">{t('settings.profile.thisOne')}</Badge>}
                  </Group>
                ),
              },
              { name: 'address', title: t('settings.profile.address'), cell: ({ address }) => <code>{address}</code> },
              { name: 'began', title: t('settings.profile.began'), cell: ({ createdAt }) => moment(createdAt) },
              { name: 'seen', title: t('settings.profile.seen'), cell: ({ lastSeenAt }) => moment(lastSeenAt) },
              {
                name: 'end',
                title: '',
                align: 'end',
                cell: ({ id, isThis, address }) =>
                  isThis ? null : (
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`${t('settings.profile.end')}: ${address}`}
                      onClick={() => end.mutate({ path: { id } })}
                    >
                      {t('settings.profile.end')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Answered>
    </Panel>
  );
};
