import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PAUSE_SENTENCES } from '../../../routing/domain/pause-fact.js';
import {
  type PauseCount,
  PausedTargets,
  type ReleasedTarget,
  type TargetsOf,
} from '../../domain/pauses/paused-targets.port.js';
import { AttemptQuotas } from '../firing/attempt-quotas.js';
import { NOT_PAUSED, WHY_PAUSED } from './paused.sql.js';

/** Workers arm half a minute ahead; their clocks may differ a little. */
const HORIZON = `interval '60 seconds'`;

const AMONG = `($1::uuid is null or t.workspace_id = $1) and ($2::text is null or t.platform = $2)
     and ($3::uuid is null or t.account_id = $3) and ($4::uuid is null or t.post_id = $4)
     and ($5::uuid[] is null or t.id = any($5))`;

/**
 * Locked rows are passed over: they are being published, cancelled or edited this moment, and the firing statements ask
 * for the switches themselves. Intents go in by id, as the firing writes them, so that the two never wait in a circle.
 */
const HOLD = `
  with chosen as materialized (
    select t.id, t.version, t.workspace_id, jsonb_build_array(jsonb_build_object('code', why.scope || '_paused',
             'text', ($7::jsonb ->> why.scope) || coalesce(' Reason: ' || why.reason, ''))) as reasons
      from target t, ${WHY_PAUSED}
     where t.status in ('scheduled', 'held') and t.status = 'scheduled' and t.due_at <= statement_timestamp() + ${HORIZON}
       and ${AMONG}
     order by t.id for update of t skip locked
  ), taken as (
    insert into intent (target_id, version, fence, taken_by) select id, version, 0, 'hold' from chosen order by id
    on conflict do nothing returning target_id
  ), moved as (
    -- Nothing to look at before it is stale: the switch itself lets it go.
    update target t set status = 'held', hold_reason = 'paused', hold_until = t.stale_at, due_at = t.stale_at,
           version = t.version + 1, updated_at = now()
      from taken k where t.id = k.target_id
    returning t.id
  ), closed as (
    update attempt a set state = 'abandoned', outcome_at = clock_timestamp()
      from taken k where a.target_id = k.target_id and a.state = 'armed'
    returning a.id
  ), freed as (
    delete from target_lease l using taken k where l.target_id = k.target_id
  ), told as (
    insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor, reasons)
    select c.id, coalesce((select max(e.seq) from target_event e where e.target_id = c.id), 0) + 1, c.workspace_id,
           'scheduled', 'held', 'paused', $6, c.reasons
      from chosen c join taken k on k.target_id = c.id
  )
  select coalesce((select array_agg(id) from moved), '{}') as held, coalesce((select array_agg(id) from closed), '{}') as closed`;

const RELEASE = `
  with chosen as materialized (
    select t.id, t.version from target t
     where t.status = 'held' and t.hold_reason = 'paused' and ${AMONG} and ${NOT_PAUSED}
     order by t.stale_at, t.id limit $7 for update of t skip locked
  ), taken as (
    insert into intent (target_id, version, fence, taken_by) select id, version, 0, 'hold' from chosen order by id
    on conflict do nothing returning target_id
  ), moved as (
    update target t set status = case when t.stale_at <= statement_timestamp() then 'missed' else 'scheduled' end,
           hold_reason = null, hold_until = null, due_at = greatest(t.scheduled_at, clock_timestamp()),
           version = t.version + 1, updated_at = now()
      from taken k where t.id = k.target_id
    returning t.*
  ), told as (
    insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor)
    select m.id, coalesce((select max(e.seq) from target_event e where e.target_id = m.id), 0) + 1, m.workspace_id, 'held',
           m.status, case m.status when 'missed' then 'stale' else 'resumed' end, $6
      from moved m
  )
  select id, id as "targetId", version, workspace_id as "workspaceId", post_id as "postId", occurrence_id as "occurrenceId",
         account_id as "accountId", platform, scheduled_at as "scheduledAt", status, due_at as "dueAt"
    from moved`;

const COUNT = `
  select (select count(*) from target t where t.status = 'held' and t.hold_reason = 'paused' and ${AMONG})::int as held,
         (select count(*) from attempt a join target t on t.id = a.target_id and t.status = 'publishing'
           where a.purpose = 'publish' and a.state in ('armed', 'intended', 'processing', 'unknown')
             and a.state <> 'armed' and ${AMONG})::int as "tooLate"`;

@Injectable()
export class PausedTargetsRepository extends PausedTargets {
  constructor(
    private readonly database: Database,
    private readonly quotas: AttemptQuotas,
  ) {
    super();
  }

  async hold(which: TargetsOf, actor: string, tx: Tx): Promise<readonly string[]> {
    const row = await this.database.row<{ held: string[]; closed: string[] }>(
      HOLD,
      [...valuesOf(which), actor, JSON.stringify(PAUSE_SENTENCES)],
      tx,
    );
    await this.quotas.release(row?.closed ?? [], tx);
    return row?.held ?? [];
  }

  release(
    which: TargetsOf,
    { actor, limit }: { readonly actor: string; readonly limit: number },
    tx: Tx,
  ): Promise<readonly ReleasedTarget[]> {
    return this.database.rows<ReleasedTarget>(RELEASE, [...valuesOf(which), actor, limit], tx);
  }

  async count(which: TargetsOf, tx: Tx): Promise<PauseCount> {
    return (await this.database.row<PauseCount>(COUNT, valuesOf(which), tx)) as PauseCount;
  }
}

const valuesOf = ({ workspaceId, platform, accountId, postId, targetIds }: TargetsOf): readonly unknown[] =>
  [workspaceId, platform, accountId, postId, targetIds].map((value) => value ?? null);
