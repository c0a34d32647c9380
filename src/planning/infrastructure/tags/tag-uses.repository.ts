import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { TagRename } from '../../../library/domain/tags.port.js';
import { TagUses } from '../../domain/tags/tag-uses.port.js';

/** $3 in the place of $2, each category once. */
const IN_SLOTS = `
  update slot s
     set categories = (select array_agg(r.category order by r.place) from (
           select case when u.category = $2 then $3 else u.category end as category, min(u.place) as place
             from unnest(s.categories) with ordinality u (category, place) group by 1) r)
   where s.workspace_id = $1 and $2 = any(s.categories) and s.removed_at is null`;

/** Where both have a rule, the one of the tag that stays counts. */
const IN_RECYCLING = `
  with gone as (
    delete from category_recycling where workspace_id = $1 and category = $2 returning recycling
  )
  insert into category_recycling (workspace_id, category, recycling)
  select $1, $3, recycling from gone
  on conflict (workspace_id, category) do nothing`;

@Injectable()
export class TagUsesRepository extends TagUses {
  constructor(private readonly database: Database) {
    super();
  }

  async routesOf(workspaceId: WorkspaceId, tag: string, tx: Tx): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count from route where workspace_id = $1 and scope = 'tag' and scope_id = $2`,
      [workspaceId, tag],
      tx,
    );
    return row?.count ?? 0;
  }

  async renameCategory(workspaceId: WorkspaceId, { from, to }: TagRename, tx: Tx): Promise<number> {
    const parameters = [workspaceId, from, to];
    const rules = await this.database.row<{ count: number }>(
      `select count(*)::int as count from category_recycling where workspace_id = $1 and category = $2`,
      [workspaceId, from],
      tx,
    );
    const slots = await this.database.affected(IN_SLOTS, parameters, tx);
    await this.database.affected(IN_RECYCLING, parameters, tx);
    return slots + (rules?.count ?? 0);
  }
}
