import type { Tx } from '../../../kernel/transaction.js';
import type { KeptHistory } from './views-history.policy.js';

/** Whose posts they are. */
export interface ViewsOwner {
  readonly workspaceId: string;
  readonly accountId: string;
}

/** What each account's posts usually gather. */
export abstract class ViewsHistories {
  /** The account's history, nobody else's to change until `tx` ends; undefined: there is none yet. */
  abstract lock(accountId: string, tx: Tx): Promise<KeptHistory | undefined>;
  abstract keep(owner: ViewsOwner, kept: KeptHistory, tx: Tx): Promise<void>;
}
