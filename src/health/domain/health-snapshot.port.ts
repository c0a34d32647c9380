import type { HealthKey, KeyedState } from './keyed.js';
import type { HealthState } from './health-state.js';
import type { Override } from './override.js';
import type { Transition } from './transition.js';

/** The measured state of one key, as routing needs it. */
export interface MeasuredHealth extends HealthKey {
  readonly state: HealthState;
  readonly since: Date;
  readonly reason: string;
  /** `admissionStepOf` the detector. */
  readonly rampStep: number;
}

/** Everything the view keeps in memory. */
export interface HealthSnapshot {
  readonly measured: readonly MeasuredHealth[];
  readonly overrides: readonly Override[];
  /** Our own connection is in doubt. */
  readonly isSelfSuspect: boolean;
}

/** A stored change of state, with where it belongs. */
export type StoredTransition = HealthKey &
  Omit<Transition, 'atMs'> & { readonly at: Date; readonly configHash: string; readonly incidentId?: string };

/** Health as it is stored, for reading. */
export abstract class HealthSnapshots {
  abstract read(): Promise<HealthSnapshot>;
  /** Detectors of one platform with their evidence. */
  abstract detectorsOf(platform: string): Promise<KeyedState[]>;
  /** Newest first. */
  abstract transitionsOf(
    of: { readonly platform: string } | { readonly incidentId: string },
    limit: number,
  ): Promise<StoredTransition[]>;
}
