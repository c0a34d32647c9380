import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { ApiKey } from '../domain/api-key.js';
import { ApiKeys, type ListedKey, type NewApiKey, type StoredKey } from '../domain/api-keys.port.js';

const SHOWN = `id, workspace_id as "workspaceId", kind, name, prefix, scopes, expires_at as "expiresAt",
  revoked_at as "revokedAt", created_at as "createdAt"`;

@Injectable()
export class ApiKeysRepository extends ApiKeys {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(key: NewApiKey, tx: Tx): Promise<ApiKey> {
    const [stored] = await this.database.rows<ApiKey>(
      `insert into api_key (id, workspace_id, kind, name, prefix, hash, scopes, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${SHOWN}`,
      [newId(), key.workspaceId, key.kind, key.name, key.prefix, key.hash, key.scopes, key.expiresAt],
      tx,
    );
    return stored as ApiKey;
  }

  byPrefix(prefix: string): Promise<StoredKey | undefined> {
    return this.database.row<StoredKey>(
      `select id, workspace_id as "workspaceId", prefix, hash, scopes,
              coalesce(expires_at <= now(), false) as "isExpired", revoked_at is not null as "isRevoked"
         from api_key where prefix = $1`,
      [prefix],
    );
  }

  list(
    workspaceId: WorkspaceId,
    { limit, after }: { limit: number; after?: { at: string; id: string } | undefined },
  ): Promise<ListedKey[]> {
    return this.database.rows<ListedKey>(
      `select ${SHOWN}, created_at::text as at from api_key
        where workspace_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
  }

  async lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<ApiKey | undefined> {
    // One revocation at a time in a workspace: two admin keys may not end each other.
    await this.database.rows(`select 1 from workspace where id = $1 for update`, [workspaceId], tx);
    return this.database.row<ApiKey>(
      `select ${SHOWN} from api_key where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
  }

  async countLiveAdmins(workspaceId: WorkspaceId, except: string, tx: Tx): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count from api_key
        where workspace_id = $1 and id <> $2 and 'admin' = any(scopes)
          and revoked_at is null and (expires_at is null or expires_at > now())`,
      [workspaceId, except],
      tx,
    );
    return row?.count ?? 0;
  }

  async revoke(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void> {
    await this.database.affected(
      `update api_key set revoked_at = now() where workspace_id = $1 and id = $2 and revoked_at is null`,
      [workspaceId, id],
      tx,
    );
  }
}
