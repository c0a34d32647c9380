import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { Inheritance, type Inherited } from '../../domain/firing/firing.port.js';
import type { ArmedTarget } from '../../domain/targets/target-record.js';
import { BY_KEY, DUE_COLUMNS } from './arming.sql.js';
import { type DueRow, toDueTargets } from './due-rows.js';
import { LEASE_BY_KEY } from './firing.sql.js';
import { NOT_SWITCHED_OFF } from '../pauses/paused.sql.js';
import { OVERDUE } from '../reconcile/overdue.sql.js';

const LEFT = `
  select ${DUE_COLUMNS}, a.id as attempt_id, l.fence
    from worker w
    join target_lease l on l.worker_id = w.id
    -- One by one by their keys, whatever the planner guesses about workers that are gone.
    join lateral (
      select * from attempt o where o.target_id = l.target_id and o.fence = l.fence and o.state = 'armed' offset 0
    ) a on true
    join lateral (
      select * from target o where o.id = l.target_id and o.version = a.version and o.status = 'scheduled'
         and greatest(o.due_at, o.scheduled_at) <= statement_timestamp() and o.stale_at > statement_timestamp() offset 0
    ) t on true
    join account c on c.id = t.account_id join platform_identity p on p.id = c.identity_id
   where w.gone_at is not null
     and (select 1 from intent i where i.target_id = t.id and i.version = t.version limit 1) is null
   order by t.stale_at, t.scheduled_at, t.id`;

const INTEND = `
  insert into intent (target_id, version, fence)
  select w.target_id, w.version, nextval('lease_fence')
    from unnest($1::uuid[], $2::int[], $3::bigint[]) as w(target_id, version, fence)
    join ${BY_KEY} t on true
    join ${LEASE_BY_KEY} l on true
    join account c on c.id = t.account_id and c.status = 'active'
   where ${NOT_SWITCHED_OFF} and not ${OVERDUE}
   order by w.target_id
  on conflict do nothing
  returning target_id, fence`;

const TAKE = `
  with moved as (
    update target_lease l set worker_id = $1, fence = w.new_fence, taken_at = clock_timestamp()
      from unnest($2::uuid[], $3::bigint[], $4::bigint[]) as w(target_id, fence, new_fence)
     where l.target_id = w.target_id and l.fence = w.fence
    returning w.target_id, w.fence, w.new_fence
  )
  update attempt a set worker_id = $1, fence = m.new_fence
    from moved m where a.target_id = m.target_id and a.fence = m.fence and a.state = 'armed'
  returning a.target_id`;

@Injectable()
export class InheritanceRepository extends Inheritance {
  constructor(private readonly database: Database) {
    super();
  }

  async left(): Promise<readonly ArmedTarget[]> {
    const rows = await this.database.rows<DueRow & { attempt_id: string; fence: string }>(LEFT);
    const targets = toDueTargets(rows);
    return rows.flatMap(({ target_id: targetId, version, attempt_id: attemptId, fence }) => {
      const target = targets.get(targetId);
      return target ? [{ target, targetId, version, attemptId, fence }] : [];
    });
  }

  async intend(left: readonly ArmedTarget[]): Promise<readonly Inherited[]> {
    const rows = await this.database.rows<{ target_id: string; fence: string }>(INTEND, [
      left.map(({ targetId }) => targetId),
      left.map(({ version }) => version),
      left.map(({ fence }) => fence),
    ]);
    const fences = new Map(rows.map((row) => [row.target_id, row.fence]));
    return left.flatMap((item) => {
      const newFence = fences.get(item.target.id);
      return newFence === undefined ? [] : [{ ...item, newFence }];
    });
  }

  async take(workerId: string, inherited: readonly Inherited[]): Promise<readonly ArmedTarget[]> {
    const rows = await this.database.rows<{ target_id: string }>(TAKE, [
      workerId,
      inherited.map(({ targetId }) => targetId),
      inherited.map(({ fence }) => fence),
      inherited.map(({ newFence }) => newFence),
    ]);
    const taken = new Set(rows.map((row) => row.target_id));
    return inherited.flatMap(({ newFence, ...item }) =>
      taken.has(item.targetId) ? [{ ...item, fence: newFence }] : [],
    );
  }
}
