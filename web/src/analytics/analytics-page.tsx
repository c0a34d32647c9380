import { Alert, Button, Group, SegmentedControl, Select, Stack } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { viewsOverTimeOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import type { ViewsDto } from '../api/generated/types.gen.ts';
import { Answered } from '../ui/answered.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Panel } from '../ui/panel.tsx';
import { PLATFORM_OPTIONS, platformTitle, type PlatformName } from '../ui/platforms.ts';
import { useNowMs } from '../ui/use-now-ms.ts';
import { BestPosts } from './best-posts.tsx';
import { BestTimes } from './best-times.tsx';
import type { Measure } from './chart-rows.ts';
import { DAYS, daysBack, type Filter, GROUPS } from './filter.ts';
import { Radar } from './radar.tsx';
import { SuspectTable } from './suspect-table.tsx';
import { ViewsChart } from './views-chart.tsx';

/** How posts do, without what could not be believed. */
export default function AnalyticsPage() {
  const { t } = useTranslation();
  const [by, setBy] = useState<Filter['by']>('platform');
  const [days, setDays] = useState<(typeof DAYS)[number]>('30');
  const [platform, setPlatform] = useState<PlatformName | null>(null);
  const nowMs = useNowMs();
  const filter: Filter = { by, from: daysBack(Number(days), nowMs), ...(platform ? { platform } : {}) };
  const query = useQuery(viewsOverTimeOptions({ query: filter }));
  const csv = new URLSearchParams({ from: filter.from, groupBy: by, format: 'csv', ...(platform ? { platform } : {}) });
  return (
    <PageFrame
      title={t('page.analytics')}
      actions={
        <Button
          component="a"
          variant="default"
          href={`/v1/analytics?${csv}`}
          download="analytics.csv"
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          CSV
        </Button>
      }
    >
      <Group>
        <SegmentedControl
          aria-label={t('analytics.span')}
          data={DAYS.map((value) => ({ value, label: t('analytics.days', { count: Number(value) }) }))}
          value={days}
          onChange={setDays}
        />
        <SegmentedControl
          aria-label={t('analytics.by')}
          data={GROUPS.map((value) => ({ value, label: t(`analytics.group.${value}`) }))}
          value={by}
          onChange={setBy}
        />
        <Select
          aria-label={t('routes.platform')}
          placeholder={t('routes.anyPlatform')}
          clearable
          data={PLATFORM_OPTIONS}
          value={platform}
          onChange={setPlatform}
        />
      </Group>
      <Stack>
        <Answered query={query}>{(views) => <Views views={views} />}</Answered>
        <BestPosts filter={filter} />
        <BestTimes />
        <Radar />
      </Stack>
    </PageFrame>
  );
}

const Views = ({ views }: { readonly views: ViewsDto }) => {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<Measure>('views');
  if (views.series.length === 0) return <EmptyState what={t('analytics.empty')} />;
  const choice = (
    <SegmentedControl
      aria-label={t('analytics.measure')}
      data={(['views', 'gained'] as const).map((value) => ({ value, label: t(`analytics.measures.${value}`) }))}
      value={measure}
      onChange={setMeasure}
    />
  );
  return (
    <>
      <Panel title={t('analytics.overTime')} note={t('analytics.overTimeWhat')} actions={choice}>
        <ViewsChart views={views} measure={measure} />
        {views.truncated && <Alert color="gray">{t('analytics.truncated')}</Alert>}
        <SeriesTable views={views} />
      </Panel>
      <SuspectTable spans={views.suspectSpans} />
    </>
  );
};

const SeriesTable = ({ views }: { readonly views: ViewsDto }) => {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const gained = ({ points }: ViewsDto['series'][number]): number =>
    points.reduce((sum, point) => sum + (point.gained ?? 0), 0);
  return (
    <DataTable
      label={t('analytics.overTime')}
      rows={views.series}
      keyOf={({ key }) => key}
      columns={[
        {
          name: 'what',
          title: t(`analytics.group.${views.by}`),
          cell: ({ key, label }) => (views.by === 'platform' ? platformTitle(key) : label),
        },
        {
          name: 'views',
          title: t('analytics.measures.views'),
          align: 'end',
          cell: ({ points }) => number.format(points.at(-1)?.views ?? 0),
        },
        {
          name: 'gained',
          title: t('analytics.measures.gained'),
          align: 'end',
          cell: (one) => number.format(gained(one)),
        },
        { name: 'targets', title: t('analytics.posts'), align: 'end', cell: ({ targets }) => number.format(targets) },
        { name: 'samples', title: t('analytics.reads'), align: 'end', cell: ({ samples }) => number.format(samples) },
      ]}
    />
  );
};
