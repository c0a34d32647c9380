import { MINUTE_MS, scaledMs, SECOND_MS, type TimeScale } from '../../../kernel/durations.js';
import type { Family } from './change.js';

/** Intervals of notifications under the time scale, ms. Quiet hours and retries follow the clock on the wall. */
export interface NotificationTiming {
  /** How long a message gathers changes of its family, from the first one on. */
  readonly gatherMs: Readonly<Record<Family, number>>;
  /** Before a message whose fate is unknown is told once more. */
  readonly repeatAfterMs: number;
  /** A message that leaves so long after its last change says that it is late. */
  readonly lateAfterMs: number;
}

/**
 * An outage is told at once: a few seconds join its regions and its first worsening into one message. Posts that need
 * a decision come in crowds as their searches end, and nobody must act within two minutes.
 */
export const notificationTiming = (scale: TimeScale): NotificationTiming => ({
  gatherMs: {
    incident: scaledMs(10 * SECOND_MS, scale),
    post: scaledMs(2 * MINUTE_MS, scale),
    account: scaledMs(MINUTE_MS, scale),
    drill: scaledMs(5 * SECOND_MS, scale),
    radar: scaledMs(15 * SECOND_MS, scale),
  },
  repeatAfterMs: scaledMs(15 * MINUTE_MS, scale),
  lateAfterMs: scaledMs(10 * MINUTE_MS, scale),
});
