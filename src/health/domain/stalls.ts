import type { HealthTiming } from './health-timing.js';
import { quantileAfter } from './quantile.js';
import { NOTHING_RECENT, recentAfter, type RecentShare } from './recent-share.js';
import type { Seen } from './seen.js';

/** How long accepted posts take to be live, and which of them take too long. */
export interface Stalls {
  /** Learnt 99th percentile, ms. */
  readonly p99Ms: number;
  readonly lastFinishedAtMs: number;
  /** Items that were found too old already; each counts once. */
  readonly overdue: readonly Seen[];
  /** Slow ones are found long after the quick ones of the same burst: only both together tell. */
  readonly recent: RecentShare;
}

/** What one look at an accepted post says. */
export interface Progress {
  readonly isFinished: boolean;
  readonly ageMs: number;
  readonly item: string;
  readonly atMs: number;
}

const QUANTILE = 0.99;
/** The percentile moves by about so much of itself at each post that takes longer. */
const PACE = 0.1;
/** An item counts as stalled beyond so many times the percentile. */
const MARGIN = 1.5;
const MAX_OVERDUE = 500;

export const firstStalls = ({ stallFirstMs }: HealthTiming): Stalls => ({
  p99Ms: stallFirstMs,
  lastFinishedAtMs: 0,
  overdue: [],
  recent: NOTHING_RECENT,
});

/**
 * @param learns only healthy times teach how long it takes
 * @returns `verdict`: what this look adds; nothing while the item is within its time, or counted already
 */
export const afterProgress = (
  stalls: Stalls,
  { isFinished, ageMs, item, atMs }: Progress,
  timing: HealthTiming,
  learns: boolean,
): { readonly stalls: Stalls; readonly verdict?: 'good' | 'bad' } => {
  const isLate = ageMs > MARGIN * stalls.p99Ms;
  const isOverdue = isLate && !stalls.overdue.some(([id]) => id === item);
  const verdict = isOverdue ? 'bad' : isFinished && !isLate ? 'good' : undefined;
  const next: Stalls = {
    p99Ms: learns && isFinished ? learnt(stalls.p99Ms, ageMs, timing) : stalls.p99Ms,
    lastFinishedAtMs: isFinished ? atMs : stalls.lastFinishedAtMs,
    overdue: isOverdue ? [...stalls.overdue, [item, atMs] as const].slice(-MAX_OVERDUE) : stalls.overdue,
    recent: verdict ? recentAfter(stalls.recent, verdict === 'good', atMs, timing.recentMs) : stalls.recent,
  };
  return verdict ? { stalls: next, verdict } : { stalls: next };
};

const learnt = (p99Ms: number, ageMs: number, { stallLeastMs, stallMostMs }: HealthTiming): number =>
  Math.min(stallMostMs, Math.max(stallLeastMs, quantileAfter(p99Ms, ageMs, QUANTILE, PACE)));

/** Nothing has become live for three times the usual longest wait. */
export const isStanding = ({ lastFinishedAtMs, p99Ms }: Stalls, nowMs: number): boolean =>
  nowMs - lastFinishedAtMs > 3 * p99Ms;
