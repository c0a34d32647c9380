import { Alert, Group, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DrillReportDto } from '../api/generated/types.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useTimes } from '../ui/times.ts';
import { ScorePanel } from './score-panel.tsx';
import { WeakPoints } from './weak-points.tsx';

/** The score with what to do next, who would carry the load, and what stands in the way. */
export const DrillReport = ({ report }: { readonly report: DrillReportDto }) => {
  const { t } = useTranslation();
  const { score, summary, result, comparison, limits } = report;
  return (
    <Stack>
      <Alert color={result === 'failed' ? 'red' : result === 'passed' ? 'teal' : 'gray'} role="status">
        <Group align="center" wrap="nowrap">
          {score && (
            <Text fz={34} fw={700} c="var(--mantine-color-text)">
              {score.points}
            </Text>
          )}
          <Stack gap={2}>
            <StateBadge state={result} />
            <Text size="sm" c="var(--mantine-color-text)">
              {summary}
              {comparison && ` ${t('drills.compared', { change: signed(comparison.change) })}`}
            </Text>
          </Stack>
        </Group>
      </Alert>
      {score && <ScorePanel items={score.items} before={comparison?.items} />}
      <FallbacksPanel report={report} />
      <WeakPoints report={report} />
      {limits.length > 0 && (
        <Panel title={t('drills.limits')}>
          <List size="sm">
            {limits.map((limit) => (
              <List.Item key={limit}>{limit}</List.Item>
            ))}
          </List>
        </Panel>
      )}
    </Stack>
  );
};

const signed = (change: number): string => (change > 0 ? `+${change}` : String(change));

const FallbacksPanel = ({ report: { fallbacks } }: { readonly report: DrillReportDto }) => {
  const { t } = useTranslation();
  const { moment } = useTimes();
  if (fallbacks.length === 0) return null;
  return (
    <Panel title={t('drills.fallbacks')}>
      <DataTable
        label={t('drills.fallbacks')}
        rows={fallbacks}
        keyOf={({ accountId }) => accountId}
        columns={[
          {
            name: 'account',
            title: t('incidents.account'),
            cell: ({ platform, displayName }) => <PlatformBadge platform={platform} account={displayName} />,
          },
          { name: 'moved', title: t('drills.takes'), align: 'end', cell: ({ moved }) => moved },
          { name: 'busiest', title: t('drills.busiest'), cell: ({ busiestHour }) => moment(busiestHour) },
          {
            name: 'then',
            title: t('drills.then'),
            align: 'end',
            cell: ({ ownThen, extraThen }) => `${ownThen} + ${extraThen}`,
          },
        ]}
      />
    </Panel>
  );
};
