import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { DeadIntents } from '../../domain/reconcile/dead-intents.port.js';
import { AttemptQuotas } from '../firing/attempt-quotas.js';

/** Targets are locked before attempts, as everywhere. What a beginning call has changed meanwhile drops out. */
const GIVE_BACK = `
  with locked as (
    select t.id, a.id as attempt_id
      from worker w join target_lease l on l.worker_id = w.id
      join attempt a on a.target_id = l.target_id and a.fence = l.fence and a.state = 'intended'
       and a.commit_started_at is null
      join target t on t.id = l.target_id and t.status = 'publishing'
     where w.gone_at is not null
     limit $1 for update of t skip locked
  ), closed as (
    update attempt a set state = 'abandoned', outcome_at = clock_timestamp()
      from locked k where a.id = k.attempt_id and a.state = 'intended' and a.commit_started_at is null
    returning a.id, a.target_id, a.fence
  ), freed as (
    delete from target_lease l using closed c where l.target_id = c.target_id and l.fence = c.fence
  ), back as (
    update target t set status = 'scheduled', version = t.version + 1, due_at = clock_timestamp(),
           next_check_at = null, updated_at = now()
      from closed c where t.id = c.target_id
    returning t.id, t.workspace_id
  ), told as (
    insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor)
    select b.id, (select coalesce(max(e.seq), 0) + 1 from target_event e where e.target_id = b.id), b.workspace_id,
           'publishing', 'scheduled', 'worker_died_before_call', 'takeover'
      from back b
  )
  select id as "attemptId", target_id as "targetId" from closed`;

@Injectable()
export class DeadIntentsRepository extends DeadIntents {
  constructor(
    private readonly database: Database,
    private readonly quotas: AttemptQuotas,
  ) {
    super();
  }

  giveBack(limit: number): Promise<readonly string[]> {
    return this.database.run(async (tx) => {
      const closed = await this.database.rows<{ attemptId: string; targetId: string }>(GIVE_BACK, [limit], tx);
      await this.quotas.release(
        closed.map(({ attemptId }) => attemptId),
        tx,
      );
      return closed.map(({ targetId }) => targetId);
    });
  }
}
