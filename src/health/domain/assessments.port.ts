import type { Tx } from '../../kernel/transaction.js';
import type { DetectorConfig } from './detector-config.js';
import type { KeyedState, KeyedTransition, StoredSignal } from './keyed.js';
import type { SelfState } from './self-suspect.js';

/** The next signals in their stored order, and the database's time. */
export interface SignalBatch {
  readonly signals: readonly StoredSignal[];
  /** More are waiting. */
  readonly hasMore: boolean;
  readonly now: Date;
  /** What was known of our own connection before them. */
  readonly self: SelfState;
}

/** The detectors' memory. One assessor at a time: it holds the cursor until its transaction ends. */
export abstract class Assessments {
  /** Takes the next signals and moves the cursor past them; undefined when another process is at it. */
  abstract take(limit: number, tx: Tx): Promise<SignalBatch | undefined>;
  abstract load(config: DetectorConfig, tx: Tx): Promise<KeyedState[]>;
  abstract save(states: readonly KeyedState[], config: DetectorConfig, tx: Tx): Promise<void>;
  abstract saveSelf(self: SelfState, tx: Tx): Promise<void>;
  abstract appendTransitions(
    transitions: readonly (KeyedTransition & { readonly incidentId?: string | undefined })[],
    configHash: string,
    tx: Tx,
  ): Promise<void>;
}

/** Lets single posts through to a platform that recovers. */
export abstract class CanaryTokens {
  /**
   * Takes the one token of the current ramp step, so that at least one post goes whatever its share.
   * @returns false when it is gone, or the platform is not recovering
   */
  abstract take(platform: string, region: string, tx?: Tx): Promise<boolean>;
}
