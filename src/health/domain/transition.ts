import type { Chart, ChartLimits } from './chart.js';
import { CHART_NAMES, type ChartName, type DetectorConfig, limitsOf } from './detector-config.js';
import { type DetectorState, rampAt, withoutEvidence } from './detector-state.js';
import type { HealthState } from './health-state.js';

/** A change of state with the evidence it stood on. */
export interface Transition {
  readonly from: HealthState;
  readonly to: HealthState;
  readonly atMs: number;
  readonly reason: string;
  readonly statistic: Readonly<Record<string, number>>;
  readonly samples: Readonly<Record<ChartName, Omit<Chart, 'score'>>>;
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
  // Evidence starts afresh, except on the way from healthy to degraded: what is known may go on to `down`.
  const kept = to === 'degraded' ? before : withoutEvidence(before);
  const entered = { ...kept, state: to, sinceMs: atMs, reason, ramp: rampAt(0, atMs) };
  const isIll = to === 'degraded' || to === 'down';
  const dwelling = isIll ? withDwell(before, entered, config) : entered;
  const state = { ...dwelling, lastIllAtMs: isIll || before.state !== 'healthy' ? atMs : before.lastIllAtMs };
  return { state, effects: [{ from: before.state, to, atMs, reason, ...evidenceOf(before, config) }] };
};

/** Getting worse keeps the dwell's length; a relapse doubles it; a first trouble starts with the base. */
const withDwell = (before: DetectorState, after: DetectorState, { timing }: DetectorConfig): DetectorState => {
  const atMs = after.sinceMs;
  const isWorse = before.state === 'degraded';
  const isRelapse = !isWorse && before.lastIllAtMs > 0 && atMs - before.lastIllAtMs <= timing.relapseWithinMs;
  const length = isRelapse ? Math.min(timing.dwellCapMs, 2 * before.dwellMs) : timing.dwellMs;
  const dwellMs = isWorse ? before.dwellMs : length;
  return { ...after, dwellMs, dwellUntilMs: atMs + dwellMs };
};

const evidenceOf = (state: DetectorState, config: DetectorConfig) => ({
  statistic: {
    ...byChart((name) => state.charts[name].score),
    failureShare: state.failureShare,
    attemptRate: state.attemptRate,
  },
  samples: byChart((name) => {
    const { good, bad, unknown } = state.charts[name];
    return { good, bad, unknown };
  }),
  thresholds: byChart((name) => limitsOf(config, name, state.attemptRate)),
});

const byChart = <T>(of: (name: ChartName) => T): Record<ChartName, T> =>
  Object.fromEntries(CHART_NAMES.map((name) => [name, of(name)])) as Record<ChartName, T>;
