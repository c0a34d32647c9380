import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { type AccountId, newId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Account } from '../domain/account.js';
import {
  type AccountFilter,
  AccountStore,
  type ListedAccount,
  type ProvenIdentity,
  type StatusChange,
} from '../domain/account-store.port.js';
import { ACCOUNT_COLUMNS, type AccountRow, toAccount } from './account-row.js';
import { CredentialBox } from './credential-box.js';

const SELECT = `select ${ACCOUNT_COLUMNS} from account a join platform_identity i on i.id = a.identity_id`;
const RETURNING = `version = a.version + 1, updated_at = now()
  from platform_identity i where i.id = a.identity_id and a.id = $1 returning ${ACCOUNT_COLUMNS}`;

@Injectable()
export class AccountStoreRepository extends AccountStore {
  constructor(
    private readonly database: Database,
    private readonly box: CredentialBox,
  ) {
    super();
  }

  get(workspaceId: WorkspaceId, id: AccountId, tx?: Tx): Promise<Account | undefined> {
    return this.one(`${SELECT} where a.workspace_id = $1 and a.id = $2`, [workspaceId, id], tx);
  }

  lock(workspaceId: WorkspaceId, id: AccountId, tx: Tx): Promise<Account | undefined> {
    return this.one(`${SELECT} where a.workspace_id = $1 and a.id = $2 for update of a`, [workspaceId, id], tx);
  }

  lockAny(id: AccountId, tx: Tx): Promise<Account | undefined> {
    return this.one(`${SELECT} where a.id = $1 for update of a`, [id], tx);
  }

  async page(workspaceId: WorkspaceId, { platform, status, limit, after }: AccountFilter): Promise<ListedAccount[]> {
    const rows = await this.database.rows<AccountRow & { at: string }>(
      `select ${ACCOUNT_COLUMNS}, a.created_at::text as at
         from account a join platform_identity i on i.id = a.identity_id
        where a.workspace_id = $1 and ($2::text is null or a.platform = $2) and ($3::text is null or a.status = $3)
          and ($4::timestamptz is null or (a.created_at, a.id) < ($4, $5::uuid))
        order by a.created_at desc, a.id desc limit $6`,
      [workspaceId, platform ?? null, status ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(toAccount);
  }

  async lockByIdentity(
    workspaceId: WorkspaceId,
    { platform, externalId }: Pick<ProvenIdentity, 'platform' | 'externalId'>,
    tx: Tx,
  ): Promise<{ identityId: string; account?: Account }> {
    // The empty update locks the row, so that two connections of one identity come one after the other.
    const identity = await this.database.row<{ id: string }>(
      `insert into platform_identity (id, platform, external_id) values ($1, $2, $3)
       on conflict (platform, external_id) do update set external_id = excluded.external_id returning id`,
      [newId(), platform, externalId],
      tx,
    );
    const identityId = (identity as { id: string }).id;
    const where = 'where a.workspace_id = $1 and a.identity_id = $2 for update of a';
    const account = await this.one(`${SELECT} ${where}`, [workspaceId, identityId], tx);
    return { identityId, ...(account ? { account } : {}) };
  }

  async insert(
    { workspaceId, identityId, region }: { workspaceId: WorkspaceId; identityId: string; region: string },
    proven: ProvenIdentity,
    tx: Tx,
  ): Promise<Account> {
    const id = newId();
    const { keyId, sealed } = this.box.seal(id, proven.credentials);
    const { platform, displayName, tokenExpiresAt, scopes, notices } = proven;
    await this.database.affected(
      `insert into account (id, workspace_id, platform, identity_id, display_name, region, status,
                            cred_enc, key_id, token_expires_at, scopes, notices)
       values ($1, $2, $3, $4, $5, $6, 'active', $7, $8, $9, $10, $11)`,
      [
        ...[id, workspaceId, platform, identityId, displayName, region],
        ...[sealed, keyId, tokenExpiresAt ?? null, scopes, notices ?? []],
      ],
      tx,
    );
    return (await this.get(workspaceId, id, tx)) as Account;
  }

  revive(id: AccountId, { credentials, tokenExpiresAt, scopes, notices }: ProvenIdentity, tx: Tx): Promise<Account> {
    const { keyId, sealed } = this.box.seal(id, credentials);
    return this.changed(
      `status = 'active', status_reason = null, cred_enc = $2, key_id = $3, token_expires_at = $4, scopes = $5,
       token_version = a.token_version + 1, token_obtained_at = clock_timestamp(), notices = $6,
       invalid_grant_at = null,
       refresh_fence = a.refresh_fence + 1, refresh_lease_until = null`,
      [id, sealed, keyId, tokenExpiresAt ?? null, scopes, notices ?? []],
      tx,
    );
  }

  describe(
    id: AccountId,
    { displayName, region }: { displayName?: string | undefined; region?: string | undefined },
    tx: Tx,
  ): Promise<Account> {
    const sets = `display_name = coalesce($2, a.display_name), region = coalesce($3, a.region)`;
    return this.changed(sets, [id, displayName ?? null, region ?? null], tx);
  }

  setStatus(id: AccountId, { status, reason, by }: StatusChange, tx: Tx): Promise<Account> {
    const erased = `, cred_enc = null, key_id = null, token_expires_at = null, invalid_grant_at = null,
      refresh_fence = a.refresh_fence + 1, refresh_lease_until = null`;
    const sets = `status = $2, status_reason = $3, status_by = $4, status_at = clock_timestamp() ${status === 'disconnected' ? erased : ''}`;
    return this.changed(sets, [id, status, reason ?? null, by], tx);
  }

  private async changed(sets: string, parameters: readonly unknown[], tx: Tx): Promise<Account> {
    return (await this.one(`update account a set ${sets}, ${RETURNING}`, parameters, tx)) as Account;
  }

  private async one(sql: string, parameters: readonly unknown[], tx?: Tx): Promise<Account | undefined> {
    const row = await this.database.row<AccountRow>(sql, parameters, tx);
    return row && toAccount(row);
  }
}
