import { HOUR_MS, MINUTE_MS, scaledMs, SECOND_MS, type TimeScale } from '../../kernel/durations.js';

/** Every interval and count of health that the time scale changes; design section 5, `resilience.md` A4. Times in ms. */
export interface HealthTiming {
  /** One source of trouble counts at most once per window. */
  readonly failureWindowMs: number;
  /** Workspaces and accounts seen within it are active: they decide who counts as one source. */
  readonly activeWithinMs: number;
  /** Least time in a bad state; doubled at each relapse within `relapseWithinMs`, up to `dwellCapMs`. */
  readonly dwellMs: number;
  readonly dwellCapMs: number;
  readonly relapseWithinMs: number;
  /** Nothing bad for so long before a platform that is down may recover. */
  readonly quietMs: number;
  /** Calm needed before `degraded` ends. */
  readonly calmMs: number;
  /** Least time of a ramp step that is judged by outcomes. */
  readonly rampStepMs: number;
  /** Outcomes, or good probes, that end a ramp step or a calm. */
  readonly enough: number;
  /** With probes switched off, a platform that is down gets a canary after so long. */
  readonly blindCanaryMs: number;
  /** Between probes that follow a bad one. */
  readonly quickProbeMs: number;
}

const ENOUGH = 20;
const LEAST_ENOUGH = 3;

/**
 * The design's values under a time scale. Times shrink with it; the count that is enough shrinks with its square root,
 * since a probe cannot come more often than every 250 ms however fast time runs.
 */
export const healthTiming = (scale: TimeScale): HealthTiming => ({
  failureWindowMs: scaledMs(2 * MINUTE_MS, scale),
  activeWithinMs: scaledMs(24 * HOUR_MS, scale),
  dwellMs: scaledMs(5 * MINUTE_MS, scale),
  dwellCapMs: scaledMs(60 * MINUTE_MS, scale),
  relapseWithinMs: scaledMs(6 * HOUR_MS, scale),
  quietMs: scaledMs(2 * MINUTE_MS, scale),
  calmMs: scaledMs(10 * MINUTE_MS, scale),
  rampStepMs: scaledMs(5 * MINUTE_MS, scale),
  enough: Math.max(LEAST_ENOUGH, Math.round(ENOUGH / Math.sqrt(scale))),
  blindCanaryMs: scaledMs(15 * MINUTE_MS, scale),
  quickProbeMs: scaledMs(5 * SECOND_MS, scale),
});
