import { Anchor, SegmentedControl, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { BY_CURSOR } from '../api/by-cursor.ts';
import { incidentsListInfiniteOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Listed } from '../ui/listed.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { useRegions } from '../ui/regions.ts';
import { StateBadge } from '../ui/state-badge.tsx';
import { useTimes } from '../ui/times.ts';

const STATUSES = ['open', 'closed'] as const;

/** Spans of trouble, the newest first. */
export const IncidentList = () => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { title } = useRegions();
  const [params, setParams] = useSearchParams();
  const status = STATUSES.find((one) => one === params.get('status'));
  const query = useInfiniteQuery({
    ...incidentsListInfiniteOptions({ query: status ? { status } : {} }),
    ...BY_CURSOR,
  });
  return (
    <PageFrame
      title={t('page.incidents')}
      actions={
        <SegmentedControl
          aria-label={t('common.status')}
          value={status ?? 'all'}
          onChange={(value) => setParams(value === 'all' ? {} : { status: value })}
          data={[
            { value: 'all', label: t('common.all') },
            ...STATUSES.map((value) => ({ value, label: t(`state.${value}`) })),
          ]}
        />
      }
    >
      <Listed query={query} empty={<EmptyState what={t('incidents.empty')} />}>
        {(items) => (
          <DataTable
            label={t('page.incidents')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'platform',
                title: t('routes.platform'),
                cell: ({ id, platform, region }) => (
                  <Anchor component={Link} to={`/incidents/${id}`} underline="always">
                    <PlatformBadge platform={platform} /> · {title(region)}
                  </Anchor>
                ),
              },
              { name: 'status', title: t('common.status'), cell: ({ status: now }) => <StateBadge state={now} /> },
              {
                name: 'severity',
                title: t('incidents.severity'),
                cell: ({ severity }) => <StateBadge state={severity} />,
              },
              { name: 'opened', title: t('incidents.openedAt'), cell: ({ openedAt }) => moment(openedAt) },
              {
                name: 'closed',
                title: t('incidents.closedAt'),
                cell: ({ closedAt }) => (closedAt ? moment(closedAt) : '–'),
              },
              { name: 'reason', title: t('incidents.reason'), cell: ({ reason }) => <Text size="sm">{reason}</Text> },
            ]}
          />
        )}
      </Listed>
    </PageFrame>
  );
};
