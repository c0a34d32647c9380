import type { WorkspaceId } from '../../kernel/ids.js';
import type { AccountFacts } from './account-facts.js';

/** How long an account's credentials still hold. Never a credential. */
export interface TokenEnd extends AccountFacts {
  /** Absent: they have no end, or the platform did not name one. */
  readonly tokenExpiresAt?: Date;
  /** The platform refused to renew them once; a second refusal takes the account out. */
  readonly refreshRefusedAt?: Date;
}

/** Reads the ends of tokens, for rooms that look ahead. */
export abstract class TokenEnds {
  /** All accounts of a workspace that are not disconnected, oldest first. */
  abstract list(workspaceId: WorkspaceId): Promise<readonly TokenEnd[]>;
}
