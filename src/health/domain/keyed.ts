import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { DetectorState } from './detector-state.js';
import type { HealthCapability, Signal } from './signal.js';
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
