import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ReferenceArea } from 'recharts';
import type { ViewsDto } from '../api/generated/types.gen.ts';
import { platformTitle } from '../ui/platforms.ts';
import { type Measure, rowsOf, shadesOf } from './chart-rows.ts';

const COLORS = ['teal.7', 'indigo.6', 'orange.7', 'grape.6', 'cyan.7', 'pink.6', 'lime.8', 'blue.6'];
const MOST_LINES = 8;
const SHADE = { color: 'var(--mantine-color-red-filled)', opacity: 0.14 } as const;

interface ViewsChartProps {
  readonly views: ViewsDto;
  readonly measure: Measure;
}

/** Views per day and line; shaded where counters could not be believed. The tables beneath say the same. */
export const ViewsChart = ({ views, measure }: ViewsChartProps) => {
  const { t, i18n } = useTranslation();
  const series = views.series.slice(0, MOST_LINES);
  const rows = rowsOf(series, measure);
  const shades = shadesOf(views.suspectSpans, rows);
  const day = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(i18n.language, { notation: 'compact' });
  const labelOf = ({ key, label }: { readonly key: string; readonly label: string }): string =>
    views.by === 'platform' ? platformTitle(key) : label;
  return (
    <>
      <div role="img" aria-label={t('analytics.chart')}>
        <LineChart
          h={300}
          data={[...rows]}
          dataKey="atMs"
          series={series.map((one, index) => ({
            name: one.key,
            label: labelOf(one),
            color: COLORS[index % COLORS.length] ?? 'teal.7',
          }))}
          curveType="monotone"
          connectNulls={false}
          withLegend
          valueFormatter={(value) => number.format(value)}
          xAxisProps={{
            type: 'number',
            scale: 'time',
            domain: ['dataMin', 'dataMax'],
            tickFormatter: (atMs: number) => day.format(atMs),
          }}
          tooltipProps={{ labelFormatter: (atMs) => (typeof atMs === 'number' ? day.format(atMs) : '') }}
        >
          {shades.map(({ fromMs, toMs, span }) => (
            <ReferenceArea
              key={`${span.platform} ${span.region} ${span.from}`}
              x1={fromMs}
              x2={toMs}
              fill={SHADE.color}
              fillOpacity={SHADE.opacity}
              ifOverflow="hidden"
            />
          ))}
        </LineChart>
      </div>
      {shades.length > 0 && <ShadeLegend />}
    </>
  );
};

/** What the shaded stretches mean. */
const ShadeLegend = () => {
  const { t } = useTranslation();
  return (
    <Group gap="xs" wrap="nowrap">
      <svg width={22} height={14} aria-hidden style={{ flexShrink: 0 }}>
        <rect width="100%" height="100%" rx={2} fill={SHADE.color} fillOpacity={SHADE.opacity * 2} />
      </svg>
      <Text size="sm">{t('analytics.shaded')}</Text>
    </Group>
  );
};
