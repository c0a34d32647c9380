import { DAY_MS, MINUTE_MS, scaledMs, SECOND_MS, type TimeScale } from '../../../kernel/durations.js';

/** Every interval of the ledger that the time scale changes. Times in ms. */
export interface LedgerTiming {
  /** An incident is declared some time after it began: what happened so long before belongs to it. */
  readonly leadMs: number;
  /** Late truth, catch-ups and decisions about a target belong to the incident that it met, so long. */
  readonly tailMs: number;
  /** Signals are told as counts per so much time. */
  readonly bucketMs: number;
  /** A bucket is counted once it has been over for so long: its last transactions are committed by then. */
  readonly settleMs: number;
}

/** The values of scale 1: 10 minutes, 7 days, a minute, half a minute. */
export const ledgerTiming = (scale: TimeScale): LedgerTiming => ({
  leadMs: scaledMs(10 * MINUTE_MS, scale),
  tailMs: scaledMs(7 * DAY_MS, scale),
  bucketMs: scaledMs(MINUTE_MS, scale),
  settleMs: scaledMs(30 * SECOND_MS, scale),
});
