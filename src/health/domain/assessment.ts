import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { DetectorConfig } from './detector-config.js';
import { type DetectorState, initialState } from './detector-state.js';
import { step } from './detector.js';
import { type HealthCapability, judgedBy, type Signal } from './signal.js';
import type { Transition } from './transition.js';

/** What health is judged for, one by one. */
export interface HealthKey {
  readonly platform: PlatformName;
  readonly region: string;
  readonly capability: HealthCapability;
}

export interface KeyedState extends HealthKey {
  readonly detector: DetectorState;
}

export interface KeyedTransition extends HealthKey {
  readonly transition: Transition;
}

/** A signal as it was stored. */
export type StoredSignal = Signal & { readonly at: Date };

/** What a run of the assessment changes. */
export interface Assessment {
  readonly changed: readonly KeyedState[];
  /** In the order in which they happened. */
  readonly transitions: readonly KeyedTransition[];
}

const nameOf = ({ platform, region, capability }: HealthKey): string => `${platform}|${region}|${capability}`;

/**
 * Folds signals in their stored order, then lets time pass up to `now`.
 * @param now undefined while there is a backlog: time has not come that far for the evidence
 */
export const assess = (
  known: readonly KeyedState[],
  signals: readonly StoredSignal[],
  now: Date | undefined,
  config: DetectorConfig,
): Assessment => {
  const states = new Map(known.map((state) => [nameOf(state), state]));
  const changed = new Set<string>();
  const transitions: KeyedTransition[] = [];
  const advance = (state: KeyedState, event: Parameters<typeof step>[1], at: Date) => {
    const { platform, region, capability } = state;
    const next = step(state.detector, event, at, config);
    transitions.push(...next.effects.map((transition) => ({ platform, region, capability, transition })));
    if (next.state === state.detector) return;
    states.set(nameOf(state), { platform, region, capability, detector: next.state });
    changed.add(nameOf(state));
  };
  for (const signal of signals) {
    const capability = judgedBy(signal.capability);
    if (!capability) continue;
    const key: HealthKey = { platform: signal.platform, region: signal.region, capability };
    const state = states.get(nameOf(key)) ?? { ...key, detector: initialState(config, signal.at) };
    advance(state, { kind: 'signal', ...signal }, signal.at);
  }
  if (now) for (const state of [...states.values()]) advance(state, { kind: 'tick' }, now);
  return { changed: [...states].filter(([name]) => changed.has(name)).map(([, state]) => state), transitions };
};
