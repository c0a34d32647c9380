import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '../../infra/database/database.js';
import { notFound } from '../../kernel/domain-error.js';
import { newId, type WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { NewWorkspace, Workspace } from '../domain/workspace.js';
import { slugTaken } from '../domain/workspace.errors.js';
import { WorkspaceStore } from '../domain/workspaces.port.js';

const FIELDS = `id, name, region, time_zone as "timeZone", status_slug as "statusSlug", brand_color as "brandColor",
  requires_totp as "requiresTotp"`;

@Injectable()
export class WorkspacesRepository extends WorkspaceStore {
  constructor(private readonly database: Database) {
    super();
  }

  async get(id: WorkspaceId, tx?: Tx): Promise<Workspace> {
    const found = await this.database.row<Workspace>(`select ${FIELDS} from workspace where id = $1`, [id], tx);
    if (!found) throw notFound('workspace', id);
    return found;
  }

  async insert({ name, region, timeZone }: NewWorkspace, tx: Tx): Promise<Workspace> {
    const [stored] = await this.database.rows<Workspace>(
      `insert into workspace (id, name, region, time_zone) values ($1, $2, $3, $4) returning ${FIELDS}`,
      [newId(), name, region, timeZone],
      tx,
    );
    return stored as Workspace;
  }

  async update(id: WorkspaceId, change: Partial<Omit<Workspace, 'id'>>, tx: Tx): Promise<Workspace> {
    const { name, region, timeZone, statusSlug, brandColor, requiresTotp } = change;
    const changed = await this.withSlug(statusSlug, () =>
      this.database.row<Workspace>(
        `update workspace set name = coalesce($2, name), region = coalesce($3, region),
                time_zone = coalesce($4, time_zone),
                status_slug = case when $5 then $6 else status_slug end,
                brand_color = case when $7 then $8 else brand_color end,
                requires_totp = coalesce($9, requires_totp)
          where id = $1 returning ${FIELDS}`,
        [
          ...[id, name ?? null, region ?? null, timeZone ?? null],
          ...[statusSlug !== undefined, statusSlug ?? null, brandColor !== undefined, brandColor ?? null],
          requiresTotp ?? null,
        ],
        tx,
      ),
    );
    if (!changed) throw notFound('workspace', id);
    return changed;
  }

  async firstUnderLock(tx: Tx): Promise<Workspace | undefined> {
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended('workspaces.bootstrap', 0))`, [], tx);
    return this.database.row<Workspace>(`select ${FIELDS} from workspace order by created_at, id limit 1`, [], tx);
  }

  private async withSlug<T>(slug: string | null | undefined, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw isUniqueViolation(error, 'workspace_status_slug') ? slugTaken(slug ?? '') : error;
    }
  }
}
