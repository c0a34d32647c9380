import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { DAY_MS, plusMs } from '../../../kernel/durations.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type ItemQuestion, PlanningFacts, type PlanningItem } from '../../domain/queues/planning-facts.port.js';
import type { Taken } from '../../domain/queues/queue.js';
import { CurrentItems } from './current-items.js';
import { ItemReader } from './item-reader.js';

/** $1 workspace, $2 accounts, $3 from, $4 until, $5 runs to leave out. */
const TARGETS = `
select t.account_id as "accountId", t.scheduled_at as at, t.post_id as "postId"
  from target t
 where t.workspace_id = $1 and t.scheduled_at >= $3 and t.scheduled_at < $4 and t.account_id = any ($2::uuid[])
   and t.status not in ('cancelled', 'rerouted', 'missed', 'failed') and t.occurrence_id <> all ($5::uuid[])
 order by t.scheduled_at`;

@Injectable()
export class PlanningFactsRepository extends PlanningFacts {
  constructor(
    private readonly database: Database,
    private readonly current: CurrentItems,
    private readonly reader: ItemReader,
  ) {
    super();
  }

  async items(
    workspaceId: WorkspaceId,
    { postIds, without, withViews }: ItemQuestion,
    tx?: Tx,
  ): Promise<readonly PlanningItem[]> {
    const items = postIds
      ? await this.reader.read(workspaceId, { postIds, withViews }, tx)
      : await this.current.read(workspaceId, withViews, tx);
    return withoutRuns(items, without);
  }

  targets(
    workspaceId: WorkspaceId,
    { accountIds, span, without }: Parameters<PlanningFacts['targets']>[1],
    tx?: Tx,
  ): Promise<Taken['targets']> {
    const around = [plusMs(span.from, -DAY_MS), plusMs(span.until, DAY_MS)];
    return this.database.rows(TARGETS, [workspaceId, accountIds, ...around, without], tx);
  }
}

const withoutRuns = (items: readonly PlanningItem[], occurrenceIds: readonly string[]): readonly PlanningItem[] => {
  if (occurrenceIds.length === 0) return items;
  const gone = new Set<string | undefined>(occurrenceIds);
  return items.map((item) =>
    item.runs.some(({ occurrenceId }) => gone.has(occurrenceId))
      ? { ...item, runs: item.runs.filter(({ occurrenceId }) => !gone.has(occurrenceId)) }
      : item,
  );
};
