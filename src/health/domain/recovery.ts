import type { Evidence } from './evidence.js';
import {
  type ChartName,
  type DetectorConfig,
  healthyRate,
  illRate,
  type LeaveTest,
  type Stream,
  STREAMS,
} from './detector-config.js';
import { type DetectorState, rampAt } from './detector-state.js';
import { enter, longerDwell, type Step } from './transition.js';
import { neededOf } from './wellness.js';

const stay = (state: DetectorState): Step => ({ state, effects: [] });

/** Whether the stream still comes. */
const isHeard = ({ wellness, lastAtMs }: DetectorState, stream: Stream, withinMs: number): boolean =>
  wellness[stream].lastAtMs > 0 && lastAtMs - wellness[stream].lastAtMs < withinMs;

/** The stream shows that it is over. Where probes are rare, less evidence and a longer quiet do. */
const isWell = (state: DetectorState, stream: Stream, test: LeaveTest, { timing }: DetectorConfig): boolean => {
  const wellness = state.wellness[stream];
  const { score, isLastGood } = wellness;
  const isQuiet = state.lastAtMs - state.lastBadAtMs >= timing.sparseQuietMs;
  return isLastGood && (score >= neededOf(wellness, test) || (isQuiet && score >= test.sparseAt));
};

/** The soft charts forget slowly; whether a stream is well again its own test tells sooner. */
const CALM_CHARTS: readonly ChartName[] = ['attempts', 'probes', 'liveness', 'together', 'stalls', 'latency'];

/** Calm: no hard chart above half its limit, and every ailing stream that still comes is well. Silence never ends it. */
export const calmDown = (state: DetectorState, config: DetectorConfig): Step => {
  const { timing, charts: limits, leaveDegraded } = config;
  const nowMs = state.lastAtMs;
  if (nowMs < state.dwellUntilMs || nowMs - state.sinceMs < timing.calmMs) return stay(state);
  const heard = STREAMS.filter((stream) => isHeard(state, stream, timing.silentMs));
  const seen = heard.reduce((sum, stream) => sum + state.wellness[stream].seen, 0);
  if (seen < timing.enough) return stay(state);
  if (CALM_CHARTS.some((name) => state.charts[name].score >= limits[name].degradedAt / 2)) return stay(state);
  const isOver = heard.every(
    (stream) => !state.wellness[stream].isAiling || isWell(state, stream, leaveDegraded, config),
  );
  return isOver ? enter(state, 'healthy', 'Calm again: what failed goes well.', config) : stay(state);
};

/** Down: once probes and time say so, one canary at a time is let through; it leads back, a failed one does not. */
export const recover = (state: DetectorState, config: DetectorConfig, latest?: Evidence): Step => {
  if (state.trial) return tryOut(state, state.trial, config, latest);
  if (!mayTry(state, config)) return stay(state);
  const reason = config.isBlind
    ? 'Probes are switched off: one post will tell whether it is over.'
    : 'Probes are good again: one post will tell whether it is over.';
  return stay({ ...state, reason, trial: { openedAtMs: state.lastAtMs, token: 1, landed: 0, goodProbes: 0 } });
};

const PROBES = ['probes', 'liveness'] as const;

const mayTry = (state: DetectorState, config: DetectorConfig): boolean => {
  const { timing, recovery, leaveDown, isBlind } = config;
  const nowMs = state.lastAtMs;
  if (nowMs < state.dwellUntilMs || nowMs - state.lastBadAtMs < timing.quietMs) return false;
  if (isBlind) return nowMs - state.sinceMs >= timing.blindCanaryMs;
  if (state.probes.filter(Boolean).length < recovery.good) return false;
  const streams: readonly Stream[] = isHeard(state, 'attempts', timing.quietMs) ? STREAMS : PROBES;
  return streams.every((stream) => {
    if (!isHeard(state, stream, timing.silentMs)) return true;
    const { isAiling, isLastGood } = state.wellness[stream];
    return isAiling ? isWell(state, stream, leaveDown, config) : isLastGood;
  });
};

const tryOut = (
  state: DetectorState,
  trial: NonNullable<DetectorState['trial']>,
  config: DetectorConfig,
  latest?: Evidence,
): Step => {
  const isCanary = latest?.source === 'attempt' && latest.at.getTime() - (latest.latencyMs ?? 0) >= trial.openedAtMs;
  if (isCanary && latest.verdict !== 'good') return stay(afterFailedCanary(state, latest, config));
  if (latest?.source === 'probe' && latest.verdict !== 'good' && !mayTry(state, config))
    return stay({ ...state, trial: null, reason: 'A probe failed again.' });
  const landed = trial.landed + (isCanary ? 1 : 0);
  const next = isCanary
    ? { ...state, reason: landedText(landed), trial: { ...trial, landed, token: trial.token + 1 } }
    : state;
  if (landed >= canariesNeeded(state, config)) return enter(next, 'recovering', rampText(1, config), config);
  return isTrialOver(next, trial.openedAtMs, config)
    ? enter(next, 'recovering', `No post came to try it with. ${rampText(1, config)}`, config)
    : stay(next);
};

const landedText = (landed: number): string => `Landed: ${landed}. One more post will tell whether it is over.`;

/** Probes saw nothing of the trouble that posts met: only posts can tell that it is over. */
const isUnseenByProbes = ({ wellness }: DetectorState): boolean =>
  wellness.attempts.isAiling && !wellness.probes.isAiling && !wellness.liveness.isAiling;

const canariesNeeded = (state: DetectorState, config: DetectorConfig): number => {
  const more = isUnseenByProbes(state) ? 2 * state.failedTrials : Math.min(2, state.failedTrials);
  return Math.min(config.mostCanaries, 1 + more);
};

const isTrialOver = (state: DetectorState, openedAtMs: number, { timing, isBlind }: DetectorConfig): boolean => {
  if (isBlind) return false;
  const waitMs = isUnseenByProbes(state) ? timing.blindTrialMs : timing.trialMs;
  return state.lastAtMs - openedAtMs >= waitMs && (state.trial?.goodProbes ?? 0) >= Math.min(timing.enough, LEAST_GOOD);
};
const LEAST_GOOD = 5;

const afterFailedCanary = (state: DetectorState, { verdict }: Evidence, { timing }: DetectorConfig): DetectorState => {
  const dwellMs = longerDwell(state.dwellMs, timing);
  const { attempts, probes, liveness } = state.wellness;
  return {
    ...state,
    trial: null,
    reason: `The canary failed (${verdict}).`,
    failedTrials: state.failedTrials + 1,
    dwellMs,
    dwellUntilMs: state.lastAtMs + dwellMs,
    lastIllAtMs: state.lastAtMs,
    wellness: {
      attempts: { ...attempts, score: 0, isAiling: true },
      probes: { ...probes, score: 0 },
      liveness: { ...liveness, score: 0 },
    },
  };
};

const rampText = (step: number, { rampShares }: DetectorConfig): string =>
  `Recovering: ${(rampShares[step] ?? 1) * 100} % of the due posts may go.`;

/** Goes on to the next step of the ramp when this one is over; at its end to `healthy`, or what it has become. */
export const climb = (state: DetectorState, config: DetectorConfig): Step => {
  if (!isStepOver(state, config)) return stay(state);
  const next = state.ramp.step + 1;
  if (next < config.rampShares.length)
    return stay({ ...state, reason: rampText(next, config), ramp: rampAt(next, state.lastAtMs) });
  return isStillUneasy(state, config)
    ? enter(state, 'degraded', 'It takes posts again, but more of them fail than usual.', config)
    : enter(state, 'healthy', 'Recovered: every step of the ramp went well.', config);
};

/** After its time with enough outcomes and few failures, or on enough good probes without any bad outcome since. */
const isStepOver = (state: DetectorState, config: DetectorConfig): boolean => {
  const { ramp, lastAtMs, wellness, rates } = state;
  const { timing } = config;
  const tolerated = Math.max(2 * rates.attempts.rate, 0.05) * ramp.outcomes;
  const byOutcomes =
    lastAtMs - ramp.enteredAtMs >= timing.rampStepMs && ramp.outcomes >= timing.enough && ramp.badOutcomes < tolerated;
  const isLastGood = wellness.probes.isLastGood && wellness.liveness.isLastGood;
  return byOutcomes || (ramp.goodProbes >= timing.enough && isLastGood);
};

/** Evidence of the ramp that more fails than usual, nats. */
const UNEASY = 1.5;

const isStillUneasy = ({ wellness, rates }: DetectorState, config: DetectorConfig): boolean => {
  const sum = (['attempts', 'probes'] as const).reduce((total, stream) => {
    const { seen, failed } = wellness[stream];
    const p0 = healthyRate(rates[stream], config.rates[stream]);
    const p1 = illRate(config.soft[stream], p0);
    return total + failed * Math.log(p1 / p0) + (seen - failed) * Math.log((1 - p1) / (1 - p0));
  }, 0);
  return sum > UNEASY;
};
