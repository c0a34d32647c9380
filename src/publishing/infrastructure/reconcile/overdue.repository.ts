import { hasDoubtfulSibling } from './doubtful-sibling.js';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { OverdueTargets, type Spacing, type Swept } from '../../domain/reconcile/overdue.port.js';
import type { EventSubject } from '../../domain/targets/target-event.js';
import type { TargetRecord } from '../../domain/targets/target-record.js';
import { TARGET_COLUMNS, type TargetRow, toTargetRecord } from '../targets/target.rows.js';
import { OVERDUE, RESTORED_UNSEEN } from './overdue.sql.js';

/** No worker had these attempts. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const WAITS = `t.status in ('scheduled', 'held')`;
const SUBJECT = `id, workspace_id as "workspaceId", post_id as "postId", occurrence_id as "occurrenceId",
  account_id as "accountId", platform, scheduled_at as "scheduledAt"`;
const HISTORY = `insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor, reasons)`;
const NEXT_SEQ = `(select coalesce(max(e.seq), 0) + 1 from target_event e where e.target_id = m.id)`;

/** One after the other on an account and on a platform, behind those that wait already. */
const PACED = `
  select l.*, greatest(
      coalesce(greatest(a.until + $2 * interval '1 ms', clock_timestamp()), clock_timestamp())
        + (row_number() over (partition by l.account_id order by l.stale_at, l.id) - 1) * $2 * interval '1 ms',
      coalesce(greatest(p.until + $3 * interval '1 ms', clock_timestamp()), clock_timestamp())
        + (row_number() over (partition by l.platform order by l.stale_at, l.id) - 1) * $3 * interval '1 ms') as look_at
    from late l
    left join (select account_id, max(due_at) as until from waiting group by 1) a on a.account_id = l.account_id
    left join (select platform, max(due_at) as until from waiting group by 1) p on p.platform = l.platform`;

const HOLD = `
  with late as (
    select t.id, t.workspace_id, t.version, t.account_id, t.platform, t.stale_at from target t
     where ${WAITS} and t.status = 'scheduled' and ${OVERDUE} and coalesce(not ${RESTORED_UNSEEN}, true)
       and not exists (select 1 from target_lease l where l.target_id = t.id)
       and not exists (select 1 from intent n where n.target_id = t.id and n.version = t.version)
     order by t.stale_at, t.id limit $1 for update of t skip locked
  ), waiting as (
    select t.account_id, t.platform, t.due_at from target t
     where ${WAITS} and t.status = 'held' and t.hold_reason = 'overdue'
  ), paced as (${PACED}
  ), taken as (
    insert into intent (target_id, version, fence, taken_by) select id, version, 0, 'hold' from late
    on conflict do nothing returning target_id
  ), moved as (
    update target t set version = t.version + 1, checks = 0, updated_at = now(),
           status = case when t.stale_at <= statement_timestamp() then 'missed' else 'held' end,
           hold_reason = case when t.stale_at <= statement_timestamp() then null else 'overdue' end,
           hold_until = case when t.stale_at <= statement_timestamp() then null else t.stale_at end,
           due_at = least(p.look_at, t.stale_at)
      from paced p join taken k on k.target_id = p.id where t.id = p.id
    returning t.*
  ), told as (
    ${HISTORY}
    select m.id, ${NEXT_SEQ}, m.workspace_id, 'scheduled', m.status,
           case m.status when 'missed' then 'stale' else 'overdue' end, 'reconciler',
           '[{"code": "overdue", "text": "It was due while nobody was running: it is looked for before it is sent."}]'
      from moved m
  )
  select status, ${SUBJECT} from moved`;

const DOUBT = `
  with late as (
    select t.*, exists (select 1 from attempt o where o.post_id = t.post_id and o.account_id = t.account_id
                          and o.purpose = 'publish' and o.state in ('armed', 'intended', 'processing', 'unknown'))
             as is_blocked
      from target t
     where ${WAITS} and ${RESTORED_UNSEEN} and t.hold_reason is distinct from 'earlier_occurrence'
       and not exists (select 1 from target_lease l where l.target_id = t.id)
     order by t.stale_at, t.id limit $1 for update of t skip locked
  ), waiting as (
    select t.account_id, t.platform, t.next_check_at as due_at from target t
     where t.next_check_at is not null and t.status = 'unconfirmed'
  ), paced as (${PACED}
  ), turns as (
    select p.*, row_number() over (partition by p.post_id, p.account_id order by p.scheduled_at, p.id) as turn from paced p
  ), journal as (
    insert into attempt (id, workspace_id, target_id, post_id, account_id, no, version, fence, worker_id, purpose, state,
                         call_deadline_at, outcome_at, evidence)
    select gen_random_uuid(), l.workspace_id, l.id, l.post_id, l.account_id,
           (select coalesce(max(a.no), 0) + 1 from attempt a where a.target_id = l.id), l.version, nextval('lease_fence'),
           '${NOBODY}', 'publish', 'unknown', clock_timestamp(), clock_timestamp(), '{"restored": true}'
      from turns l where l.turn = 1 and not l.is_blocked
    on conflict do nothing returning target_id
  ), taken as (
    insert into intent (target_id, version, fence, taken_by) select id, version, 0, 'hold' from late on conflict do nothing
  ), moved as (
    update target t set version = t.version + 1, checks = 0, updated_at = now(),
           status = case when j.target_id is null then 'held' else 'unconfirmed' end,
           hold_reason = case when j.target_id is null then 'earlier_occurrence' end,
           hold_until = case when j.target_id is null then t.stale_at end,
           next_check_at = case when j.target_id is null then null else l.look_at end,
           error_category = 'unknown', error_source = 'system', outcome = 'unknown',
           error_detail = 'The database was restored from a backup: whether this went out before is being looked up.'
      from turns l left join journal j on j.target_id = l.id where t.id = l.id
    returning t.*, l.status as old_status
  ), told as (
    ${HISTORY}
    select m.id, ${NEXT_SEQ}, m.workspace_id, m.old_status, m.status, 'database_restored', 'reconciler', '[]'
      from moved m where m.old_status <> m.status
  )
  select ${SUBJECT} from moved where status = 'unconfirmed'`;

/** A look that was cut off must not keep a stale one waiting. */
const CLAIM = `
  update target set due_at = least(clock_timestamp() + $2 * interval '1 ms',
                                   greatest(stale_at, clock_timestamp() + interval '5 seconds'))
   where id in (
     select t.id from target t where ${WAITS} and t.status = 'held' and t.hold_reason = 'overdue'
        and t.due_at <= statement_timestamp()
      order by t.stale_at limit $1 for update skip locked)
  returning id`;

const JOURNAL_FOUND = `
  insert into attempt (id, workspace_id, target_id, post_id, account_id, no, version, fence, worker_id, purpose, state,
                       outcome_at, evidence)
  select $2, t.workspace_id, t.id, t.post_id, t.account_id,
         (select coalesce(max(a.no), 0) + 1 from attempt a where a.target_id = t.id), t.version, nextval('lease_fence'),
         '${NOBODY}', 'publish', 'adopted', clock_timestamp(), '{"foundBeforeSend": true}'
    from target t where t.id = $1`;

@Injectable()
export class OverdueTargetsRepository extends OverdueTargets {
  constructor(private readonly database: Database) {
    super();
  }

  async hold(limit: number, { account, platform }: Spacing, tx: Tx): Promise<Swept> {
    const rows = await this.database.rows<EventSubject & { status: string }>(HOLD, [limit, account, platform], tx);
    return {
      held: rows.filter((row) => row.status === 'held'),
      missed: rows.filter((row) => row.status === 'missed'),
    };
  }

  doubtRestored(limit: number, { account, platform }: Spacing, tx: Tx): Promise<readonly EventSubject[]> {
    return this.database.rows<EventSubject>(DOUBT, [limit, account, platform], tx);
  }

  async claim(limit: number, leaseMs: number): Promise<readonly TargetRecord[]> {
    const claimed = await this.database.rows<{ id: string }>(CLAIM, [limit, leaseMs]);
    if (claimed.length === 0) return [];
    const rows = await this.database.rows<TargetRow>(
      `select ${TARGET_COLUMNS} from target t where t.id = any($1::uuid[])`,
      [claimed.map((row) => row.id)],
    );
    return rows.map(toTargetRecord);
  }

  hasDoubtfulSibling(target: TargetRecord, tx: Tx): Promise<boolean> {
    return hasDoubtfulSibling(this.database, target, target.scheduledAt, tx);
  }

  async journalFound({ id }: TargetRecord, tx: Tx): Promise<string> {
    const attemptId = newId();
    await this.database.affected(JOURNAL_FOUND, [id, attemptId], tx);
    return attemptId;
  }
}
