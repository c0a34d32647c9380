import { DomainError } from '../../kernel/domain-error.js';
import type { DomainEvent } from '../../kernel/event-log.port.js';
import type { AccountFacts } from './account-facts.js';
import { type AccountChange, type AccountStatus, eventTypeOf, statusAfter } from './account-status.js';

/** A connected identity as this room keeps it, without its credentials. */
export interface Account extends AccountFacts {
  readonly identityId: string;
  /** Grows with every new pair of credentials; a caller that saw an older one retries instead of refreshing. */
  readonly tokenVersion: number;
  readonly tokenExpiresAt?: Date;
  /** When the platform gave the present pair. */
  readonly tokenObtainedAt: Date;
  /** Limits the platform puts on this account or our app, as sentences. */
  readonly notices: readonly string[];
  /** First of the refusals that the next one, a minute later, will prove. */
  readonly refreshRefusedAt?: Date;
  readonly scopes: readonly string[];
  /** For `ETag` and `If-Match`; a refreshed token does not count as a change. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The status after a change by a person. @throws DomainError `account.status_refused` */
export const requireStatusAfter = (account: Account, change: AccountChange): AccountStatus => {
  const next = statusAfter(account.status, change);
  if (next) return next;
  const { id, status } = account;
  throw new DomainError(
    'conflict',
    'account.status_refused',
    `An account that is ${status} cannot be changed so. Connect it again with POST /v1/accounts/${id}/reconnect.`,
    { status },
  );
};

/** What others learn about a change. */
export const accountEvent = (account: Account, change: AccountChange, reason?: string): DomainEvent => ({
  workspaceId: account.workspaceId,
  type: eventTypeOf(change),
  subjectId: account.id,
  payload: {
    accountId: account.id,
    platform: account.platform,
    region: account.region,
    displayName: account.displayName,
    status: statusAfter(account.status, change) ?? account.status,
    ...(reason === undefined ? {} : { reason }),
  },
});
