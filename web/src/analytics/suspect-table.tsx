import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { SuspectSpanDto } from '../api/generated/types.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { useRegions } from '../ui/regions.ts';
import { useTimes } from '../ui/times.ts';

/** When and why counters could not be believed: what the chart shades. */
export const SuspectTable = ({ spans }: { readonly spans: readonly SuspectSpanDto[] }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  const { title } = useRegions();
  if (spans.length === 0) return null;
  return (
    <Panel title={t('analytics.suspect')} note={t('analytics.suspectWhat')}>
      <DataTable
        label={t('analytics.suspect')}
        rows={spans}
        keyOf={({ platform, region, from, because }) => `${platform} ${region} ${from} ${because}`}
        columns={[
          {
            name: 'where',
            title: t('routes.platform'),
            cell: ({ platform, region }) => (
              <>
                <PlatformBadge platform={platform} /> · {title(region)}
              </>
            ),
          },
          { name: 'from', title: t('incidents.openedAt'), cell: ({ from }) => moment(from) },
          { name: 'to', title: t('incidents.closedAt'), cell: ({ to }) => (to ? moment(to) : t('analytics.lasts')) },
          {
            name: 'why',
            title: t('incidents.reason'),
            cell: ({ reason, incidentId }) =>
              incidentId ? (
                <Anchor component={Link} to={`/incidents/${incidentId}`} size="sm" underline="always">
                  {reason}
                </Anchor>
              ) : (
                <Text size="sm">{reason}</Text>
              ),
          },
        ]}
      />
    </Panel>
  );
};
