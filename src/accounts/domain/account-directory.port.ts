import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { AccountFacts } from './account-facts.js';

/** Facts about accounts, for the rooms above. */
export abstract class AccountDirectory {
  /** Those of `ids` that belong to the workspace; the others are silently absent. */
  abstract find(workspaceId: WorkspaceId, ids: readonly AccountId[], tx?: Tx): Promise<AccountFacts[]>;
  /** Across workspaces; for the publisher, whose targets carry checked ids. */
  abstract findMany(ids: readonly AccountId[], tx?: Tx): Promise<AccountFacts[]>;
  /** All of a workspace, oldest first. */
  abstract list(workspaceId: WorkspaceId, tx?: Tx): Promise<AccountFacts[]>;
}
