import type { Tx } from '../../../kernel/transaction.js';
import type { ProviderHealth, ProviderTransition } from './provider-detector.js';

/** Which provider: `mail` or `storage`, and its name within. */
export interface ProviderKey {
  readonly provider: string;
  readonly name: string;
}

export interface StoredProvider extends ProviderKey, ProviderHealth {
  /** Of the last bad call; for operators only, it may name a host. */
  readonly detail?: string;
}

export abstract class ProviderHealths {
  /** The row, locked until the end of `tx`; undefined when nobody has heard of it. One caller at a time per key. */
  abstract lock(key: ProviderKey, tx: Tx): Promise<ProviderHealth | undefined>;
  abstract save(provider: StoredProvider, transition: ProviderTransition | undefined, tx: Tx): Promise<void>;
  abstract list(): Promise<StoredProvider[]>;
  /** Newest first, of all. */
  abstract transitions(limit: number): Promise<(ProviderTransition & ProviderKey)[]>;
}
