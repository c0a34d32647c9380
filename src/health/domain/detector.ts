import { alarm, worsen } from './alarm.js';
import type { DetectorConfig } from './detector-config.js';
import type { DetectorState } from './detector-state.js';
import { type Evidence, fold } from './evidence.js';
import { climb } from './ramp.js';
import { calmDown, recover } from './recovery.js';
import type { Step } from './transition.js';

/** What moves a detector: an observation, or time. */
export type DetectorEvent =
  | { readonly kind: 'signal'; readonly evidence: Evidence }
  /** A good look at something else of the same platform: a step of the ramp counts it, nothing else does. */
  | { readonly kind: 'look' }
  /** The platform fell in another region: mostly it falls everywhere. */
  | { readonly kind: 'neighbour'; readonly region: string }
  /** Nothing but time: lets dwells, calms and ramp steps end. Never evidence. */
  | { readonly kind: 'tick' };

/**
 * One step of the detector of one (platform, region, capability). Pure: the same signals in the same order give the same
 * verdicts, on the database's clock or a virtual one. The very same state object comes back when nothing changed.
 *
 * @param now when the event is folded; for a signal its own time counts, if later than all before
 */
export const step = (state: DetectorState, event: DetectorEvent, now: Date, config: DetectorConfig): Step => {
  if (event.kind === 'signal') {
    const folded = fold(state, event.evidence, config);
    // Only a failure, or a slow answer, can raise an alarm.
    const isSame = folded.charts === state.charts && folded.stalls === state.stalls;
    if (state.state === 'healthy' && isSame) return { state: folded, effects: [] };
    return settle(folded, config, event.evidence);
  }
  if (event.kind === 'look') return looked(state, now, config);
  if (event.kind === 'neighbour') return warned(state, event.region, now, config);
  if (state.state === 'healthy') return { state, effects: [] };
  const later = { ...state, lastAtMs: Math.max(state.lastAtMs, now.getTime()) };
  const settled = settle(later, config);
  return settled.state === later ? { state, effects: [] } : settled;
};

const looked = (state: DetectorState, now: Date, config: DetectorConfig): Step => {
  if (state.state !== 'recovering') return { state, effects: [] };
  const { ramp } = state;
  const lastAtMs = Math.max(state.lastAtMs, now.getTime());
  return settle({ ...state, lastAtMs, ramp: { ...ramp, goodProbes: ramp.goodProbes + 1 } }, config);
};

const warned = (state: DetectorState, region: string, now: Date, config: DetectorConfig): Step => {
  if (state.state === 'down') return { state, effects: [] };
  const lastAtMs = Math.max(state.lastAtMs, now.getTime());
  const neighbour = { untilMs: lastAtMs + config.timing.neighbourMs, source: region };
  return settle({ ...state, lastAtMs, neighbour }, config);
};

/** Applies the one rule of the current state. */
const settle = (state: DetectorState, config: DetectorConfig, latest?: Evidence): Step => {
  switch (state.state) {
    case 'healthy':
      return alarm(state, config) ?? { state, effects: [] };
    case 'degraded':
      return worsen(state, config) ?? calmDown(state, config);
    case 'down':
      return recover(state, config, latest);
    case 'recovering':
      return alarm(state, config) ?? climb(state, config);
  }
};

/** 0..1: the part of the due posts that may go out in this state; see `admissionOf` for what publishing sees. */
export const rampShareOf = ({ state, ramp }: DetectorState, config: DetectorConfig): number => {
  if (state === 'down') return 0;
  return state === 'recovering' ? (config.rampShares[ramp.step] ?? 0) : 1;
};
