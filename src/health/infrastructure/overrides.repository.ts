import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Override } from '../domain/override.js';
import { Overrides } from '../domain/overrides.port.js';
import { OVERRIDE_COLUMNS, type OverrideRow, toOverride } from './health.rows.js';

const LIVE = `ended_at is null and expires_at > statement_timestamp()`;

@Injectable()
export class OverridesRepository extends Overrides {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(override: Omit<Override, 'id' | 'createdAt'>, tx: Tx): Promise<Override> {
    const { scope, workspaceId = null, platform, region = null } = override;
    await this.database.affected(
      `update override set ended_at = clock_timestamp()
        where ${LIVE} and scope = $1 and workspace_id is not distinct from $2 and platform = $3
          and region is not distinct from $4`,
      [scope, workspaceId, platform, region],
      tx,
    );
    const { state, reason, author, expiresAt } = override;
    const row = await this.database.row<OverrideRow>(
      `insert into override (id, scope, workspace_id, platform, region, state, reason, author, expires_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp()) returning ${OVERRIDE_COLUMNS}`,
      [newId(), scope, workspaceId, platform, region, state, reason, author, expiresAt],
      tx,
    );
    return toOverride(row as OverrideRow);
  }

  async find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Override | undefined> {
    const row = await this.database.row<OverrideRow>(
      `select ${OVERRIDE_COLUMNS} from override
        where id = $2 and (workspace_id = $1 or workspace_id is null) and ${LIVE}`,
      [workspaceId, id],
      tx,
    );
    return row && toOverride(row);
  }

  async end(id: string, tx: Tx): Promise<void> {
    await this.database.affected(`update override set ended_at = clock_timestamp() where id = $1`, [id], tx);
  }

  async list(
    workspaceId: WorkspaceId,
    { limit, after }: { limit: number; after?: { at: string; id: string } | undefined },
  ): Promise<(Override & { readonly at: string })[]> {
    const rows = await this.database.rows<OverrideRow & { at: string }>(
      `select ${OVERRIDE_COLUMNS}, created_at::text as at from override
        where (workspace_id = $1 or workspace_id is null) and ${LIVE}
          and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
        order by created_at desc, id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map((row) => ({ ...toOverride(row), at: row.at }));
  }
}
