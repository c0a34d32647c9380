import { createHash } from 'node:crypto';
import type { TimeScale } from '../../kernel/durations.js';
import type { ChartLimits } from './chart.js';
import { type HealthTiming, healthTiming } from './health-timing.js';
import type { LearntRate, RateBounds } from './learnt-rate.js';

/** The kinds of evidence that have a healthy failure rate of their own. */
export const STREAMS = ['attempts', 'probes', 'liveness'] as const;
export type Stream = (typeof STREAMS)[number];

/**
 * Combined by OR: any one may speak alone, so good probes never talk failed posts away (`resilience.md` A2). Each stream
 * has a hard chart (half fails), a soft one (some fails) and one of a total loss (nearly all fails), which needs the
 * fewest failures and forgives none that went well. `together` looks at all three streams at once: it can only add
 * alarms, and hears a small trouble in two streams sooner than either does.
 */
export const CHART_NAMES = [
  'attempts',
  'attemptsSoft',
  'attemptsTotal',
  'probes',
  'probesSoft',
  'probesTotal',
  'liveness',
  'livenessSoft',
  'livenessTotal',
  'together',
  'togetherSoft',
  'togetherTotal',
  'stalls',
  'latency',
] as const;
export type ChartName = (typeof CHART_NAMES)[number];

/** How much fails, as a chart assumes. */
export const LEVELS = ['total', 'hard', 'soft'] as const;
export type Level = (typeof LEVELS)[number];

/** The rate when ill is the greater of `p1` and `times` the healthy one. */
export interface Hypothesis {
  readonly p1: number;
  readonly times: number;
}

/** Nats at which a chart calls it degraded, and down. */
export type Limits = Pick<ChartLimits, 'degradedAt' | 'downAt'>;

/** Failure rates that are told apart: well at most, ill between. */
export interface ToldApart {
  readonly well: number;
  readonly illLeast: number;
  readonly illMost: number;
  /** From so many outcomes on their share tells how bad it was; the good news of its end would make the most of fewer. */
  readonly known: number;
  /** The less of it failed, the easier chance looks like health: more evidence is needed in that proportion. */
  readonly isByShare: boolean;
}

/** How a bad state is left by evidence. */
export interface LeaveTest {
  /** Evidence for health that is needed, nats. */
  readonly at: number;
  /** Less is enough after `timing.sparseQuietMs` without anything bad: where probes are rare. */
  readonly sparseAt: number;
  /** Evidence of an unbroken run of good outcomes that is enough as well, nats. */
  readonly cleanAt: number;
  /** Each ailing stream's own part of it at least: one that is well never speaks for another that is not. */
  readonly floor: number;
  readonly rates: Readonly<Record<Stream, ToldApart>>;
}

/** All that a verdict depends on besides the signals. */
export interface DetectorConfig {
  readonly rates: Readonly<Record<Stream, RateBounds>>;
  readonly hard: Readonly<Record<Stream, Hypothesis>>;
  readonly soft: Readonly<Record<Stream, Hypothesis>>;
  readonly total: Readonly<Record<Stream, Hypothesis>>;
  /** What `together` expects of liveness: a sick platform often answers the door, one that is lost does not. */
  readonly companion: Readonly<Record<Level, Hypothesis>>;
  readonly charts: Readonly<Record<ChartName, Limits>>;
  readonly stall: { readonly p0: number; readonly p1: number };
  readonly latency: { readonly p0: number; readonly p1: number };
  /** An alarm is `down` only when this part of the outcomes fails; else `degraded`. */
  readonly downShare: number;
  /** While it recovers this part of the outcomes must fail for a relapse to be `down` at the limit of `degraded`. */
  readonly relapseShare: number;
  /** From `degraded` on: the rates told apart before it is called `down`, and the evidence needed, nats. */
  readonly worse: { readonly p0: number; readonly p1: number; readonly at: number };
  readonly leaveDown: LeaveTest;
  readonly leaveDegraded: LeaveTest;
  /** An advisory halves the limits of an alarm while it lasts. */
  readonly advisoryFactor: number;
  /** While the platform has just fallen in another region: the limit of `down` is so much of itself where most fails. */
  readonly neighbour: { readonly factor: number; readonly downShare: number };
  /** Of the last `of` probes so many must be good before a platform that is down is tried. */
  readonly recovery: { readonly good: number; readonly of: number };
  /** What the first failed canary takes from the evidence of each stream of probes, nats; the next one twice as much. */
  readonly canaryCost: number;
  /** Canaries in a row that a trial needs after failed ones, at most. */
  readonly mostCanaries: number;
  /** Step 0 is the canary; then the part of the due posts that may go, 0..1. */
  readonly rampShares: readonly number[];
  /** Probes are switched off: only a canary can tell whether it is over. */
  readonly isBlind: boolean;
  readonly timing: HealthTiming;
}

/**
 * Limits by the false-alarm budget: one probe a minute and four looks a minute give 43,000 and 173,000 observations a
 * month; a chart at h alarms about every e^h of them at the assumed rate, which is 1.5 times the learnt one. Measured
 * figures stand in the README; hypotheses from design section 5 and `resilience.md` A2, A4.
 * @param isBlind no probes will come
 */
export const detectorConfig = (scale: TimeScale, isBlind = false): DetectorConfig => {
  const timing = healthTiming(scale);
  return {
    rates: {
      attempts: { least: 0.015, most: 0.12, first: 0.025, firstWeight: 300, learnOver: 2_000, margin: 1.35 },
      probes: { least: 0.015, most: 0.12, first: 0.025, firstWeight: 300, learnOver: 2_000, margin: 1.35 },
      liveness: { least: 0.002, most: 0.05, first: 0.004, firstWeight: 2_000, learnOver: 10_000, margin: 1.5 },
    },
    hard: { attempts: HARD, probes: HARD, liveness: HARD },
    soft: { attempts: SOFT, probes: SOFT, liveness: SOFT },
    total: { attempts: TOTAL, probes: TOTAL, liveness: TOTAL },
    companion: { total: TOTAL, hard: { p1: 0.05, times: 3 }, soft: { p1: 0.02, times: 3 } },
    charts: CHARTS,
    stall: { p0: 0.02, p1: 0.3 },
    latency: { p0: 0.01, p1: 0.3 },
    downShare: 0.4,
    relapseShare: 0.6,
    worse: { p0: 0.25, p1: 0.7, at: 8 },
    leaveDown: scaledTest(
      { at: 4.6, sparseAt: 2, cleanAt: 6.5, floor: 2.2, rates: { ...DOWN, attempts: DOWN.probes } },
      timing.evidenceFactor,
    ),
    leaveDegraded: scaledTest(
      { at: 10, sparseAt: 5, cleanAt: Infinity, floor: 10, rates: { ...DEGRADED, attempts: DEGRADED.probes } },
      timing.evidenceFactor,
    ),
    advisoryFactor: 0.5,
    neighbour: { factor: 0.5, downShare: 0.6 },
    recovery: { good: 8, of: 10 },
    canaryCost: 1.2,
    mostCanaries: 7,
    rampShares: [0, 0.01, 0.05, 0.25, 0.5, 1],
    isBlind,
    timing,
  };
};

/** Where each chart speaks up, nats. */
const CHARTS: Readonly<Record<ChartName, Limits>> = {
  attempts: { degradedAt: 10, downAt: 12.5 },
  attemptsSoft: { degradedAt: 8.5, downAt: Infinity },
  attemptsTotal: { degradedAt: 13, downAt: 13 },
  probes: { degradedAt: 11, downAt: 14.5 },
  probesSoft: { degradedAt: 8.5, downAt: Infinity },
  probesTotal: { degradedAt: 14.5, downAt: 14.5 },
  liveness: { degradedAt: 12, downAt: 15.5 },
  livenessSoft: { degradedAt: 10, downAt: Infinity },
  livenessTotal: { degradedAt: 14.5, downAt: 14.5 },
  together: { degradedAt: 11.5, downAt: 14.5 },
  togetherSoft: { degradedAt: 8.5, downAt: Infinity },
  togetherTotal: { degradedAt: 14.5, downAt: 14.5 },
  stalls: { degradedAt: 9, downAt: 12 },
  latency: { degradedAt: 12, downAt: Infinity },
};

/** Most fails: at least 25 % by the design; at a half it hears a total loss a quarter sooner. */
const HARD: Hypothesis = { p1: 0.5, times: 4 };
const SOFT: Hypothesis = { p1: 0.08, times: 3 };
const MOST_P1 = 0.9;
const TOTAL: Hypothesis = { p1: MOST_P1, times: 4 };

/** Sessions and posts take part well enough when fewer than a seventh fail; a door that answers fails far more rarely. */
const DOWN = {
  probes: { well: 0.15, illLeast: 0.25, illMost: 0.45, known: 60, isByShare: true },
  liveness: { well: 0.01, illLeast: 0.03, illMost: 0.4, known: 0, isByShare: false },
};
const DEGRADED = {
  probes: { well: 0.04, illLeast: 0.1, illMost: 0.5, known: 0, isByShare: false },
  liveness: { well: 0.04, illLeast: 0.1, illMost: 0.5, known: 0, isByShare: false },
};

const scaledTest = (test: LeaveTest, factor: number): LeaveTest => ({
  ...test,
  at: test.at * factor,
  sparseAt: test.sparseAt * factor,
  cleanAt: test.cleanAt * factor,
  floor: test.floor * factor,
});

/** Names a configuration in every stored verdict; two verdicts compare only under the same one. */
export const hashOf = (config: DetectorConfig): string =>
  createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 12);

/** The failure rate a hypothesis stands for beside this healthy one. */
export const illRate = ({ p1, times }: Hypothesis, p0: number): number => Math.min(MOST_P1, Math.max(p1, times * p0));

/** The healthy rate that charts assume: the learnt one with a margin, within bounds. */
export const healthyRate = ({ rate }: LearntRate, { least, most, margin }: RateBounds): number =>
  Math.min(most, Math.max(least, rate * margin));
