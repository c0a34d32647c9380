import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { EventTypeOf, OccurrenceEventData } from '../../../kernel/event-catalogue.js';
import type { DomainEvent } from '../../../kernel/event-log.port.js';
import type { Tx } from '../../../kernel/transaction.js';
import { TERMINAL_STATUSES } from '../../domain/targets/target-status.js';

/** What is needed of an event that may have ended a run. */
interface TargetHappening {
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const ENDING: readonly EventTypeOf<'target'>[] = [
  'post.published',
  'post.failed',
  'post.missed',
  'post.cancelled',
  'post.rerouted',
  'handoff.skipped',
];

/** Runs whose targets have all ended, some live (themselves or by who stands for them) and some not; each told once. */
const TELL_ONCE = `
update occurrence o set partial_at = now()
  from (select r.occurrence_id, count(*)::int as total, count(*) filter (where r.is_live)::int as live
          from (select t.occurrence_id, exists (
                         select 1 from target c where c.root_id = t.id and c.status = 'published') as is_live
                  from target t
                 where t.post_id = any ($1) and t.occurrence_id = any ($2) and t.role in ('origin', 'fill')
                   and t.status <> 'draft') r
         group by r.occurrence_id) n
 where o.id = n.occurrence_id and o.partial_at is null and n.live > 0 and n.live < n.total
   and not exists (select 1 from target x where x.post_id = o.post_id and x.occurrence_id = o.id
                      and x.status <> 'draft' and x.status <> all ($3))
returning o.workspace_id as "workspaceId", o.post_id as "postId", o.id as "occurrenceId", n.live as "liveCount",
          n.total as "targetCount"`;

/**
 * Finds runs that ended with only some accounts live. Read from the outbox, behind the commits: two targets that end at
 * the same moment do not see each other, but whoever reads both events sees both ends.
 */
@Injectable()
export class PartialRuns {
  constructor(private readonly database: Database) {}

  async execute(happenings: readonly TargetHappening[], tx: Tx): Promise<readonly DomainEvent[]> {
    const ended = happenings
      .filter(({ type }) => (ENDING as readonly string[]).includes(type))
      .flatMap(({ payload: { postId, occurrenceId } }) =>
        typeof postId === 'string' && typeof occurrenceId === 'string' ? [{ postId, occurrenceId }] : [],
      );
    if (ended.length === 0) return [];
    const ids = (key: 'postId' | 'occurrenceId') => [...new Set(ended.map((one) => one[key]))];
    const runs = await this.database.rows<OccurrenceEventData & { workspaceId: string }>(
      TELL_ONCE,
      [ids('postId'), ids('occurrenceId'), TERMINAL_STATUSES],
      tx,
    );
    return runs.map(({ workspaceId, ...payload }) => ({
      workspaceId,
      type: 'post.partial',
      subjectId: payload.occurrenceId,
      payload,
    }));
  }
}
