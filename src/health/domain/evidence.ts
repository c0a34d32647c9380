import { observe } from './chart.js';
import { type ChartName, type DetectorConfig, limitsOf } from './detector-config.js';
import type { DetectorState, Ramp } from './detector-state.js';
import { countFailure, type Maker, remember } from './effective-failure.js';
import type { SignalSource, Verdict } from './signal.js';

/** One observation as the detector folds it. */
export interface Evidence extends Maker {
  readonly source: SignalSource;
  readonly verdict: Verdict;
  /** When it was observed. */
  readonly at: Date;
  readonly latencyMs?: number;
}

/**
 * The state after one observation, before any change of state is considered.
 * A failure whose source has counted in this window, a feed, and what began before a recovery change nothing.
 */
export const fold = (state: DetectorState, evidence: Evidence, config: DetectorConfig): DetectorState => {
  const atMs = Math.max(state.lastAtMs, evidence.at.getTime());
  const chart = chartOf(evidence);
  if (chart === undefined || isOlderThanRecovery(state, evidence)) return { ...state, lastAtMs: atMs };
  const known = chart === 'attempts' ? remember(state, evidence, atMs) : state;
  const isGood = evidence.verdict === 'good';
  const counted = chart === 'attempts' && !isGood ? countFailure(known, evidence, atMs, config.timing) : known;
  if (!counted) return { ...known, lastAtMs: atMs };
  const limits = limitsOf(config, chart, counted.attemptRate);
  const charts = { ...counted.charts, [chart]: observe(counted.charts[chart], evidence.verdict, limits) };
  const next = { ...counted, charts, lastAtMs: atMs, lastBadAtMs: isGood ? counted.lastBadAtMs : atMs };
  return chart === 'attempts' ? withAttempt(next, evidence.verdict, config) : withProbe(next, chart, isGood, config);
};

const chartOf = ({ source, accountId }: Evidence): ChartName | undefined => {
  switch (source) {
    case 'attempt':
    case 'stall':
      return 'attempts';
    case 'probe':
      return accountId === undefined ? 'liveness' : 'probes';
    case 'feed':
      return undefined;
  }
};

/** An answer to a call from before says nothing about the time after. */
const isOlderThanRecovery = (state: DetectorState, { at, latencyMs = 0 }: Evidence): boolean =>
  state.state === 'recovering' && at.getTime() - latencyMs < state.sinceMs;

const withAttempt = (state: DetectorState, verdict: Verdict, config: DetectorConfig): DetectorState => {
  const failed = verdict === 'good' ? 0 : 1;
  const { ramp } = state;
  return {
    ...state,
    failureShare: state.failureShare + config.shareWeight * (failed - state.failureShare),
    attemptRate: isAtEase(state, config) ? learnt(state.attemptRate, failed, config) : state.attemptRate,
    calmGood: failed ? 0 : state.calmGood + 1,
    ramp: { ...ramp, outcomes: ramp.outcomes + 1, badOutcomes: ramp.badOutcomes + failed },
  };
};

/** An outage must not teach the detector that failing is normal. */
const isAtEase = ({ state, charts }: DetectorState, config: DetectorConfig): boolean =>
  state === 'healthy' && charts.attempts.score < config.charts.attempts.degradedAt / 2;

const learnt = (rate: number, failed: number, { attemptRate }: DetectorConfig): number => {
  const next = rate + (failed - rate) / attemptRate.learnOver;
  return Math.min(attemptRate.most, Math.max(attemptRate.least, next));
};

const withProbe = (
  state: DetectorState,
  chart: 'probes' | 'liveness',
  isGood: boolean,
  config: DetectorConfig,
): DetectorState => {
  const { ramp } = state;
  const goodProbes: Ramp['goodProbes'] = isGood ? ramp.goodProbes + 1 : 0;
  return {
    ...state,
    probes: [...state.probes, { chart, isGood }].slice(-config.recovery.of),
    calmGood: isGood ? state.calmGood + 1 : 0,
    ramp: { ...ramp, goodProbes },
  };
};
