import type { AccountId } from '../../kernel/ids.js';
import type { Credentials } from '../../platforms/domain/publish-outcome.js';

/** What a call on behalf of an account needs. Never log it. */
export interface AccountAccess {
  readonly externalId: string;
  /** Where the account is at home; health is read for this region. */
  readonly region: string;
  readonly credentials: Credentials;
  /** Hand it to `RefreshCredentials` after a 401, so that a pair someone else renewed is not renewed again. */
  readonly tokenVersion: number;
  readonly tokenExpiresAt?: Date;
}

/** The only way to an account's credentials. */
export abstract class TokenVault {
  /** undefined: no such account, or its credentials were erased. */
  abstract contextOf(accountId: AccountId): Promise<AccountAccess | undefined>;
}
