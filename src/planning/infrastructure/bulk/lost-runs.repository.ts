import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type LostRun, LostRuns } from '../../domain/bulk/lost-runs.port.js';

/** $1 workspace, $2 targets. */
const RUNS = `
select t.occurrence_id as "occurrenceId", r.queue_id as "queueId", t.post_id as "postId",
       jsonb_agg(jsonb_build_object('id', t.id, 'accountId', t.account_id) order by t.id) as targets,
       not exists (select 1 from target o where o.post_id = t.post_id and o.occurrence_id = t.occurrence_id
                      and o.id <> all ($2::uuid[]) and o.status <> 'cancelled') as "isWhole"
  from target t
  join slot_reservation r on r.workspace_id = t.workspace_id and r.occurrence_id = t.occurrence_id
  join queue q on q.id = r.queue_id and q.deleted_at is null
 where t.workspace_id = $1 and t.id = any ($2::uuid[])
 group by t.occurrence_id, r.queue_id, t.post_id
 order by min(t.scheduled_at), t.occurrence_id`;

@Injectable()
export class LostRunsRepository extends LostRuns {
  constructor(private readonly database: Database) {
    super();
  }

  ofTargets(workspaceId: WorkspaceId, targetIds: readonly string[], tx: Tx): Promise<readonly LostRun[]> {
    return this.database.rows<LostRun>(RUNS, [workspaceId, targetIds], tx);
  }
}
