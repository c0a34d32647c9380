import { Alert, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { accountsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { DrillReportDto, ScoreItemDto } from '../api/generated/types.gen.ts';
import { DataTable } from '../ui/data-table.tsx';
import { withAccountNames } from '../ui/named-accounts.ts';
import { Panel } from '../ui/panel.tsx';
import { PlatformBadge } from '../ui/platform-badge.tsx';
import { StateBadge } from '../ui/state-badge.tsx';
import { useTimes } from '../ui/times.ts';

const MOST_ACCOUNTS = 100;

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

interface ScorePanelProps {
  readonly items: readonly ScoreItemDto[];
  readonly before: readonly { readonly code: string; readonly before: number }[] | undefined;
}

const ScorePanel = ({ items, before = [] }: ScorePanelProps) => {
  const { t, i18n } = useTranslation();
  const say = (value: number, unit: ScoreItemDto['unit']): string => {
    if (unit === 'share') return new Intl.NumberFormat(i18n.language, { style: 'percent' }).format(value);
    return unit === 'seconds' ? t('drills.seconds', { count: Math.round(value) }) : String(value);
  };
  const earlier = ({ code, unit }: ScoreItemDto): string => {
    const was = before.find((item) => item.code === code)?.before;
    return was === undefined ? '' : ` (${t('drills.before', { value: say(was, unit) })})`;
  };
  return (
    <Panel title={t('drills.score')}>
      <DataTable
        label={t('drills.score')}
        rows={items}
        keyOf={({ code }) => code}
        columns={[
          { name: 'what', title: t('drills.what'), cell: ({ code }) => t(`drills.item.${code}`) },
          {
            name: 'verdict',
            title: t('drills.verdict'),
            cell: ({ verdict }) => <StateBadge state={verdict} size="sm" />,
          },
          { name: 'value', title: t('drills.value'), cell: (item) => `${say(item.value, item.unit)}${earlier(item)}` },
          { name: 'points', title: t('drills.points'), align: 'end', cell: ({ points, of }) => `${points} / ${of}` },
          { name: 'next', title: t('drills.next'), cell: ({ next }) => <Text size="sm">{next}</Text> },
        ]}
      />
    </Panel>
  );
};

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

const WeakPoints = ({ report: { obstacles, tokens, broadcast, played } }: { readonly report: DrillReportDto }) => {
  const { t } = useTranslation();
  const accounts = useQuery(accountsListOptions({ query: { limit: MOST_ACCOUNTS } }));
  const named = accounts.data?.items ?? [];
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} style={{ alignItems: 'start' }}>
      {obstacles.length > 0 && (
        <Panel title={t('drills.obstacles')}>
          {obstacles.map(({ code, count, example }) => (
            <Text key={code} size="sm">
              <b>{t('drills.posts', { count })}</b>: {withAccountNames(example, named)}
            </Text>
          ))}
        </Panel>
      )}
      {tokens.length > 0 && (
        <Panel title={t('drills.tokens')}>
          {tokens.map(({ accountId, platform, displayName, next }) => (
            <Stack key={accountId} gap={0}>
              <PlatformBadge platform={platform} account={displayName} />
              <Text size="sm">{next}</Text>
            </Stack>
          ))}
        </Panel>
      )}
      <Panel title={t('drills.broadcast')}>
        <Text size="sm">
          {t('drills.recipients', { count: broadcast.recipients })} {broadcast.next}
        </Text>
      </Panel>
      {played && (
        <Panel title={t('drills.played')}>
          <Text size="sm">
            {t('drills.playedWhat', {
              copied: played.copied,
              found: played.found,
              caughtUp: played.caughtUp,
              duplicates: played.duplicates,
            })}
          </Text>
          {played.detectedAfterSeconds !== undefined && (
            <Text size="sm">{t('drills.detected', { count: Math.round(played.detectedAfterSeconds) })}</Text>
          )}
          {played.readmittedAfterSeconds !== undefined && (
            <Text size="sm">{t('drills.readmitted', { count: Math.round(played.readmittedAfterSeconds) })}</Text>
          )}
        </Panel>
      )}
    </SimpleGrid>
  );
};
