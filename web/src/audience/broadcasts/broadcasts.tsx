import { Anchor, Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { BY_CURSOR } from '../../api/by-cursor.ts';
import { broadcastsListInfiniteOptions } from '../../api/generated/@tanstack/react-query.gen.ts';
import type { BroadcastResponse } from '../../api/generated/types.gen.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Listed } from '../../ui/listed.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useTimes } from '../../ui/times.ts';
import { useBroadcastName } from './broadcast-name.ts';
import { progressOf } from './progress-of.ts';

export const Broadcasts = () => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const nameOf = useBroadcastName();
  const broadcasts = useInfiniteQuery({ ...broadcastsListInfiniteOptions(), ...BY_CURSOR });
  const write = (
    <Button component={Link} to="new" size="xs">
      {t('audience.broadcast.write')}
    </Button>
  );
  return (
    <Panel title={t('audience.section.broadcasts')} note={t('audience.broadcast.what')} actions={write}>
      <Listed query={broadcasts} empty={<EmptyState what={t('audience.broadcast.none')} next={write} />}>
        {(items) => (
          <DataTable<BroadcastResponse>
            label={t('audience.section.broadcasts')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'subject',
                title: t('audience.broadcast.subject'),
                cell: (broadcast) => (
                  <Anchor component={Link} to={broadcast.id} size="sm">
                    {nameOf(broadcast)}
                  </Anchor>
                ),
              },
              {
                name: 'kind',
                title: t('audience.broadcast.kind'),
                cell: ({ kind }) => t(`audience.broadcast.kindIs.${kind}`),
              },
              { name: 'status', title: t('common.status'), cell: ({ status }) => <StateBadge state={status} /> },
              {
                name: 'sent',
                title: t('audience.broadcast.arrived'),
                align: 'end',
                cell: ({ counts, recipients, frozenAt }) =>
                  frozenAt
                    ? t('audience.broadcast.of', { done: progressOf(counts, recipients).accepted, total: recipients })
                    : '–',
              },
              {
                name: 'at',
                title: t('audience.broadcast.when'),
                cell: ({ scheduledAt, finishedAt, createdAt }) => moment(finishedAt ?? scheduledAt ?? createdAt),
              },
            ]}
          />
        )}
      </Listed>
    </Panel>
  );
};
