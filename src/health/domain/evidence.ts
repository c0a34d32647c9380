import { withEntry } from '../../kernel/with-entry.js';
import { type Chart, EMPTY_CHART, evidenceOf, observe, type Outcome } from './chart.js';
import { chartOutcome, learntFrom } from './charting.js';
import { type DetectorConfig, healthyRate, type Stream } from './detector-config.js';
import type { DetectorState } from './detector-state.js';
import { isCrowd, type Maker, remember, weighFailure, weighGood } from './effective-failure.js';
import { isSlow, learnLatency } from './latency.js';
import type { SignalSource, Verdict } from './signal.js';
import { recentAfter } from './recent-share.js';
import { afterProgress } from './stalls.js';
import { countOne } from './volume.js';
import { afterOutcome } from './wellness.js';

/** One observation as the detector folds it. */
export interface Evidence extends Maker {
  readonly source: SignalSource;
  readonly verdict: Verdict;
  /** When it was observed. */
  readonly at: Date;
  /** What it names itself, for people. */
  readonly errorClass?: string | undefined;
  /** From the start of the call, ms; of a `stall` the post's age. */
  readonly latencyMs?: number | undefined;
}

/** A good observation is 0, an unknown one a half. */
export const FAILED: Readonly<Record<Verdict, number>> = { good: 0, unknown: 0.5, bad: 1 };

/**
 * The state after one observation, before any change of state is considered. What began in a trouble that is over, and
 * a feed's word, are no evidence.
 */
export const fold = (state: DetectorState, evidence: Evidence, config: DetectorConfig): DetectorState => {
  const atMs = Math.max(state.lastAtMs, evidence.at.getTime());
  if (evidence.source === 'feed') return advised({ ...state, lastAtMs: atMs }, evidence, config);
  if (evidence.at.getTime() - (evidence.latencyMs ?? 0) < state.freshSinceMs) return { ...state, lastAtMs: atMs };
  switch (evidence.source) {
    case 'stall':
      return foldStall(state, evidence, atMs, config);
    case 'probe':
      return foldProbe(state, evidence, atMs, config);
    case 'attempt':
      return foldAttempt(state, evidence, atMs, config);
  }
};

const advised = (state: DetectorState, { verdict, errorClass }: Evidence, { timing }: DetectorConfig): DetectorState =>
  verdict === 'good'
    ? state
    : { ...state, advice: { untilMs: state.lastAtMs + timing.advisoryMs, source: errorClass ?? 'feed' } };

const foldProbe = (
  state: DetectorState,
  { verdict, accountId }: Evidence,
  atMs: number,
  config: DetectorConfig,
): DetectorState => {
  const stream: Stream = accountId === undefined ? 'liveness' : 'probes';
  const probed =
    accountId === undefined || state.probed.at(-1)?.[0] === accountId
      ? state.probed
      : remember(state.probed, accountId, atMs);
  const isGood = verdict === 'good';
  const isCounted = accountId !== undefined && isCrowd(probed, atMs - config.timing.activeWithinMs);
  // Nobody asks who brought good news, of which there is a million times as much.
  const source = isGood ? '' : isCounted ? accountId : `${stream}@${atMs}|${state.charts[stream].bad}`;
  const outcome: Outcome = { verdict, weight: 1, source, unknownRate: 1 };
  const next = withOutcome(state, stream, outcome, { config, seen: { lastAtMs: atMs, probed } });
  if (state.state === 'healthy' || state.state === 'degraded') return next;
  const { ramp, trial } = next;
  return {
    ...next,
    probes: [...next.probes, isGood].slice(-config.recovery.of),
    ramp: isGood ? { ...ramp, goodProbes: ramp.goodProbes + 1 } : ramp,
    trial: trial && isGood ? { ...trial, goodProbes: trial.goodProbes + 1 } : trial,
  };
};

const foldAttempt = (state: DetectorState, evidence: Evidence, atMs: number, config: DetectorConfig): DetectorState => {
  const { verdict } = evidence;
  const known = {
    ...state,
    lastAtMs: atMs,
    workspaces: remember(state.workspaces, evidence.workspaceId, atMs),
    accounts: remember(state.accounts, evidence.accountId, atMs),
    volume: countOne(state.volume, atMs),
  };
  const ramped = withRampOutcome(known, verdict);
  const seen = { lastAtMs: atMs, lastAttemptAtMs: atMs };
  if (verdict === 'good') {
    const weight = weighGood(ramped, evidence, atMs, config.timing);
    const outcome: Outcome = { verdict, weight, source: '', unknownRate: 1 };
    const next = withOutcome(ramped, 'attempts', outcome, { config, seen });
    return foldLatency(next, evidence, atMs, config);
  }
  const { counted, source, weight } = weighFailure(ramped, evidence, atMs, config.timing);
  const outcome: Outcome = { verdict, weight, source, unknownRate: unknownRateOf(state) };
  if (weight === 0) return { ...ramped, counted };
  return withOutcome({ ...ramped, counted }, 'attempts', outcome, { config, seen });
};

const LEAST_UNKNOWN = 0.005;
const UNKNOWN_MARGIN = 1.5;
const unknownRateOf = ({ unknownRate }: DetectorState) => Math.max(LEAST_UNKNOWN, UNKNOWN_MARGIN * unknownRate.rate);

const withRampOutcome = (state: DetectorState, verdict: Verdict): DetectorState => {
  if (state.state !== 'recovering') return state;
  const { ramp } = state;
  const outcomes = ramp.outcomes + 1;
  return verdict === 'good'
    ? { ...state, ramp: { ...ramp, outcomes } }
    : { ...state, ramp: { ...ramp, outcomes, badOutcomes: ramp.badOutcomes + 1, goodProbes: 0 } };
};

/** What else an outcome says: written in one go with the rest, a state is copied once for each. */
type SeenWith = Pick<DetectorState, 'lastAtMs'> & Partial<Pick<DetectorState, 'lastAttemptAtMs' | 'probed'>>;

/** Charts and learning in the states that need them, and how the stream does in a bad one. */
const withOutcome = (
  state: DetectorState,
  stream: Stream,
  outcome: Outcome,
  { config, seen }: { readonly config: DetectorConfig; readonly seen: SeenWith },
): DetectorState => {
  const { verdict, weight } = outcome;
  const { lastAtMs: atMs, lastAttemptAtMs = state.lastAttemptAtMs, probed = state.probed } = seen;
  const lastBadAtMs = isNewBad(state, stream, verdict) ? atMs : state.lastBadAtMs;
  const charts = state.state === 'down' ? state.charts : chartOutcome(state, stream, outcome, config);
  if (state.state === 'healthy') {
    const { rates, unknownRate } = learntFrom(state, stream, verdict, config);
    return { ...state, lastAtMs: atMs, lastAttemptAtMs, probed, charts, lastBadAtMs, rates, unknownRate };
  }
  const test = state.state === 'down' ? config.leaveDown : config.leaveDegraded;
  const usual = healthyRate(state.rates[stream], config.rates[stream]);
  const told = { rates: test.rates[stream], test, usual };
  const ofStream = afterOutcome(state.wellness[stream], { failed: FAILED[verdict], weight, atMs }, told, config.worse);
  const wellness = withEntry(state.wellness, stream, ofStream);
  return { ...state, lastAtMs: atMs, lastAttemptAtMs, probed, charts, lastBadAtMs, wellness };
};

/** While it is down only probes tell whether it is quiet: what was sent before may fail for long. */
const isNewBad = ({ state }: DetectorState, stream: Stream, verdict: Verdict): boolean =>
  verdict !== 'good' && (state !== 'down' || stream !== 'attempts');

const foldStall = (
  state: DetectorState,
  { verdict, latencyMs, ...maker }: Evidence,
  atMs: number,
  config: DetectorConfig,
): DetectorState => {
  const item = maker.targetId ?? maker.accountId ?? `${atMs}`;
  const progress = { isFinished: verdict === 'good', ageMs: latencyMs ?? Infinity, item, atMs };
  const learns = state.state === 'healthy' && state.charts.stalls.score <= 0;
  const { stalls, verdict: judged } = afterProgress(state.stalls, progress, config.timing, learns);
  const known = { ...state, lastAtMs: atMs, stalls };
  if (state.state === 'down') return known;
  if (judged === undefined) return known;
  const rates = { ...config.stall, config };
  if (judged === 'good') return withChart(known, 'stalls', { verdict: judged, weight: 1, source: '' }, rates);
  const { counted, source, weight } = weighFailure(known, maker, atMs, config.timing);
  if (weight === 0) return { ...known, counted };
  return withChart({ ...known, counted }, 'stalls', { verdict: judged, weight, source }, rates);
};

/** Nats; an answer or two too slow do not stop it from learning. */
const UNEASY = 6;

const foldLatency = (state: DetectorState, evidence: Evidence, atMs: number, config: DetectorConfig): DetectorState => {
  const { latencyMs, workspaceId, accountId, targetId } = evidence;
  if (latencyMs === undefined || state.state === 'down') return state;
  const slow = isSlow(state.latencies, latencyMs, atMs);
  const isHealthy = state.state === 'healthy';
  const learns = isHealthy && state.charts.latency.score < UNEASY;
  const learnt = learns ? learnLatency(state.latencies, latencyMs, atMs) : state.latencies;
  if (slow === undefined) return { ...state, latencies: learnt };
  const recent = recentAfter(learnt.recent, !slow, atMs, config.timing.recentMs);
  const next = { ...state, latencies: { ...learnt, recent } };
  const source = workspaceId ?? accountId ?? targetId ?? `${atMs}`;
  const outcome = { verdict: slow ? 'bad' : 'good', weight: 1, source } as const;
  return withChart(next, 'latency', outcome, { ...config.latency, config });
};

const withChart = (
  state: DetectorState,
  name: 'stalls' | 'latency',
  outcome: Omit<Outcome, 'unknownRate'>,
  { p0, p1, config }: { readonly p0: number; readonly p1: number; readonly config: DetectorConfig },
): DetectorState => {
  const before: Chart = state.charts[name];
  if (outcome.verdict === 'good' && before === EMPTY_CHART) return state;
  const whole = { ...outcome, unknownRate: 1 };
  const range = { least: 0, most: 2 * config.charts[name].degradedAt };
  const after = observe(before, whole, evidenceOf(whole, p0, p1), range);
  return after === before ? state : { ...state, charts: withEntry(state.charts, name, after) };
};
