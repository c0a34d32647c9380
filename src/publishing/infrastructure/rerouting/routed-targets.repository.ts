import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { RoutePlace } from '../../../routing/domain/stored-route.js';
import { type RoutedRef, RoutedTargets } from '../../domain/rerouting/routed-targets.port.js';
import { HORIZON_MS } from '../firing/wake-up.queue.js';

/** The route speaks for the root, also of a replacement. Locked rows are in other hands this moment: they ask again. */
const DECIDABLE = `
  select t.id as "targetId", t.version, t.due_at as "dueAt", t.status = 'held' as "isHeld"
    from target t join target o on o.workspace_id = t.workspace_id and o.id = t.root_id
   where t.workspace_id = $1 and t.status in ('scheduled', 'held')
     and (t.status = 'held' or t.due_at <= statement_timestamp() + ${HORIZON_MS} * interval '1 ms')
     and ($4 = '*' or $4 = o.platform)
     and case $2 when 'post' then o.post_id::text = $3
                 when 'tag' then o.content->'tags' ? $3
                 when 'account' then o.account_id::text = $3
                 when 'platform' then o.platform = $3
                 else true end
   order by t.stale_at, t.id limit $5
     for update of t skip locked`;

@Injectable()
export class RoutedTargetsRepository extends RoutedTargets {
  constructor(private readonly database: Database) {
    super();
  }

  decidable(
    { workspaceId, scope, scopeId, platform }: RoutePlace,
    limit: number,
    tx: Tx,
  ): Promise<readonly RoutedRef[]> {
    return this.database.rows<RoutedRef>(DECIDABLE, [workspaceId, scope, scopeId, platform, limit], tx);
  }

  async renew(targetIds: readonly string[], tx: Tx): Promise<void> {
    await this.database.affected(
      `update target set version = version + 1, updated_at = now(),
              due_at = case when status = 'held' and hold_reason not in ('paused', 'approval', 'overdue', 'earlier_occurrence')
                            then least(due_at, clock_timestamp()) else due_at end
        where id = any($1::uuid[])`,
      [targetIds],
      tx,
    );
  }
}
