import type { Account } from '../domain/account.js';
import type { AccountFacts } from '../domain/account-facts.js';

/** For `account a join platform_identity i on i.id = a.identity_id`. */
export const FACT_COLUMNS = `a.id, a.workspace_id as "workspaceId", a.platform, a.region, a.status,
  a.status_reason as "statusReason", a.display_name as "displayName", i.external_id as "externalId"`;

/** The same and what this room alone needs. */
export const ACCOUNT_COLUMNS = `${FACT_COLUMNS}, a.identity_id as "identityId", a.token_version as "tokenVersion",
  a.token_expires_at as "tokenExpiresAt", a.invalid_grant_at as "refreshRefusedAt", a.scopes, a.version,
  a.token_obtained_at as "tokenObtainedAt", a.notices,
  a.created_at as "createdAt", a.updated_at as "updatedAt"`;

type Nullable = 'statusReason' | 'tokenExpiresAt' | 'refreshRefusedAt';

export type FactsRow = Omit<AccountFacts, 'statusReason'> & { readonly statusReason: string | null };
export type AccountRow = Omit<Account, Nullable> & { readonly [K in Nullable]: NonNullable<Account[K]> | null };

export const toFacts = ({ statusReason, ...row }: FactsRow): AccountFacts => ({
  ...row,
  ...(statusReason === null ? {} : { statusReason }),
});

export const toAccount = <Row extends AccountRow>({ statusReason, tokenExpiresAt, refreshRefusedAt, ...row }: Row) => ({
  ...row,
  ...(statusReason === null ? {} : { statusReason }),
  ...(tokenExpiresAt === null ? {} : { tokenExpiresAt }),
  ...(refreshRefusedAt === null ? {} : { refreshRefusedAt }),
});
