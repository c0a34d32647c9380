import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type NewRun, Occurrences } from '../../domain/targets/occurrences.port.js';

const INSERT = `
  insert into occurrence (id, workspace_id, post_id, number, planned_at, source, variation)
  select r.id, r.workspace_id, r.post_id,
         (select coalesce(max(o.number), 0) from occurrence o where o.post_id = r.post_id)
           + row_number() over (partition by r.post_id order by r.planned_at, r.id), r.planned_at, r.source, r.variation
    from jsonb_to_recordset($1::jsonb) as r(id uuid, workspace_id uuid, post_id uuid, planned_at timestamptz,
         source text, variation smallint)`;

@Injectable()
export class OccurrencesRepository extends Occurrences {
  constructor(private readonly database: Database) {
    super();
  }

  async createMany(runs: readonly NewRun[], tx: Tx): Promise<void> {
    const rows = runs.map(({ id, workspaceId, postId, plannedAt, source, variation }) => ({
      id,
      workspace_id: workspaceId,
      post_id: postId,
      planned_at: plannedAt,
      source,
      variation,
    }));
    await this.database.affected(INSERT, [JSON.stringify(rows)], tx);
  }
}
