import { HOUR_MS, MINUTE_MS } from '../../kernel/durations.js';

/** One read of a live post's views. */
export interface ViewsRead {
  /** Since it went live, ms. */
  readonly ageMs: number;
  readonly views: number;
  /** The read before this one; absent at the first. */
  readonly before?: { readonly ageMs: number; readonly views: number } | undefined;
}

/** What an account's posts usually gather, views per hour, by the age of the post. Plain JSON. */
export interface ViewsHistory {
  readonly perHour: readonly number[];
  readonly seen: readonly number[];
}

/** Ends of the ages a post goes through, ms; the last class is open. */
const AGE_ENDS_MS = [HOUR_MS, 3 * HOUR_MS, 12 * HOUR_MS, 48 * HOUR_MS];

export const NO_HISTORY: ViewsHistory = {
  perHour: Array.from({ length: AGE_ENDS_MS.length + 1 }, () => 0),
  seen: Array.from({ length: AGE_ENDS_MS.length + 1 }, () => 0),
};

/** Reads of other posts at this age before the account's history says anything. */
const ENOUGH_READS = 5;
/** Views expected since the read before; fewer may be nothing by chance (`resilience.md` A4 asks for 5). */
const LEAST_EXPECTED = 10;
/** A post that stands at zero says something after this. */
const ZERO_AFTER_MS = 30 * MINUTE_MS;
const LEARN_OVER = 50;

/**
 * Holds one read against the account's own history: `bad` when views that should have come did not (frozen, or zero),
 * `good` when they came, undefined when nothing could be expected. Only a badge follows from it.
 */
export const judgeViews = (
  history: ViewsHistory,
  read: ViewsRead,
): { readonly history: ViewsHistory; readonly verdict?: 'good' | 'bad' } => {
  const from = read.before ?? { ageMs: 0, views: 0 };
  const hours = (read.ageMs - from.ageMs) / HOUR_MS;
  if (hours <= 0) return { history };
  const age = ageClassOf((read.ageMs + from.ageMs) / 2);
  const gained = Math.max(0, read.views - from.views);
  const isOld = read.before !== undefined || read.ageMs >= ZERO_AFTER_MS;
  const isKnown = (history.seen[age] ?? 0) >= ENOUGH_READS;
  const isExpected = isOld && isKnown && (history.perHour[age] ?? 0) * hours >= LEAST_EXPECTED;
  if (isExpected && gained === 0) return { history, verdict: 'bad' };
  const learnt = learn(history, age, gained / hours);
  return isExpected ? { history: learnt, verdict: 'good' } : { history: learnt };
};

const ageClassOf = (ageMs: number): number => {
  const found = AGE_ENDS_MS.findIndex((end) => ageMs < end);
  return found < 0 ? AGE_ENDS_MS.length : found;
};

/** A mean of logarithms: one post that went round the world does not raise what is expected of the next. */
const learn = ({ perHour, seen }: ViewsHistory, age: number, rate: number): ViewsHistory => {
  const count = Math.min(LEARN_OVER, (seen[age] ?? 0) + 1);
  const before = Math.log1p(perHour[age] ?? 0);
  const next = Math.expm1(before + (Math.log1p(rate) - before) / count);
  return { perHour: perHour.with(age, next), seen: seen.with(age, count) };
};
