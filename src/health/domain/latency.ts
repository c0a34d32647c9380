import { HOUR_MS } from '../../kernel/durations.js';
import { quantileAfter } from './quantile.js';
import { NOTHING_RECENT, type RecentShare } from './recent-share.js';

/** Learnt 95th percentiles of how long a good publish call takes, per hour of the day (UTC), ms. */
export interface Latencies {
  readonly overallMs: number;
  readonly seen: number;
  readonly hoursMs: readonly number[];
  readonly hoursSeen: readonly number[];
  /** Slow answers come after the quick ones of the same burst: only both together tell. */
  readonly recent: RecentShare;
}

const QUANTILE = 0.95;
const PACE = 0.1;
/** First guess, ms; moves quickly while little was seen. */
const FIRST_MS = 5_000;
const HOURS = 24;
/** An hour of the day speaks for itself after so many calls; nothing is judged before as many overall. */
const ENOUGH = 20;
const EARLY_PACE = 0.5;
/** Slow is beyond so many times the usual 95th percentile (`resilience.md` A4). */
const SLOW = 3;

export const FIRST_LATENCIES: Latencies = {
  overallMs: FIRST_MS,
  seen: 0,
  hoursMs: Array.from({ length: HOURS }, () => FIRST_MS),
  hoursSeen: Array.from({ length: HOURS }, () => 0),
  recent: NOTHING_RECENT,
};

/** Whether the call was slow for this hour; undefined while too little is known. */
export const isSlow = (known: Latencies, latencyMs: number, atMs: number): boolean | undefined => {
  if (known.seen < 5 * ENOUGH) return undefined;
  const hour = hourOf(atMs);
  const isHourKnown = (known.hoursSeen[hour] ?? 0) >= ENOUGH;
  const usual = isHourKnown ? Math.max(known.hoursMs[hour] ?? 0, known.overallMs / 2) : known.overallMs;
  return latencyMs > SLOW * usual;
};

export const learnLatency = (known: Latencies, latencyMs: number, atMs: number): Latencies => {
  const hour = hourOf(atMs);
  const seen = known.hoursSeen[hour] ?? 0;
  const from = seen === 0 ? known.overallMs : (known.hoursMs[hour] ?? FIRST_MS);
  return {
    overallMs: quantileAfter(known.overallMs, latencyMs, QUANTILE, known.seen < 5 * ENOUGH ? EARLY_PACE : PACE),
    seen: known.seen + 1,
    hoursMs: known.hoursMs.with(hour, quantileAfter(from, latencyMs, QUANTILE, PACE)),
    hoursSeen: known.hoursSeen.with(hour, seen + 1),
    recent: known.recent,
  };
};

const hourOf = (atMs: number): number => Math.floor(atMs / HOUR_MS) % HOURS;
