import { MINUTE_MS, scaledMs, type TimeScale } from '../../../kernel/durations.js';

/** How a provider of ours does. There is no ramp: work waits by itself while it is away. */
export const PROVIDER_STATES = ['healthy', 'degraded', 'down'] as const;
export type ProviderState = (typeof PROVIDER_STATES)[number];

/** Everything the detector remembers of one provider. Plain JSON. */
export interface ProviderStatistic {
  /** CUSUM of the log-likelihood ratio of failing half of the time against one in fifty; 0..`CAP`. */
  readonly score: number;
  /** Calls since the last change of state. */
  readonly good: number;
  readonly bad: number;
  /** Good calls since the last bad one. */
  readonly goodInRow: number;
}

export interface ProviderHealth {
  readonly state: ProviderState;
  readonly since: Date;
  readonly reason: string;
  readonly statistic: ProviderStatistic;
  readonly lastGoodAt?: Date;
  readonly lastBadAt?: Date;
}

/** Calls since the last judgement; in which order they came is not known. */
export interface ProviderCounts {
  readonly good: number;
  readonly bad: number;
}

export interface ProviderTransition {
  readonly from: ProviderState;
  readonly to: ProviderState;
  readonly reason: string;
  readonly statistic: ProviderStatistic;
  readonly at: Date;
}

export interface ProviderLimits {
  readonly p0: number;
  readonly p1: number;
  readonly degradedAt: number;
  readonly downAt: number;
  /** Nothing bad for so long, ms, and `goodToEnd` good calls, end a trouble. */
  readonly quietMs: number;
  readonly goodToEnd: number;
}

/**
 * Two bad calls in a row are a doubt, three are down: 2 x ln(0.5/0.02) = 6.4, 3 x = 9.7. One call in ten that fails
 * never raises it, one in five does.
 */
export const providerLimits = (scale: TimeScale): ProviderLimits => ({
  p0: 0.02,
  p1: 0.5,
  degradedAt: 6,
  downAt: 9,
  quietMs: scaledMs(2 * MINUTE_MS, scale),
  goodToEnd: 3,
});

/** Of a provider nobody has heard of. */
export const unseenProvider = (now: Date): ProviderHealth => ({
  state: 'healthy',
  since: now,
  reason: 'No trouble seen.',
  statistic: { score: 0, good: 0, bad: 0, goodInRow: 0 },
});

/** The health after some calls. Silence is no evidence: without calls nothing changes. */
export const judgeProvider = (
  before: ProviderHealth,
  counts: ProviderCounts,
  now: Date,
  limits: ProviderLimits,
): { readonly health: ProviderHealth; readonly transition?: ProviderTransition } => {
  if (counts.good + counts.bad === 0) return { health: before };
  const statistic = counted(before.statistic, counts, limits);
  const health: ProviderHealth = {
    ...before,
    statistic,
    ...(counts.good > 0 ? { lastGoodAt: now } : {}),
    ...(counts.bad > 0 ? { lastBadAt: now } : {}),
  };
  const to = nextState(health, now, limits);
  if (to === before.state) return { health };
  const reason = reasonOf(to, statistic);
  const entered = { ...statistic, good: 0, bad: 0, ...(to === 'healthy' ? { score: 0 } : {}) };
  const transition = { from: before.state, to, reason, statistic, at: now };
  return { health: { ...health, state: to, since: now, reason, statistic: entered }, transition };
};

const counted = (
  known: ProviderStatistic,
  { good, bad }: ProviderCounts,
  limits: ProviderLimits,
): ProviderStatistic => {
  const { p0, p1, downAt } = limits;
  const step = bad * Math.log(p1 / p0) + good * Math.log((1 - p1) / (1 - p0));
  return {
    score: Math.min(2 * downAt, Math.max(0, known.score + step)),
    good: known.good + good,
    bad: known.bad + bad,
    goodInRow: bad > 0 ? 0 : known.goodInRow + good,
  };
};

const nextState = (
  { state, statistic, lastBadAt }: ProviderHealth,
  now: Date,
  limits: ProviderLimits,
): ProviderState => {
  const quietMs = lastBadAt ? now.getTime() - lastBadAt.getTime() : Infinity;
  const isOver = statistic.goodInRow >= limits.goodToEnd && quietMs >= limits.quietMs;
  if (state !== 'healthy' && isOver) return 'healthy';
  if (statistic.score >= limits.downAt) return 'down';
  if (statistic.score >= limits.degradedAt && state === 'healthy') return 'degraded';
  return state;
};

const reasonOf = (to: ProviderState, { good, bad, goodInRow }: ProviderStatistic): string =>
  to === 'healthy'
    ? `Well again: ${goodInRow} good calls in a row.`
    : `${bad} of the last ${good + bad} calls failed on its side.`;
