import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { ConnectedIdentity } from '../../platforms/domain/publish-outcome.js';
import type { Account } from './account.js';
import type { AccountStatus } from './account-status.js';

/** Who credentials belong to, as the platform itself said. */
export interface ProvenIdentity extends ConnectedIdentity {
  readonly platform: PlatformName;
}

/** A page of accounts is asked for by these. */
export interface AccountFilter {
  readonly platform?: PlatformName | undefined;
  readonly status?: AccountStatus | undefined;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** An account in a list; `at` is its place in the order. */
export type ListedAccount = Account & { readonly at: string };

/** A status with who set it, and why. */
export interface StatusChange {
  readonly status: AccountStatus;
  readonly reason?: string | undefined;
  /** `key:<prefix>`, `member:<id>` or `system`. */
  readonly by: string;
}

/** Where accounts are kept; every write raises `version`. */
export abstract class AccountStore {
  abstract get(workspaceId: WorkspaceId, id: AccountId, tx?: Tx): Promise<Account | undefined>;
  /** Newest first. */
  abstract page(workspaceId: WorkspaceId, filter: AccountFilter): Promise<ListedAccount[]>;
  abstract lock(workspaceId: WorkspaceId, id: AccountId, tx: Tx): Promise<Account | undefined>;
  /** Across workspaces; for trouble that the publisher met. */
  abstract lockAny(id: AccountId, tx: Tx): Promise<Account | undefined>;
  /** The workspace's account of this identity; no one else connects the identity until `tx` ends. */
  abstract lockByIdentity(
    workspaceId: WorkspaceId,
    identity: Pick<ProvenIdentity, 'platform' | 'externalId'>,
    tx: Tx,
  ): Promise<{ readonly identityId: string; readonly account?: Account }>;
  abstract insert(
    fresh: { readonly workspaceId: WorkspaceId; readonly identityId: string; readonly region: string },
    proven: ProvenIdentity,
    tx: Tx,
  ): Promise<Account>;
  /** Active again with new credentials; a refresh under way loses its fence. */
  abstract revive(id: AccountId, proven: ProvenIdentity, tx: Tx): Promise<Account>;
  /** Left-out fields stay. */
  abstract describe(
    id: AccountId,
    change: { readonly displayName?: string | undefined; readonly region?: string | undefined },
    tx: Tx,
  ): Promise<Account>;
  /** `disconnected` erases the credentials. */
  abstract setStatus(id: AccountId, change: StatusChange, tx: Tx): Promise<Account>;
}
