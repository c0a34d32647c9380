import { HOUR_MS, MINUTE_MS, scaledMs, type TimeScale } from '../../../kernel/durations.js';

/** Incidents of one platform within this time are told as one (design 8). */
const MERGE_MS = 6 * HOUR_MS;
/** A platform that flaps is not called well until it has been well this long. */
const ALL_CLEAR_AFTER_MS = 10 * MINUTE_MS;

/** Waiting times of notices, divided by `TIME_SCALE`. */
export interface NoticeTiming {
  readonly mergeMs: number;
  readonly allClearAfterMs: number;
  readonly scale: TimeScale;
}

export const noticeTiming = (scale: TimeScale): NoticeTiming => ({
  mergeMs: scaledMs(MERGE_MS, scale),
  allClearAfterMs: scaledMs(ALL_CLEAR_AFTER_MS, scale),
  scale,
});
