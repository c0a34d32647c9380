import type { AccountId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { Credentials } from '../../platforms/domain/publish-outcome.js';

/** The right to refresh one account's credentials until it runs out; `fence` proves it at the write. */
export interface RefreshLease {
  readonly accountId: AccountId;
  readonly platform: PlatformName;
  readonly externalId: string;
  readonly credentials: Credentials;
  readonly tokenVersion: number;
  /** bigint, as text. */
  readonly fence: string;
}

/** Why a lease was not given. */
export interface RefreshState {
  readonly canRefresh: boolean;
  readonly tokenVersion: number;
  readonly isLeased: boolean;
  /** Refused less than the spacing ago: asking again now would prove nothing. */
  readonly wasJustRefused: boolean;
}

/** New credentials as the platform gave them. */
export interface RenewedPair {
  readonly credentials: Credentials;
  readonly tokenExpiresAt?: Date;
  readonly scopes: readonly string[];
  /** Left out: as before. */
  readonly notices?: readonly string[];
}

export interface DueAccount {
  readonly id: AccountId;
  readonly platform: PlatformName;
  readonly tokenVersion: number;
  /** Nobody knows when its token ends. */
  readonly isTrial: boolean;
}

/** One refresh at a time per account, over all processes. Compares times on the database's clock alone. */
export abstract class RefreshLeases {
  /** undefined when leased, moved past `seenVersion`, just refused, or without credentials. */
  abstract take(accountId: AccountId, seenVersion: number | undefined): Promise<RefreshLease | undefined>;
  abstract state(accountId: AccountId): Promise<RefreshState | undefined>;
  /** Writes the pair and ends the lease. @returns false when the fence or the version moved: nothing was written */
  abstract store(lease: RefreshLease, pair: RenewedPair): Promise<boolean>;
  /** Ends the lease, leaving the old pair. */
  abstract release(lease: RefreshLease): Promise<void>;
  /** Notes a refusal and ends the lease; `proven` when an earlier one lies the spacing back. */
  abstract refuse(lease: RefreshLease, tx: Tx): Promise<'moved' | 'first' | 'proven'>;
  /** Accounts whose credentials run out soon: those that waited longest since their last try first. */
  abstract due(limit: number): Promise<readonly DueAccount[]>;
}
