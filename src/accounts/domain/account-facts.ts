import type { AccountId, WorkspaceId } from '../../kernel/ids.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { AccountStatus } from './account-status.js';

/** What routing and publishing decide on. Never a credential. */
export interface AccountFacts {
  readonly id: AccountId;
  readonly workspaceId: WorkspaceId;
  readonly platform: PlatformName;
  /** Where the account is at home; health is read for this region. */
  readonly region: string;
  readonly status: AccountStatus;
  /** Why it is not active, for example `refresh_refused`. */
  readonly statusReason?: string;
  readonly displayName: string;
  /** The identity's id on the platform. */
  readonly externalId: string;
}
