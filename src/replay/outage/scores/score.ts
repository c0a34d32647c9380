import { MINUTE_MS } from '../../../kernel/durations.js';
import type { RerouteMade } from '../run/record.js';
import type { Stage } from '../run/stage.js';
import { alarmsOf } from './alarms.js';
import { callsToDown } from './calls.js';
import { type Detection, detectionsOf } from './detections.js';
import { Landings } from './landings.js';
import { reachOf } from './reach.js';

/** Accepted so long ago and not live: going elsewhere is no haste. */
const LONG_PROCESSING_MS = 15 * MINUTE_MS;

/** What one policy made of a trace (`outage-trace.md` 3.5). */
export interface Score {
  readonly scheduled: number;
  readonly contentRejected: number;
  readonly onTimeShare: number;
  readonly reachedShare: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly falseFailed: number;
  readonly unconfirmedAtEnd: number;
  readonly needsDecision: number;
  readonly publishCallsToDownPlatform: number;
  readonly onsetCalls: number;
  readonly detections: readonly Detection[];
  readonly falseAlarms: number;
  readonly falseDegraded: number;
  readonly flaps: number;
  readonly reroutes: number;
  readonly needlessReroutes: number;
}

export const scoreOf = (stage: Stage): Score => {
  const { record, world } = stage;
  const landings = new Landings(world.copies);
  const { scheduled, contentRejected, onTimeShare, reachedShare, lost } = reachOf(stage, landings);
  const { publishCallsToDownPlatform, onsetCalls } = callsToDown(stage);
  return {
    scheduled,
    contentRejected,
    onTimeShare: rounded(onTimeShare),
    reachedShare: rounded(reachedShare),
    duplicates: landings.duplicates,
    lost,
    falseFailed: [...record.givenUp].filter((key) => landings.isLive(key)).length,
    unconfirmedAtEnd: record.unconfirmedAtEnd,
    needsDecision: record.needsDecision,
    publishCallsToDownPlatform,
    onsetCalls,
    detections: detectionsOf(stage),
    ...alarmsOf(stage),
    reroutes: record.reroutes.length,
    needlessReroutes: record.reroutes.filter((reroute) => isNeedless(stage, reroute)).length,
  };
};

/** Nothing was wrong where it was meant to go. */
const isNeedless = ({ truth, roster }: Stage, { origin, atMs, lastTry }: RerouteMade): boolean => {
  if (truth.stateAt(origin.platform, origin.region, atMs) !== 'healthy' || roster.faultAt(origin, atMs)) return false;
  if (typeof lastTry === 'object') return lastTry.processingMs <= LONG_PROCESSING_MS;
  return lastTry !== 'unknown' && lastTry !== 'throttled';
};

const rounded = (share: number): number => Math.round(share * 1e6) / 1e6;
