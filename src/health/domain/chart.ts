/** A CUSUM of log-likelihood ratios: how much more the evidence speaks for trouble than for health. */
export interface Chart {
  /** The statistic, 0 or more; capped so that what was a long outage ends in bounded time. */
  readonly score: number;
  readonly good: number;
  readonly bad: number;
  readonly unknown: number;
}

/** What a chart compares: failure rate when well (`p0`) and when ill (`p1`), and where it speaks up. */
export interface ChartLimits {
  readonly p0: number;
  readonly p1: number;
  readonly degradedAt: number;
  readonly downAt: number;
}

/** A call of unknown outcome is half a failure (design section 5). */
const UNKNOWN_WEIGHT = 0.5;

export const EMPTY_CHART: Chart = { score: 0, good: 0, bad: 0, unknown: 0 };

/** The chart after one more outcome. */
export const observe = (chart: Chart, verdict: 'good' | 'bad' | 'unknown', limits: ChartLimits): Chart => {
  const score = Math.min(2 * limits.downAt, Math.max(0, chart.score + evidenceOf(verdict, limits)));
  return { ...chart, score, [verdict]: chart[verdict] + 1 };
};

const evidenceOf = (verdict: 'good' | 'bad' | 'unknown', { p0, p1 }: ChartLimits): number => {
  if (verdict === 'good') return Math.log((1 - p1) / (1 - p0));
  return Math.log(p1 / p0) * (verdict === 'bad' ? 1 : UNKNOWN_WEIGHT);
};
