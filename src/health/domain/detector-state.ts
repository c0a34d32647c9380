import { type Chart, EMPTY_CHART } from './chart.js';
import type { ChartName, DetectorConfig } from './detector-config.js';
import type { HealthState } from './health-state.js';

/** An id and when it was last seen, ms since the epoch. */
export type Seen = readonly [id: string, atMs: number];

/** One recent probe. */
export interface ProbeResult {
  readonly chart: 'probes' | 'liveness';
  readonly isGood: boolean;
}

/** How far a recovering platform has come. */
export interface Ramp {
  /** Index into `rampShares`; 0 is the canary. */
  readonly step: number;
  readonly enteredAtMs: number;
  readonly outcomes: number;
  readonly badOutcomes: number;
  readonly goodProbes: number;
}

/** Everything the detector remembers about one (platform, region, capability). Plain JSON: it is stored as it is. */
export interface DetectorState {
  readonly state: HealthState;
  readonly sinceMs: number;
  readonly reason: string;
  readonly charts: Readonly<Record<ChartName, Chart>>;
  /** Learnt failure rate of attempts in healthy times, 0..1. */
  readonly attemptRate: number;
  /** Part of the recent effective attempts that were not good, 0..1. */
  readonly failureShare: number;
  /** The three workspaces and accounts seen last: enough to know whether three are active. */
  readonly workspaces: readonly Seen[];
  readonly accounts: readonly Seen[];
  /** Sources of trouble that have counted in the current window. */
  readonly counted: readonly Seen[];
  /** Probes since the last change of state, oldest first. */
  readonly probes: readonly ProbeResult[];
  readonly lastBadAtMs: number;
  /** Length of the current or last dwell, ms; 0 before the first trouble. */
  readonly dwellMs: number;
  readonly dwellUntilMs: number;
  /** When it was last in a bad state; decides what a relapse is. */
  readonly lastIllAtMs: number;
  /** Since when every chart has been calm, and the good news since. */
  readonly calmSinceMs: number | null;
  readonly calmGood: number;
  readonly ramp: Ramp;
  readonly lastAtMs: number;
}

const NEVER = 0;

const NO_CHARTS: DetectorState['charts'] = { attempts: EMPTY_CHART, probes: EMPTY_CHART, liveness: EMPTY_CHART };

export const rampAt = (step: number, enteredAtMs: number): Ramp => ({
  step,
  enteredAtMs,
  outcomes: 0,
  badOutcomes: 0,
  goodProbes: 0,
});

/** What a new key starts with: well, until the evidence says otherwise. */
export const initialState = (config: DetectorConfig, now: Date): DetectorState => ({
  state: 'healthy',
  sinceMs: now.getTime(),
  reason: 'No trouble seen.',
  charts: NO_CHARTS,
  attemptRate: config.charts.attempts.p0,
  failureShare: 0,
  workspaces: [],
  accounts: [],
  counted: [],
  probes: [],
  lastBadAtMs: NEVER,
  dwellMs: 0,
  dwellUntilMs: NEVER,
  lastIllAtMs: NEVER,
  calmSinceMs: null,
  calmGood: 0,
  ramp: rampAt(0, now.getTime()),
  lastAtMs: now.getTime(),
});

/** A fresh start of the evidence: what was seen before a change of state does not speak in the next one. */
export const withoutEvidence = (state: DetectorState): DetectorState => ({
  ...state,
  charts: NO_CHARTS,
  failureShare: 0,
  probes: [],
  calmSinceMs: null,
  calmGood: 0,
});
