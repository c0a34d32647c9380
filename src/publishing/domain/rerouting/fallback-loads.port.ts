import type { Tx } from '../../../kernel/transaction.js';
import type { FallbackLoad } from '../../../routing/domain/load-spread.policy.js';
import type { OwnLoad } from './failback.policy.js';

/** An account whose load is asked. */
export interface LoadHolder {
  readonly id: string;
  readonly workspaceId: string;
}

/** What accounts carry of their own and of others, counted from the targets. */
export abstract class FallbackLoads {
  /**
   * Until the end of `tx` nobody else gives these accounts anything: whoever reads their load under the lock and then
   * writes has reserved the place. Taken in one order, so that two never wait for each other.
   */
  abstract lock(accountIds: readonly string[], tx: Tx): Promise<void>;
  /** By account; one statement for all. */
  abstract read(holders: readonly LoadHolder[], at: Date, tx?: Tx): Promise<ReadonlyMap<string, FallbackLoad>>;
  /** The same for accounts that catch up. */
  abstract own(holders: readonly LoadHolder[], at: Date, tx?: Tx): Promise<ReadonlyMap<string, OwnLoad>>;
}
