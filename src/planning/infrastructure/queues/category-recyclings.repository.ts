import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { CategoryRecyclings } from '../../domain/queues/category-recyclings.port.js';
import type { RecyclingSettings } from '../../domain/queues/recycling.js';

@Injectable()
export class CategoryRecyclingsRepository extends CategoryRecyclings {
  constructor(private readonly database: Database) {
    super();
  }

  async find(
    workspaceId: WorkspaceId,
    categories: readonly string[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, RecyclingSettings>> {
    const rows = await this.database.rows<{ category: string; recycling: RecyclingSettings }>(
      `select category, recycling from category_recycling where workspace_id = $1 and category = any ($2::text[])`,
      [workspaceId, categories],
      tx,
    );
    return new Map(rows.map(({ category, recycling }) => [category, recycling]));
  }

  async save(workspaceId: WorkspaceId, category: string, settings: RecyclingSettings, tx: Tx): Promise<void> {
    if (Object.keys(settings).length === 0) {
      await this.database.affected(
        'delete from category_recycling where workspace_id = $1 and category = $2',
        [workspaceId, category],
        tx,
      );
      return;
    }
    await this.database.affected(
      `insert into category_recycling (workspace_id, category, recycling) values ($1, $2, $3::jsonb)
       on conflict (workspace_id, category)
       do update set recycling = excluded.recycling, updated_at = clock_timestamp()`,
      [workspaceId, category, JSON.stringify(settings)],
      tx,
    );
  }
}
