import { type ChartName, type DetectorConfig, type LeaveTest, type Stream, STREAMS } from './detector-config.js';
import type { DetectorState } from './detector-state.js';
import type { Evidence } from './evidence.js';
import { rampText } from './ramp.js';
import { enter, longerDwell, type Step } from './transition.js';
import { neededOf } from './wellness.js';

const stay = (state: DetectorState): Step => ({ state, effects: [] });

/** Whether the stream still comes. */
const isHeard = ({ wellness, lastAtMs }: DetectorState, stream: Stream, withinMs: number): boolean =>
  wellness[stream].lastAtMs > 0 && lastAtMs - wellness[stream].lastAtMs < withinMs;

/**
 * What ails shows that it is over: an outage is one thing, so its streams speak together, but each must say its part.
 * Where probes are rare, less evidence and a longer quiet do.
 */
const areWell = (
  state: DetectorState,
  streams: readonly Stream[],
  test: LeaveTest,
  { timing }: DetectorConfig,
): boolean => {
  const ailing = streams.map((stream) => ({ ...state.wellness[stream], rates: test.rates[stream] }));
  if (ailing.length === 0) return true;
  if (!ailing.every(({ isLastGood }) => isLastGood)) return false;
  const isQuiet = state.lastAtMs - state.lastBadAtMs >= timing.sparseQuietMs;
  const least = isQuiet ? Math.min(test.floor, test.sparseAt) : test.floor;
  const sum = ailing.reduce((total, { score }) => total + score, 0);
  const needed = Math.min(...ailing.map((stream) => neededOf(stream, stream.rates, test)));
  const clean = ailing.reduce((total, stream) => total + (stream.clean ?? 0), 0);
  const isShown = sum >= (isQuiet ? Math.min(needed, test.sparseAt) : needed) || clean >= test.cleanAt;
  return isShown && ailing.every(({ score }) => score >= least);
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
  const ailing = heard.filter((stream) => state.wellness[stream].isAiling);
  return areWell(state, ailing, leaveDegraded, config)
    ? enter(state, 'healthy', 'Calm again: what failed goes well.', config)
    : stay(state);
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
  const heard = PROBES.filter((stream) => isHeard(state, stream, timing.silentMs));
  if (!heard.every((stream) => state.wellness[stream].isLastGood)) return false;
  const ailing = heard.filter((stream) => state.wellness[stream].isAiling);
  return areWell(state, ailing, leaveDown, config);
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
    ? { ...afterGoodCanary(state), reason: landedText(landed), trial: { ...trial, landed, token: trial.token + 1 } }
    : state;
  if (landed >= canariesNeeded(state, config)) return enter(next, 'recovering', rampText(1, config), config);
  return isTrialOver(next, trial.openedAtMs, config)
    ? enter(next, 'recovering', `No post came to try it with. ${rampText(1, config)}`, config)
    : stay(next);
};

/** A canary that lands makes half good for one that did not. */
const afterGoodCanary = (state: DetectorState): DetectorState =>
  isUnseenByProbes(state) ? state : { ...state, failedTrials: Math.max(0, state.failedTrials - 0.5) };

const landedText = (landed: number): string => `Landed: ${landed}. One more post will tell whether it is over.`;

/** Probes saw nothing of the trouble that posts met: only posts can tell that it is over. */
const isUnseenByProbes = ({ wellness }: DetectorState): boolean =>
  wellness.attempts.isAiling && !wellness.probes.isAiling && !wellness.liveness.isAiling;

const canariesNeeded = (state: DetectorState, config: DetectorConfig): number => {
  const more = isUnseenByProbes(state) ? 2 * state.failedTrials : Math.min(2, Math.floor(state.failedTrials));
  return Math.min(config.mostCanaries, 1 + more);
};

const isTrialOver = (state: DetectorState, openedAtMs: number, { timing, isBlind }: DetectorConfig): boolean => {
  if (isBlind) return false;
  const waitMs = isUnseenByProbes(state) ? timing.blindTrialMs : timing.trialMs;
  return state.lastAtMs - openedAtMs >= waitMs && (state.trial?.goodProbes ?? 0) >= Math.min(timing.enough, LEAST_GOOD);
};
const LEAST_GOOD = 5;

const MOST_FAILED = 4;
const MOST_TIMES = 2;

/**
 * One canary may fail by chance where a few per cent always do: it costs evidence and a little time, the next one more.
 * Where probes saw nothing only posts can tell, so the dwell doubles.
 */
const afterFailedCanary = (state: DetectorState, { verdict }: Evidence, config: DetectorConfig): DetectorState => {
  const { timing } = config;
  const { attempts, probes, liveness } = state.wellness;
  const failedTrials = Math.min(MOST_FAILED, state.failedTrials + 1);
  const failed = { ...state, failedTrials, wellness: { ...state.wellness, attempts: { ...attempts, isAiling: true } } };
  const dwellMs = isUnseenByProbes(failed) ? longerDwell(state.dwellMs, timing) : state.dwellMs;
  const waitMs = isUnseenByProbes(failed) ? dwellMs : Math.min(dwellMs, timing.quietMs * 2 ** (failedTrials - 1));
  const loudest = probes.score >= liveness.score ? 'probes' : 'liveness';
  const cost = config.canaryCost * Math.min(MOST_TIMES, failedTrials);
  const poorer = { ...state.wellness[loudest], score: Math.max(0, state.wellness[loudest].score - cost) };
  return {
    ...failed,
    trial: null,
    reason: `The canary failed (${verdict}).`,
    dwellMs,
    dwellUntilMs: state.lastAtMs + waitMs,
    lastIllAtMs: state.lastAtMs,
    wellness: { ...failed.wellness, attempts: { ...attempts, score: 0, isAiling: true }, [loudest]: poorer },
  };
};
