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
const FORGOTTEN = `a.state = 'armed' and greatest(t.due_at, t.scheduled_at, a.created_at) < statement_timestamp() - interval '30 seconds'`;

const COLUMNS = `t.id as "targetId", a.id as "attemptId", coalesce(a.version, t.version) as version,
  coalesce(a.state = 'armed', true) as "isArmed", a.commit_started_at is not null as "callBegun"`;

/** Whatever the worker still believes, its fence or its attempt's state stops it. */
const LEFT = `
  select ${COLUMNS}
    from worker w
    join target_lease l on l.worker_id = w.id
    -- One by one by their keys, whatever the planner guesses about workers that are gone.
    join lateral (select * from target o where o.id = l.target_id offset 0) t on true
    left join lateral (
      select * from attempt o where o.target_id = l.target_id and o.fence = l.fence offset 0
    ) a on true
   where w.gone_at is not null`;

const LOST_FROM_SIGHT = `
  select ${COLUMNS}
    from target_lease l
    join lateral (
      select * from attempt o where o.target_id = l.target_id and o.fence = l.fence offset 0
    ) a on true
    join lateral (select * from target o where o.id = l.target_id offset 0) t on true
   where l.taken_at < statement_timestamp() - interval '30 seconds' and ${FORGOTTEN}
   union all
  -- Published by nobody: its lease went while its call was not begun or not settled, or its outcome could not be written.
  select ${COLUMNS}
    from attempt a join target t on t.id = a.target_id
   where a.state = 'intended' and a.created_at < statement_timestamp() - interval '5 seconds' and t.status = 'publishing'
     and case when exists (select 1 from target_lease l where l.target_id = t.id)
              then coalesce(a.call_deadline_at, a.created_at + interval '1 hour')
              else a.created_at + interval '1 minute' end < statement_timestamp()`;

/** $1 targets. In one order, so that two survivors never wait for each other in a circle. */
const RELEASE = `
  with free as (
    select l.target_id, l.fence, a.id as attempt_id from target_lease l
      join worker w on w.id = l.worker_id
      join lateral (
        select * from attempt o where o.target_id = l.target_id and o.fence = l.fence offset 0
      ) a on true
      join lateral (select * from target o where o.id = l.target_id offset 0) t on true
     where l.target_id = any($1::uuid[]) and a.state = 'armed' and (w.gone_at is not null or (${FORGOTTEN}))
     order by l.target_id for update of l
  ), closed as (
    update attempt a set state = 'abandoned', outcome_at = clock_timestamp()
      from free f where a.id = f.attempt_id and a.state = 'armed'
    returning a.id, a.target_id, a.version, a.fence
  ), freed as (
    delete from target_lease l using closed c where l.target_id = c.target_id and l.fence = c.fence
  ), renewed as (
    update target t set version = t.version + 1, updated_at = now()
      from closed c where t.id = c.target_id and t.version = c.version and t.status = 'scheduled'
       and (select 1 from intent i where i.target_id = c.target_id and i.version = c.version limit 1) is not null
  )
  select id from closed`;

/** So many are released in one transaction. */
const CHUNK = 5_000;

@Injectable()
export class TakeoversRepository extends Takeovers {
  constructor(
    private readonly database: Database,
    private readonly quotas: AttemptQuotas,
  ) {
    super();
  }

  async findDead(ownWorkerId: string | undefined): Promise<void> {
    await this.database.affected(FIND_DEAD, [ownWorkerId ?? null]);
  }

  findLeftovers(): Promise<readonly Leftover[]> {
    return this.database.rows<Leftover>(LEFT);
  }

  findForgotten(): Promise<readonly Leftover[]> {
    return this.database.rows<Leftover>(LOST_FROM_SIGHT);
  }

  async release(targetIds: readonly string[]): Promise<void> {
    for (let from = 0; from < targetIds.length; from += CHUNK)
      await this.releaseSome(targetIds.slice(from, from + CHUNK));
  }

  private releaseSome(targetIds: readonly string[]): Promise<void> {
    return this.database.run(async (tx) => {
      const closed = await this.database.rows<{ id: string }>(RELEASE, [targetIds], tx);
      await this.quotas.release(
        closed.map(({ id }) => id),
        tx,
      );
    });
  }
}
