import { CHART_NAMES, type ChartName, type DetectorConfig, limitsOf } from './detector-config.js';
import { type DetectorState, rampAt } from './detector-state.js';
import { type Evidence, fold } from './evidence.js';
import { enter, type Step } from './transition.js';

/** What moves a detector: an observation, or time. */
export type DetectorEvent =
  | ({ readonly kind: 'signal' } & Evidence)
  /** Nothing but time: lets dwells, calms and ramp steps end. Never evidence. */
  | { readonly kind: 'tick' };

/**
 * One step of the detector of one (platform, region, capability). Pure: the same signals in the same order give the same
 * verdicts, on the database's clock or a virtual one. The very same state object comes back when nothing changed.
 *
 * @param now when the event is folded; for a signal its own time counts, if later than all before
 */
export const step = (state: DetectorState, event: DetectorEvent, now: Date, config: DetectorConfig): Step => {
  if (event.kind === 'signal') return settle(fold(state, event, config), config, event);
  const later = { ...state, lastAtMs: Math.max(state.lastAtMs, now.getTime()) };
  const settled = settle(later, config);
  return settled.state === later ? { state, effects: [] } : settled;
};

/** Applies the one rule of the current state. */
const settle = (state: DetectorState, config: DetectorConfig, latest?: Evidence): Step => {
  switch (state.state) {
    case 'healthy':
      return alarm(state, config) ?? stay(state);
    case 'degraded':
      return worsen(state, config) ?? calmDown(state, config);
    case 'down':
      return recover(state, config);
    case 'recovering':
      return relapse(state, config, latest) ?? climb(state, config, latest);
  }
};

const stay = (state: DetectorState): Step => ({ state, effects: [] });

const scoreText = (state: DetectorState, name: ChartName, limit: number): string => {
  const { score, good, bad, unknown } = state.charts[name];
  const what = { attempts: 'Posts', probes: 'Upload probes', liveness: 'Liveness probes' }[name];
  return `${what} fail: ${bad} bad, ${unknown} unknown, ${good} good (statistic ${score.toFixed(1)}, limit ${limit})`;
};

const exceeding = (state: DetectorState, config: DetectorConfig, level: 'degradedAt' | 'downAt', factor = 1) =>
  CHART_NAMES.map((name) => ({ name, limit: limitsOf(config, name, state.attemptRate)[level] * factor })).find(
    ({ name, limit }) => state.charts[name].score >= limit,
  );

const worsen = (state: DetectorState, config: DetectorConfig): Step | undefined => {
  const loud = CHART_NAMES.map((name) => ({ name, limit: config.charts[name].downAt })).find(
    ({ name, limit }) =>
      state.charts[name].score >= limit && (name !== 'attempts' || state.failureShare > config.downShare),
  );
  return loud && enter(state, 'down', `${scoreText(state, loud.name, loud.limit)}.`, config);
};

const alarm = (state: DetectorState, config: DetectorConfig): Step | undefined => {
  const down = worsen(state, config);
  if (down) return down;
  const uneasy = exceeding(state, config, 'degradedAt');
  return uneasy && enter(state, 'degraded', `${scoreText(state, uneasy.name, uneasy.limit)}.`, config);
};

/** Calm: no chart above half its limit, or nothing bad for as long as a calm takes. Silence alone never ends it. */
const calmDown = (state: DetectorState, config: DetectorConfig): Step => {
  const { calmMs, enough } = config.timing;
  const isQuiet = state.lastAtMs - state.lastBadAtMs >= calmMs;
  if (!isQuiet && exceeding(state, config, 'degradedAt', 0.5))
    return stay(state.calmSinceMs === null ? state : { ...state, calmSinceMs: null });
  if (state.calmSinceMs === null) return stay({ ...state, calmSinceMs: isQuiet ? state.lastBadAtMs : state.lastAtMs });
  const isOver = state.lastAtMs >= state.dwellUntilMs && state.lastAtMs - state.calmSinceMs >= calmMs;
  if (!isOver || state.calmGood < enough) return stay(state);
  return enter(state, 'healthy', `Calm again: ${state.calmGood} good observations in a row.`, config);
};

const recover = (state: DetectorState, config: DetectorConfig): Step => {
  const { timing, recovery, isBlind } = config;
  const nowMs = state.lastAtMs;
  if (nowMs < state.dwellUntilMs || nowMs - state.lastBadAtMs < timing.quietMs) return stay(state);
  if (isBlind && nowMs - state.sinceMs >= timing.blindCanaryMs)
    return enter(state, 'recovering', 'Probes are switched off: one post will tell whether it is over.', config);
  const good = state.probes.filter(({ isGood }) => isGood).length;
  // The last look of each kind must be good: liveness comes often and would outvote a sick upload.
  const lastLooks = (['probes', 'liveness'] as const).map((name) =>
    state.probes.findLast(({ chart }) => chart === name),
  );
  if (good < recovery.good || lastLooks.some((look) => look?.isGood === false)) return stay(state);
  return enter(state, 'recovering', `${good} of the last ${state.probes.length} probes were good.`, config);
};

const relapse = (state: DetectorState, config: DetectorConfig, latest?: Evidence): Step | undefined => {
  const { ramp } = state;
  if (ramp.step === 0 && ramp.badOutcomes > 0)
    return enter(state, 'down', `The canary failed (${latest?.verdict ?? 'bad'}).`, config);
  const loud = exceeding(state, config, 'downAt', config.relapseFactor);
  return loud && enter(state, 'down', `Relapse: ${scoreText(state, loud.name, loud.limit)}.`, config);
};

const climb = (state: DetectorState, config: DetectorConfig, latest?: Evidence): Step => {
  const { ramp } = state;
  const canaryLanded = ramp.step === 0 && latest?.source === 'attempt' && ramp.outcomes > ramp.badOutcomes;
  if (!canaryLanded && !isStepOver(state, config)) return stay(state);
  const next = ramp.step + 1;
  if (next >= config.rampShares.length)
    return enter(state, 'healthy', 'Recovered: every step of the ramp went well.', config);
  const share = (config.rampShares[next] ?? 1) * 100;
  const reason = `Recovering: ${share} % of the due posts may go.`;
  return stay({ ...state, reason, ramp: rampAt(next, state.lastAtMs) });
};

/** After its time with enough outcomes and few failures, or on enough good probes without any bad outcome. */
const isStepOver = ({ ramp, lastAtMs, attemptRate }: DetectorState, { timing }: DetectorConfig): boolean => {
  const tolerated = Math.max(2 * attemptRate, 0.05) * ramp.outcomes;
  const byOutcomes =
    lastAtMs - ramp.enteredAtMs >= timing.rampStepMs && ramp.outcomes >= timing.enough && ramp.badOutcomes < tolerated;
  return byOutcomes || (ramp.goodProbes >= timing.enough && ramp.badOutcomes === 0);
};

/** 0..1: the part of the due posts that may go out in this state. */
export const rampShareOf = ({ state, ramp }: DetectorState, config: DetectorConfig): number => {
  if (state === 'down') return 0;
  return state === 'recovering' ? (config.rampShares[ramp.step] ?? 0) : 1;
};
