import { HOUR_MS, MINUTE_MS, scaledMs, type TimeScale } from '../../kernel/durations.js';

/** Every interval of planning that the time scale divides, in milliseconds. */
export interface PlanningTiming {
  /** Between two rounds of the planner. */
  readonly planEveryMs: number;
  /** Between two looks for free slots during an incident; the pace of fills. */
  readonly fillEveryMs: number;
  /** Free slots that begin within this time may be filled. */
  readonly fillAheadMs: number;
  /** What happens to approvals within this time goes into one mail to each person. */
  readonly approvalGatherMs: number;
}

export const planningTiming = (scale: TimeScale): PlanningTiming => ({
  planEveryMs: scaledMs(5 * MINUTE_MS, scale),
  fillEveryMs: scaledMs(5 * MINUTE_MS, scale),
  fillAheadMs: scaledMs(6 * HOUR_MS, scale),
  approvalGatherMs: scaledMs(MINUTE_MS, scale),
});
