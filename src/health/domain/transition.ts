import type { Chart, ChartLimits } from './chart.js';
import { limitsOf } from './chart-levels.js';
import { sampleOf, speaks } from './charting.js';
import {
  CHART_NAMES,
  type ChartName,
  type DetectorConfig,
  healthyRate,
  type Stream,
  STREAMS,
} from './detector-config.js';
import { type DetectorState, NO_CHARTS, NO_TROUBLE, rampAt } from './detector-state.js';
import type { HealthState } from './health-state.js';
import { NO_WELLNESS, type Wellness } from './wellness.js';

/** A change of state with the evidence it stood on. */
export interface Transition {
  readonly from: HealthState;
  readonly to: HealthState;
  readonly atMs: number;
  readonly reason: string;
  /** Score of each chart, the learnt healthy rates, 0..1, and of a bad state each stream's evidence for its end. */
  readonly statistic: Readonly<Record<string, number>>;
  readonly samples: Readonly<Record<ChartName, Pick<Chart, 'good' | 'bad' | 'unknown'>>>;
  readonly thresholds: Readonly<Record<ChartName, ChartLimits>>;
}

/** A state and what became of it. */
export interface Step {
  readonly state: DetectorState;
  readonly effects: readonly Transition[];
}

/** Goes to another state: bad states get their dwell, a recovering one its ramp. */
export const enter = (before: DetectorState, to: HealthState, reason: string, config: DetectorConfig): Step => {
  const atMs = before.lastAtMs;
  const isIll = to === 'degraded' || to === 'down';
  const state: DetectorState = {
    ...before,
    ...(isIll ? ofIll(before, config) : ofWell(before)),
    ...(to === 'healthy' ? { failedTrials: 0 } : {}),
    state: to,
    sinceMs: atMs,
    reason,
    // On the way from healthy to degraded what is known may go on to `down`; else the evidence starts afresh.
    charts: to === 'degraded' ? before.charts : NO_CHARTS,
    probes: [],
    trial: null,
    ramp: rampAt(to === 'recovering' ? 1 : 0, atMs),
    lastIllAtMs: isIll || before.state !== 'healthy' ? atMs : before.lastIllAtMs,
  };
  return { state, effects: [{ from: before.state, to, atMs, reason, ...evidenceOf(before, config) }] };
};

const ofIll = (before: DetectorState, config: DetectorConfig): Partial<DetectorState> => ({
  ...dwellOf(before, config),
  wellness: {
    attempts: ailing(before, 'attempts', config),
    probes: ailing(before, 'probes', config),
    liveness: ailing(before, 'liveness', config),
  },
  failedTrials: before.state === 'recovering' ? before.failedTrials + 1 : before.failedTrials,
});

/** What began before a recovery says nothing about the time after. */
const ofWell = (before: DetectorState): Partial<DetectorState> => ({
  wellness: NO_TROUBLE,
  counted: [],
  freshSinceMs: before.state === 'recovering' ? before.freshSinceMs : (before.trial?.openedAtMs ?? before.lastAtMs),
});

const ailing = (before: DetectorState, stream: Stream, config: DetectorConfig): Wellness => {
  const known = before.wellness[stream];
  const usual = healthyRate(before.rates[stream], config.rates[stream]);
  const failedInRamp = before.state === 'recovering' && known.failed > 0 && known.failed >= 2 * usual * known.seen;
  const isAiling = known.isAiling || failedInRamp || speaks(before.charts, stream, config);
  return { ...NO_WELLNESS, ...sampleOf(before.charts, stream), isAiling, isLastGood: known.isLastGood };
};

/** Getting worse keeps the dwell's length; a relapse doubles it; a first trouble starts with the base. */
const dwellOf = (
  before: DetectorState,
  { timing }: DetectorConfig,
): Pick<DetectorState, 'dwellMs' | 'dwellUntilMs'> => {
  const atMs = before.lastAtMs;
  const isWorse = before.state === 'degraded';
  const isRelapse = !isWorse && before.lastIllAtMs > 0 && atMs - before.lastIllAtMs <= timing.relapseWithinMs;
  const length = isRelapse ? longerDwell(before.dwellMs, timing) : timing.dwellMs;
  const dwellMs = isWorse ? before.dwellMs : length;
  return { dwellMs, dwellUntilMs: atMs + dwellMs };
};

export const longerDwell = (dwellMs: number, timing: DetectorConfig['timing']): number =>
  Math.min(timing.dwellCapMs, 2 * Math.max(dwellMs, timing.dwellMs));

const evidenceOf = (state: DetectorState, config: DetectorConfig) => ({
  statistic: {
    ...byChart((name) => state.charts[name].score),
    ...Object.fromEntries(STREAMS.map((stream) => [`${stream}Rate`, state.rates[stream].rate])),
    ...Object.fromEntries(STREAMS.map((stream) => [`${stream}Well`, state.wellness[stream].score])),
    stallP99Ms: state.stalls.p99Ms,
  },
  samples: byChart((name) => {
    const { good, bad, unknown } = state.charts[name];
    return { good, bad, unknown };
  }),
  thresholds: byChart((name) => limitsOf(config, name, state)),
});

const byChart = <T>(of: (name: ChartName) => T): Record<ChartName, T> =>
  Object.fromEntries(CHART_NAMES.map((name) => [name, of(name)])) as Record<ChartName, T>;
