import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { type Leftover, Takeovers } from '../../domain/reconcile/reconciliation.port.js';
import { AttemptQuotas } from '../firing/attempt-quotas.js';

/** Workers in the table whose lock nobody holds; the row lock lets one survivor take each over. */
const FIND_DEAD = `
  update worker w set gone_at = clock_timestamp()
   where w.id in (
     select id from worker where gone_at is null and id is distinct from $1::uuid
        and not exists (
          select 1 from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 1
             and l.database = (select oid from pg_database where datname = current_database())
             and l.classid::bigint = (lock_key >> 32) and l.objid::bigint = (lock_key & 4294967295))
      for update skip locked)
  returning id`;

/** Armed and this long past its due instant: its worker lives but has lost it from sight (a fault while arming). */
const FORGOTTEN = `(a.state = 'armed' and greatest(t.due_at, t.scheduled_at, a.created_at) < clock_timestamp() - interval '30 seconds')`;

/**
 * Also of workers marked gone before (a survivor may have died in the middle of a takeover) and of living ones that
 * lost sight of theirs. Whatever the worker still believes, its fence or its attempt's state stops it.
 */
const LEFT = `
  select l.target_id as "targetId", a.id as "attemptId", coalesce(a.version, t.version) as version,
         exists (select 1 from intent i where i.target_id = l.target_id and i.version = a.version and i.fence = l.fence) as "hasIntent",
         a.commit_started_at is not null as "callBegun"
    from target_lease l
    join worker w on w.id = l.worker_id
    join target t on t.id = l.target_id
    left join attempt a on a.target_id = l.target_id and a.fence = l.fence
   where w.gone_at is not null or ${FORGOTTEN}
   union all
  -- Published by nobody: its lease went while its call was not begun or not settled, or its outcome could not be written.
  select t.id, a.id, a.version, true, a.commit_started_at is not null
    from attempt a join target t on t.id = a.target_id
   where a.state = 'intended' and t.status = 'publishing'
     and case when exists (select 1 from target_lease l where l.target_id = t.id)
              then coalesce(a.call_deadline_at, a.created_at + interval '1 hour')
              else a.created_at + interval '1 minute' end < clock_timestamp()`;

@Injectable()
export class TakeoversRepository extends Takeovers {
  constructor(
    private readonly database: Database,
    private readonly quotas: AttemptQuotas,
  ) {
    super();
  }

  async findLeftovers(ownWorkerId: string | undefined): Promise<readonly Leftover[]> {
    await this.database.affected(FIND_DEAD, [ownWorkerId ?? null]);
    return this.database.rows<Leftover>(LEFT);
  }

  async release(targetIds: readonly string[]): Promise<void> {
    await this.database.run(async (tx) => {
      const closed = await this.database.rows<{ id: string }>(
        `with free as (
         delete from target_lease l using worker w, attempt a, target t
          where l.target_id = any($1::uuid[]) and w.id = l.worker_id and a.target_id = l.target_id and a.fence = l.fence
            and t.id = l.target_id and (w.gone_at is not null or ${FORGOTTEN})
            and not exists (select 1 from intent i where i.target_id = l.target_id and i.fence = l.fence)
         returning l.target_id, l.fence
       )
       update attempt a set state = 'abandoned', outcome_at = clock_timestamp()
         from free f where a.target_id = f.target_id and a.fence = f.fence and a.state = 'armed'
        returning a.id`,
        [targetIds],
        tx,
      );
      await this.quotas.release(
        closed.map(({ id }) => id),
        tx,
      );
    });
  }
}
