import { HOUR_MS, MINUTE_MS, scaledMs, SECOND_MS, type TimeScale } from '../../kernel/durations.js';

/** Every interval and count of health that the time scale changes; design section 5, `resilience.md` A4. Times in ms. */
export interface HealthTiming {
  /** One source of trouble counts at most once per window. */
  readonly failureWindowMs: number;
  /** A source that failed within it has less to say each further time. */
  readonly sourceMemoryMs: number;
  /** Workspaces and accounts seen within it are active: they decide who counts as one source. */
  readonly activeWithinMs: number;
  /** Of the active ones those seen within it are expected to fail with the others. */
  readonly presentWithinMs: number;
  /** Least time in a bad state; doubled at each relapse within `relapseWithinMs`, up to `dwellCapMs`. */
  readonly dwellMs: number;
  /** Short enough that a platform is readmitted within 35 minutes of its recovery. */
  readonly dwellCapMs: number;
  readonly relapseWithinMs: number;
  /** Nothing bad for so long before a platform that is down may be tried. */
  readonly quietMs: number;
  /** After so long without anything bad less evidence is enough: probes may be rare. */
  readonly sparseQuietMs: number;
  /** A kind of evidence that has not come for so long is not waited for. */
  readonly silentMs: number;
  /** Least time before `degraded` ends. */
  readonly calmMs: number;
  /** A trial without any canary goes on by probes alone after so long. */
  readonly trialMs: number;
  /** The same where posts failed and probes saw nothing: a canary is waited for longer. */
  readonly blindTrialMs: number;
  /** Least time of a ramp step that is judged by outcomes. */
  readonly rampStepMs: number;
  /** Outcomes, or good probes, that end a ramp step. */
  readonly enough: number;
  /** Shrinks the evidence that leaving a bad state needs, as `enough` shrinks. */
  readonly evidenceFactor: number;
  /** With probes switched off, a platform that is down gets a canary after so long. */
  readonly blindCanaryMs: number;
  /** Between probes that follow a bad one. */
  readonly quickProbeMs: number;
  /** How long a feed's bad news halves the limits. */
  readonly advisoryMs: number;
  /** How long after a fall in one region the others are thought to fall with it. */
  readonly neighbourMs: number;
  /** Bounds of the learnt 99th percentile of how long an accepted post takes to be live. */
  readonly stallLeastMs: number;
  readonly stallFirstMs: number;
  readonly stallMostMs: number;
  /** What stalled or was slow counts half after so long. */
  readonly recentMs: number;
  /** `degraded` for so long with most posts failing is `down`. */
  readonly worseAfterMs: number;
  /** Failures of two platforms within it are taken together. */
  readonly suspectWithinMs: number;
  /** Without a neutral look for so long nothing is known of our own connection. */
  readonly neutralWithinMs: number;
}

const ENOUGH = 20;
const LEAST_ENOUGH = 3;

/**
 * The design's values under a time scale. Times shrink with it; the count that is enough shrinks with its square root,
 * since a probe cannot come more often than every 250 ms however fast time runs.
 */
export const healthTiming = (scale: TimeScale): HealthTiming => ({
  failureWindowMs: scaledMs(2 * MINUTE_MS, scale),
  sourceMemoryMs: scaledMs(HOUR_MS, scale),
  activeWithinMs: scaledMs(24 * HOUR_MS, scale),
  presentWithinMs: scaledMs(2 * HOUR_MS, scale),
  dwellMs: scaledMs(5 * MINUTE_MS, scale),
  dwellCapMs: scaledMs(15 * MINUTE_MS, scale),
  relapseWithinMs: scaledMs(6 * HOUR_MS, scale),
  quietMs: scaledMs(2 * MINUTE_MS, scale),
  sparseQuietMs: scaledMs(15 * MINUTE_MS, scale),
  silentMs: scaledMs(15 * MINUTE_MS, scale),
  calmMs: scaledMs(10 * MINUTE_MS, scale),
  trialMs: scaledMs(2 * MINUTE_MS, scale),
  blindTrialMs: scaledMs(10 * MINUTE_MS, scale),
  rampStepMs: scaledMs(5 * MINUTE_MS, scale),
  enough: Math.max(LEAST_ENOUGH, Math.round(ENOUGH / Math.sqrt(scale))),
  evidenceFactor: Math.max(LEAST_ENOUGH / ENOUGH, 1 / Math.sqrt(scale)),
  blindCanaryMs: scaledMs(15 * MINUTE_MS, scale),
  quickProbeMs: scaledMs(5 * SECOND_MS, scale),
  advisoryMs: scaledMs(2 * HOUR_MS, scale),
  neighbourMs: scaledMs(5 * MINUTE_MS, scale),
  stallLeastMs: scaledMs(2 * MINUTE_MS, scale),
  stallFirstMs: scaledMs(15 * MINUTE_MS, scale),
  stallMostMs: scaledMs(2 * HOUR_MS, scale),
  recentMs: scaledMs(30 * MINUTE_MS, scale),
  worseAfterMs: scaledMs(30 * MINUTE_MS, scale),
  suspectWithinMs: scaledMs(MINUTE_MS, scale),
  neutralWithinMs: Math.max(5 * SECOND_MS, scaledMs(MINUTE_MS, scale)),
});
