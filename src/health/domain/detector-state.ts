import { type Chart, EMPTY_CHART } from './chart.js';
import type { ChartName, DetectorConfig, Stream } from './detector-config.js';
import type { HealthState } from './health-state.js';
import { FIRST_LATENCIES, type Latencies } from './latency.js';
import { firstRate, type LearntRate } from './learnt-rate.js';
import type { Counted, Seen } from './seen.js';
import { firstStalls, type Stalls } from './stalls.js';
import { NO_VOLUME, type Volume } from './volume.js';
import { NO_WELLNESS, type Wellness } from './wellness.js';

/** How far a recovering platform has come. */
export interface Ramp {
  /** Index into `rampShares`; 0 outside a ramp. */
  readonly step: number;
  readonly enteredAtMs: number;
  readonly outcomes: number;
  readonly badOutcomes: number;
  /** Since the last bad outcome. */
  readonly goodProbes: number;
}

/** A platform that is down is tried: one canary may go at a time. */
export interface Trial {
  readonly openedAtMs: number;
  /** Names the token that is out now. */
  readonly token: number;
  /** Canaries in a row that landed. */
  readonly landed: number;
  readonly goodProbes: number;
}

/** Bad news of a feed, advisory only; or the region in which the platform has just fallen. */
export interface Advice {
  readonly untilMs: number;
  readonly source: string;
}

/** Everything the detector remembers about one (platform, region, capability). Plain JSON: it is stored as it is. */
export interface DetectorState {
  readonly state: HealthState;
  readonly sinceMs: number;
  readonly reason: string;
  readonly lastAtMs: number;
  readonly charts: Readonly<Record<ChartName, Chart>>;
  /** Learnt in healthy times. */
  readonly rates: Readonly<Record<Stream, LearntRate>>;
  readonly unknownRate: LearntRate;
  readonly volume: Volume;
  readonly lastAttemptAtMs: number;
  readonly stalls: Stalls;
  readonly latencies: Latencies;
  /** The three seen last of each: enough to know whether three are active. */
  readonly workspaces: readonly Seen[];
  readonly accounts: readonly Seen[];
  /** Accounts probed. */
  readonly probed: readonly Seen[];
  readonly counted: readonly Counted[];
  readonly lastBadAtMs: number;
  /** What began before it says nothing any more: it belongs to a trouble that is over. */
  readonly freshSinceMs: number;
  /** Length of the current or last dwell, ms; 0 before the first trouble. */
  readonly dwellMs: number;
  readonly dwellUntilMs: number;
  /** When it was last in a bad state; decides what a relapse is. */
  readonly lastIllAtMs: number;
  /** In a bad state: how each kind of evidence does. */
  readonly wellness: Readonly<Record<Stream, Wellness>>;
  /** The last probes in a bad state, oldest first; true: good. */
  readonly probes: readonly boolean[];
  readonly ramp: Ramp;
  readonly trial: Trial | null;
  /** Canaries that failed, relapses included, since it was last healthy. */
  readonly failedTrials: number;
  readonly advice: Advice | null;
  readonly neighbour: Advice | null;
}

const NEVER = 0;

export const NO_CHARTS: DetectorState['charts'] = {
  attempts: EMPTY_CHART,
  attemptsSoft: EMPTY_CHART,
  attemptsTotal: EMPTY_CHART,
  probes: EMPTY_CHART,
  probesSoft: EMPTY_CHART,
  probesTotal: EMPTY_CHART,
  liveness: EMPTY_CHART,
  livenessSoft: EMPTY_CHART,
  livenessTotal: EMPTY_CHART,
  together: EMPTY_CHART,
  togetherSoft: EMPTY_CHART,
  togetherTotal: EMPTY_CHART,
  stalls: EMPTY_CHART,
  latency: EMPTY_CHART,
};

export const NO_TROUBLE: DetectorState['wellness'] = {
  attempts: NO_WELLNESS,
  probes: NO_WELLNESS,
  liveness: NO_WELLNESS,
};

export const rampAt = (step: number, enteredAtMs: number): Ramp => ({
  step,
  enteredAtMs,
  outcomes: 0,
  badOutcomes: 0,
  goodProbes: 0,
});

/** How rare unknown outcomes are before any was seen; source: the lost answers of `outage-trace.md`, rounded up. */
const FIRST_UNKNOWN: LearntRate = { rate: 0.005, seen: 200 };

/** What a new key starts with: well, until the evidence says otherwise. */
export const initialState = (config: DetectorConfig, now: Date): DetectorState => ({
  state: 'healthy',
  sinceMs: now.getTime(),
  reason: 'No trouble seen.',
  lastAtMs: now.getTime(),
  charts: NO_CHARTS,
  rates: {
    attempts: firstRate(config.rates.attempts),
    probes: firstRate(config.rates.probes),
    liveness: firstRate(config.rates.liveness),
  },
  unknownRate: FIRST_UNKNOWN,
  volume: NO_VOLUME,
  lastAttemptAtMs: NEVER,
  stalls: firstStalls(config.timing),
  latencies: FIRST_LATENCIES,
  workspaces: [],
  accounts: [],
  probed: [],
  counted: [],
  lastBadAtMs: NEVER,
  freshSinceMs: NEVER,
  dwellMs: 0,
  dwellUntilMs: NEVER,
  lastIllAtMs: NEVER,
  wellness: NO_TROUBLE,
  probes: [],
  ramp: rampAt(0, now.getTime()),
  trial: null,
  failedTrials: 0,
  advice: null,
  neighbour: null,
});

/** A stored state as it goes on; one of an older version keeps its verdict and dwell and starts its evidence afresh. */
export const revive = (config: DetectorConfig, since: Date, stored: Partial<DetectorState>): DetectorState => {
  const fresh = initialState(config, since);
  if (stored.rates) return { ...fresh, ...stored, charts: { ...NO_CHARTS, ...stored.charts } };
  const { state, sinceMs, reason, dwellMs, dwellUntilMs, lastIllAtMs, lastAtMs } = { ...fresh, ...stored };
  return { ...fresh, state, sinceMs, reason, dwellMs, dwellUntilMs, lastIllAtMs, lastAtMs };
};
