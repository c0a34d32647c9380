import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs, scaledMs, type TimeScale } from '../../../kernel/durations.js';

/** Ages after publishing at which counters are read, ms; the time scale divides them. */
export const METRIC_AGES_MS: readonly number[] = [
  15 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  3 * DAY_MS,
  7 * DAY_MS,
  14 * DAY_MS,
  30 * DAY_MS,
];

/** A sample taken later than this share of the age says nothing about that age any more. */
const LATE_RATIO = 0.25;
const FIRST_RETRY_MS = 2 * MINUTE_MS;
const LAST_RETRY_MS = 6 * HOUR_MS;

/** What the schedule knows of one post. */
export interface LookFacts {
  readonly publishedAt: Date;
  /** Failed looks since the last good one. */
  readonly failures: number;
}

/** @returns when counters are read next; undefined: the last age is behind it */
export const nextLookAt = (publishedAt: Date, now: Date, scale: TimeScale): Date | undefined => {
  const ageMs = now.getTime() - publishedAt.getTime();
  const next = METRIC_AGES_MS.find((age) => scaledMs(age, scale) > ageMs);
  return next === undefined ? undefined : plusMs(publishedAt, scaledMs(next, scale));
};

/**
 * The nominal age a sample stands for, seconds; undefined where it came too late for any.
 * With a time scale the age is the scaled one: a minute at 60 counts as an hour.
 */
export const milestoneOf = (publishedAt: Date, at: Date, scale: TimeScale): number | undefined => {
  const ageMs = (at.getTime() - publishedAt.getTime()) * scale;
  const age = METRIC_AGES_MS.findLast((nominal) => nominal <= ageMs);
  return age === undefined || ageMs > age * (1 + LATE_RATIO) ? undefined : age / 1000;
};

/**
 * When a failed look is tried again: doubling from 2 minutes to 6 hours, or when the platform says.
 * A failure only delays; after the last age nothing is tried any more.
 */
export const retryLookAt = (
  { publishedAt, failures }: LookFacts,
  now: Date,
  wish: { readonly scale: TimeScale; readonly notBefore?: Date | undefined },
): Date | undefined => {
  const last = METRIC_AGES_MS.at(-1) ?? 0;
  const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
  const at = plusMs(now, scaledMs(waitMs, wish.scale));
  const later = wish.notBefore && wish.notBefore > at ? wish.notBefore : at;
  const endMs = publishedAt.getTime() + scaledMs(last * (1 + LATE_RATIO), wish.scale);
  return later.getTime() > endMs ? undefined : later;
};
