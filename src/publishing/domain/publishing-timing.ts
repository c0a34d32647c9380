import { HOUR_MS, MINUTE_MS, scaledMs, SECOND_MS, type TimeScale } from '../../kernel/durations.js';

/** Every interval of publishing that the time scale divides, in milliseconds. */
export interface PublishingTiming {
  /** Looks after an unknown outcome; the last repeats until `reconcileForMs`. */
  readonly checkDelaysMs: readonly number[];
  /** After this long in doubt a person decides. */
  readonly reconcileForMs: number;
  /** Added to a call's end before its absence may count. */
  readonly callSlackMs: number;
  /** First looks at an accepted post that is not live yet. */
  readonly processingCheckMs: number;
  /** Accepted this long ago and still not live: in doubt. */
  readonly processingDoubtMs: number;
  /** How often a held target asks routing again. */
  readonly reconsiderMs: number;
  /** Looks at an attempt after its absence was believed: what landed late all the same is adopted or reported. */
  readonly secondLooksMs: readonly number[];
  /** Due this long ago and fired by nobody: looked for before it is sent. */
  readonly overdueMs: number;
  /** Between two overdue targets of one account, and of one platform. */
  readonly overdueSpacingMs: { readonly account: number; readonly platform: number };
  /** Divides the absence rules of the adapters. */
  readonly scale: TimeScale;
}

/** The design's values (section 4.2 and 4.3) under a time scale. */
export const publishingTiming = (scale: TimeScale): PublishingTiming => ({
  checkDelaysMs: [
    10 * SECOND_MS,
    30 * SECOND_MS,
    MINUTE_MS,
    2 * MINUTE_MS,
    5 * MINUTE_MS,
    10 * MINUTE_MS,
    30 * MINUTE_MS,
    HOUR_MS,
  ].map((ms) => scaledMs(ms, scale)),
  reconcileForMs: scaledMs(72 * HOUR_MS, scale),
  callSlackMs: scaledMs(MINUTE_MS, scale),
  processingCheckMs: scaledMs(5 * SECOND_MS, scale),
  processingDoubtMs: scaledMs(60 * MINUTE_MS, scale),
  reconsiderMs: scaledMs(MINUTE_MS, scale),
  secondLooksMs: [1, 6, 24, 72].map((hours) => scaledMs(hours * HOUR_MS, scale)),
  overdueMs: Math.max(LEAST_OVERDUE_MS, scaledMs(10 * MINUTE_MS, scale)),
  overdueSpacingMs: { account: scaledMs(10 * SECOND_MS, scale), platform: scaledMs(50, scale) },
  scale,
});

/** A busy machine is no downtime, whatever the scale: the sweep finds lost wake-ups within 15 s. */
const LEAST_OVERDUE_MS = 30 * SECOND_MS;

/** Delay before look number `done + 1`; looks spread with their number. */
export const nextCheckDelayMs = (timing: PublishingTiming, done: number): number => {
  const { checkDelaysMs } = timing;
  return checkDelaysMs[Math.min(done, checkDelaysMs.length - 1)] ?? HOUR_MS;
};
