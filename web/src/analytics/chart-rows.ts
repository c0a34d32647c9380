import type { SuspectSpanDto, ViewsDto } from '../api/generated/types.gen.ts';

type Series = ViewsDto['series'][number];

/** What a line shows: what a day brought, or what is known in sum. */
export type Measure = 'gained' | 'views';

/** One day of the chart: the instant it begins (UTC midnight of its date), and a value per series; none: a gap. */
export type ChartRow = { readonly atMs: number } & Readonly<Record<string, number>>;

const DAY_MS = 86_400_000;

export const dayMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Every day from the first to the last that any series knows; a day without a trustworthy read has no value. */
export const rowsOf = (series: readonly Series[], measure: Measure): ChartRow[] => {
  const days = series.flatMap(({ points }) => points.map(({ day }) => dayMs(day)));
  if (days.length === 0) return [];
  const first = Math.min(...days);
  const count = (Math.max(...days) - first) / DAY_MS + 1;
  const rows = Array.from({ length: count }, (_, index): Record<string, number> & { atMs: number } => ({
    atMs: first + index * DAY_MS,
  }));
  for (const { key, points } of series)
    for (const point of points) {
      const value = point[measure];
      const row = rows[(dayMs(point.day) - first) / DAY_MS];
      if (row && value !== undefined) row[key] = value;
    }
  return rows;
};

/** A shaded stretch of the chart. */
export interface Shade {
  readonly fromMs: number;
  readonly toMs: number;
  readonly span: SuspectSpanDto;
}

/** Spans cut to the days of the chart, each at least a quarter of a day wide, so that a short one is seen. */
export const shadesOf = (spans: readonly SuspectSpanDto[], rows: readonly ChartRow[]): Shade[] => {
  const first = rows[0]?.atMs;
  const last = rows.at(-1)?.atMs;
  if (first === undefined || last === undefined) return [];
  return spans.flatMap((span) => {
    const fromMs = Math.max(first, Date.parse(span.from));
    const endMs = span.to === undefined ? last : Math.min(last, Date.parse(span.to));
    if (endMs < first) return [];
    const toMs = Math.min(last, Math.max(endMs, fromMs + DAY_MS / 4));
    return toMs > fromMs ? [{ fromMs, toMs, span }] : [];
  });
};
