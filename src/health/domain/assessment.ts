import type { DetectorConfig } from './detector-config.js';
import { HealthFold } from './health-fold.js';
import type { KeyedState, KeyedTransition, StoredSignal } from './keyed.js';

export type { HealthKey, KeyedState, KeyedTransition, StoredSignal } from './keyed.js';

/** What a run of the assessment changes. */
export interface Assessment {
  readonly changed: readonly KeyedState[];
  /** In the order in which they happened. */
  readonly transitions: readonly KeyedTransition[];
}

/**
 * Folds signals in their stored order, then lets time pass up to `now`. It trusts our own connection; who looks at
 * the neutral endpoint too keeps a `HealthFold`.
 * @param now undefined while there is a backlog: time has not come that far for the evidence
 */
export const assess = (
  known: readonly KeyedState[],
  signals: readonly StoredSignal[],
  now: Date | undefined,
  config: DetectorConfig,
): Assessment => {
  const health = new HealthFold(config, known);
  const transitions = signals.flatMap((signal) => health.take(signal));
  if (now) transitions.push(...health.tick(now));
  return { changed: health.changed(), transitions };
};
