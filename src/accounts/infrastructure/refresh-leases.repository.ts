import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { AccountId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import {
  REFRESH_BEFORE_MS,
  REFRESH_LEASE_MS,
  REFUSAL_SPACING_MS,
  TRIAL_AFTER_MS,
  TRIAL_EVERY_MS,
} from '../domain/refresh.policy.js';
import {
  type DueAccount,
  type RefreshLease,
  RefreshLeases,
  type RefreshState,
  type RenewedPair,
} from '../domain/refresh-leases.port.js';
import { CredentialBox } from './credential-box.js';

const MS = `interval '1 millisecond'`;
const LEASED = `coalesce(a.refresh_lease_until > statement_timestamp(), false)`;
const JUST_REFUSED = `coalesce(a.invalid_grant_at > statement_timestamp() - ${REFUSAL_SPACING_MS} * ${MS}, false)`;
const TRIAL_DUE = `a.token_expires_at is null and a.token_obtained_at < statement_timestamp() - ${TRIAL_AFTER_MS} * ${MS}
  and coalesce(a.refresh_tried_at, '-infinity') < statement_timestamp() - ${TRIAL_EVERY_MS} * ${MS}`;
const CAN_REFRESH = `(a.status in ('active', 'paused') and a.cred_enc is not null)`;

@Injectable()
export class RefreshLeasesRepository extends RefreshLeases {
  constructor(
    private readonly database: Database,
    private readonly box: CredentialBox,
  ) {
    super();
  }

  async take(accountId: AccountId, seenVersion: number | undefined): Promise<RefreshLease | undefined> {
    const row = await this.database.row<Omit<RefreshLease, 'credentials'> & { keyId: string; sealed: Buffer }>(
      `update account a set refresh_lease_until = clock_timestamp() + $3 * ${MS}, refresh_fence = a.refresh_fence + 1,
              refresh_tried_at = clock_timestamp()
         from platform_identity i
        where i.id = a.identity_id and a.id = $1 and ${CAN_REFRESH} and not ${LEASED} and not ${JUST_REFUSED}
          and ($2::int is null or a.token_version = $2)
       returning a.id as "accountId", a.platform, i.external_id as "externalId", a.token_version as "tokenVersion",
                 a.refresh_fence as fence, a.key_id as "keyId", a.cred_enc as sealed`,
      [accountId, seenVersion ?? null, REFRESH_LEASE_MS],
    );
    if (!row) return undefined;
    const { keyId, sealed, ...lease } = row;
    return { ...lease, credentials: this.box.open(accountId, keyId, sealed) };
  }

  state(accountId: AccountId): Promise<RefreshState | undefined> {
    return this.database.row<RefreshState>(
      `select ${CAN_REFRESH} as "canRefresh", a.token_version as "tokenVersion", ${LEASED} as "isLeased",
              ${JUST_REFUSED} as "wasJustRefused"
         from account a where a.id = $1`,
      [accountId],
    );
  }

  async store(lease: RefreshLease, { credentials, tokenExpiresAt, scopes, notices }: RenewedPair): Promise<boolean> {
    const { keyId, sealed } = this.box.seal(lease.accountId, credentials);
    const stored = await this.database.affected(
      `update account set cred_enc = $4, key_id = $5, token_expires_at = $6, token_version = token_version + 1,
              scopes = case when cardinality($7::text[]) = 0 then scopes else $7 end,
              notices = coalesce($8, notices), token_obtained_at = clock_timestamp(),
              invalid_grant_at = null, refresh_lease_until = null, updated_at = now()
        where id = $1 and refresh_fence = $2 and token_version = $3`,
      [...this.proofOf(lease), sealed, keyId, tokenExpiresAt ?? null, scopes, notices ?? null],
    );
    return stored === 1;
  }

  async release(lease: RefreshLease): Promise<void> {
    await this.database.affected(
      `update account set refresh_lease_until = null where id = $1 and refresh_fence = $2 and token_version = $3`,
      this.proofOf(lease),
    );
  }

  async refuse(lease: RefreshLease, tx: Tx): Promise<'moved' | 'first' | 'proven'> {
    const row = await this.database.row<{ isProven: boolean }>(
      `update account set refresh_lease_until = null,
              invalid_grant_at = coalesce(invalid_grant_at, clock_timestamp())
        where id = $1 and refresh_fence = $2 and token_version = $3
       returning invalid_grant_at <= statement_timestamp() - $4 * ${MS} as "isProven"`,
      [...this.proofOf(lease), REFUSAL_SPACING_MS],
      tx,
    );
    if (!row) return 'moved';
    return row.isProven ? 'proven' : 'first';
  }

  due(limit: number): Promise<readonly DueAccount[]> {
    return this.database.rows<DueAccount>(
      `select a.id, a.platform, a.token_version as "tokenVersion",
              a.token_expires_at is null and a.invalid_grant_at is null as "isTrial"
         from account a
         join unnest($1::text[], $2::bigint[]) as early (platform, ms) on early.platform = a.platform
        where ${CAN_REFRESH} and not ${LEASED} and not ${JUST_REFUSED}
          and (a.token_expires_at < statement_timestamp() + early.ms * ${MS} or a.invalid_grant_at is not null
               or (early.ms > 0 and ${TRIAL_DUE}))
        order by a.refresh_tried_at nulls first, a.token_expires_at limit $3`,
      [Object.keys(REFRESH_BEFORE_MS), Object.values(REFRESH_BEFORE_MS), limit],
    );
  }

  /** A write counts only from whoever holds the newest fence over the pair that was read. */
  private proofOf({ accountId, fence, tokenVersion }: RefreshLease): unknown[] {
    return [accountId, fence, tokenVersion];
  }
}
