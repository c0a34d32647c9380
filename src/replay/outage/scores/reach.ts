import { MINUTE_MS } from '../../../kernel/durations.js';
import { msOf } from '../trace/behaviour.js';
import type { Stage } from '../run/stage.js';
import type { TraceAccount } from '../world/roster.js';
import type { Landings } from './landings.js';

const ON_TIME_MS = 30 * MINUTE_MS;
/** A way that was open for so long could have been taken. */
const WAY_OPEN_MS = 10 * MINUTE_MS;
/** In its last half hour nobody need begin any more. */
const LAST_CHANCE_MS = 30 * MINUTE_MS;

/** How the origins of a run fared. */
export interface Reach {
  readonly scheduled: number;
  readonly contentRejected: number;
  readonly onTimeShare: number;
  readonly reachedShare: number;
  readonly lost: number;
}

/** Counts what went live, where it was meant to or on a permitted fallback. */
export const reachOf = (stage: Stage, landings: Landings): Reach => {
  const staleMs = msOf(stage.trace.policy.staleAfterMinutes);
  const sum = { scheduled: 0, contentRejected: 0, onTime: 0, reached: 0, lost: 0 };
  for (const { no, atMs, origins } of stage.posts)
    for (const origin of origins) {
      const permitted = [origin, ...stage.roster.fallbacksOf(origin)];
      const liveMs = landings.firstLiveMs(no, origin);
      if (liveMs === undefined && landings.isRejected(no, origin)) {
        sum.contentRejected += 1;
        continue;
      }
      sum.scheduled += 1;
      if (liveMs !== undefined && liveMs <= atMs + ON_TIME_MS) sum.onTime += 1;
      if (liveMs !== undefined && liveMs <= atMs + staleMs) sum.reached += 1;
      else if (permitted.some((account) => hadWay(stage, account, atMs, atMs + staleMs - LAST_CHANCE_MS)))
        sum.lost += 1;
    }
  const { scheduled, contentRejected, onTime, reached, lost } = sum;
  return {
    scheduled,
    contentRejected,
    onTimeShare: shareOf(onTime, scheduled),
    reachedShare: shareOf(reached, scheduled),
    lost,
  };
};

/** Whether an account had no fault and a healthy platform for ten minutes on end. */
const hadWay = (stage: Stage, account: TraceAccount, fromMs: number, endMs: number): boolean => {
  const bad = [...stage.truth.spansOf(account.platform, account.region), ...stage.roster.faultsOf(account)]
    .filter((span) => span.fromMs < endMs && span.endMs > fromMs)
    .toSorted((one, two) => one.fromMs - two.fromMs);
  let freeFromMs = fromMs;
  for (const span of bad) {
    if (span.fromMs - freeFromMs >= WAY_OPEN_MS) return true;
    freeFromMs = Math.max(freeFromMs, span.endMs);
  }
  return endMs - freeFromMs >= WAY_OPEN_MS;
};

/** 1 where nothing was asked. */
const shareOf = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
