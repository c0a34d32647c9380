/** A CUSUM of log-likelihood ratios: how much more the evidence speaks for trouble than for health. */
export interface Chart {
  /** The statistic; capped so that what was a long outage ends in bounded time. Below 0 it is credit (`Range`). */
  readonly score: number;
  /** What it was made of since it last stood at 0. */
  readonly good: number;
  readonly bad: number;
  readonly unknown: number;
  /** The same by weight: repeated news of one source weighs less. */
  readonly weight: number;
  readonly failed: number;
  /** Who failed, each once; not more than `BREADTH` are named. */
  readonly sources: readonly string[];
}

/** What a chart compares: failure rate when well (`p0`) and when ill (`p1`), and where it speaks up. */
export interface ChartLimits {
  readonly p0: number;
  readonly p1: number;
  readonly degradedAt: number;
  /** `Infinity`: it never says `down`. */
  readonly downAt: number;
}

/** One outcome as a chart counts it. */
export interface Outcome {
  readonly verdict: 'good' | 'bad' | 'unknown';
  /** 0..1 */
  readonly weight: number;
  /** Who failed. */
  readonly source: string;
  /** How often a call's outcome is unknown in healthy times, 0..1. */
  readonly unknownRate: number;
}

/** So many distinct sources must fail before a chart may speak: one account's trouble is not an outage. */
export const BREADTH = 3;
/** A call of unknown outcome counts half (design section 5): half the evidence that its rarity would give. */
const UNKNOWN_WEIGHT = 0.5;

export const EMPTY_CHART: Chart = { score: 0, good: 0, bad: 0, unknown: 0, weight: 0, failed: 0, sources: [] };

/** Log-likelihood ratio of one outcome, nats. */
export const evidenceOf = ({ verdict, unknownRate }: Omit<Outcome, 'weight' | 'source'>, p0: number, p1: number) => {
  if (verdict === 'good') return Math.log((1 - p1) / (1 - p0));
  if (verdict === 'bad') return Math.log(p1 / p0);
  return UNKNOWN_WEIGHT * Math.log(p1 / Math.min(p0, unknownRate));
};

/** How far a score may go. */
export interface Range {
  /** 0, or less where good news of the same moment must weigh against bad news that comes later. */
  readonly least: number;
  readonly most: number;
}

/** The chart after one more outcome; its sample begins anew where it falls to 0. */
export const observe = (chart: Chart, outcome: Outcome, evidence: number, { least, most }: Range): Chart => {
  const { verdict, weight, source } = outcome;
  const score = Math.min(most, Math.max(least, chart.score + evidence * weight));
  if (score <= 0) return score === 0 ? EMPTY_CHART : { ...EMPTY_CHART, score };
  const isGood = verdict === 'good';
  return {
    score,
    good: chart.good + (isGood ? 1 : 0),
    bad: chart.bad + (verdict === 'bad' ? 1 : 0),
    unknown: chart.unknown + (verdict === 'unknown' ? 1 : 0),
    weight: chart.weight + weight,
    failed: chart.failed + (isGood ? 0 : weight),
    sources: isGood ? chart.sources : withSource(chart.sources, source),
  };
};

/** Part of the outcomes of this alarm that failed, 0..1. */
export const failingShareOf = ({ weight, failed }: Chart): number => (weight > 0 ? failed / weight : 0);

const withSource = (sources: readonly string[], source: string): readonly string[] =>
  sources.length >= BREADTH || sources.includes(source) ? sources : [...sources, source];
