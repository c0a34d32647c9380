import type { Tx } from '../../../kernel/transaction.js';
import type { ThrottleCount, ThrottleKind } from './throttle.policy.js';

/** A counter's name: an address of the network, or an account's mail address, known or not. */
export interface ThrottleKey {
  readonly kind: ThrottleKind;
  readonly of: string;
}

/** Counters of tries, shared by all processes. */
export abstract class Throttle {
  /** Counts one try on every key, at once. */
  abstract count(keys: readonly ThrottleKey[]): Promise<readonly ThrottleCount[]>;
  /** Forgets these counters. */
  abstract forget(keys: readonly ThrottleKey[], tx: Tx): Promise<void>;
  /** Gives one try back. */
  abstract giveBack(keys: readonly ThrottleKey[], tx: Tx): Promise<void>;
}
