import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { ApiKey, ApiKeyKind } from './api-key.js';

/** A key to be stored. */
export interface NewApiKey {
  readonly workspaceId: WorkspaceId;
  readonly kind: ApiKeyKind;
  readonly name: string;
  readonly prefix: string;
  readonly hash: Buffer;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/** A stored key as the guard needs it; the database has judged its expiry. */
export interface StoredKey {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly prefix: string;
  readonly hash: Buffer;
  readonly scopes: readonly string[];
  readonly isExpired: boolean;
  readonly isRevoked: boolean;
}

/** A key in a list; `at` is its place in the order. */
export type ListedKey = ApiKey & { readonly at: string };

/** Where keys are kept. */
export abstract class ApiKeys {
  abstract insert(key: NewApiKey, tx: Tx): Promise<ApiKey>;
  /** By the public part, whatever the key's state. */
  abstract byPrefix(prefix: string): Promise<StoredKey | undefined>;
  /** Newest first, `limit` rows after `after`. */
  abstract list(
    workspaceId: WorkspaceId,
    page: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<ListedKey[]>;
  /** Locks the workspace's keys against another revocation and answers the key. */
  abstract lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<ApiKey | undefined>;
  /** Keys of the workspace with the scope `admin` that work now. */
  abstract countLiveAdmins(workspaceId: WorkspaceId, except: string, tx: Tx): Promise<number>;
  abstract revoke(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void>;
}
