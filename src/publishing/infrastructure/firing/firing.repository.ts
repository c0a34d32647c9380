import { Injectable } from '@nestjs/common';
import { Database, isDeadlock } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { HAND_OFF_PREFIX } from '../../../platforms/domain/hand-off-mode.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { type Arming, Firing } from '../../domain/firing/firing.port.js';
import type { ArmedRef, TargetRecord, TargetRef } from '../../domain/targets/target-record.js';
import { AttemptQuotas } from './attempt-quotas.js';
import { NOT_PAUSED } from '../pauses/paused.sql.js';
import { TARGET_COLUMNS, type TargetRow, toTargetRecord } from '../targets/target.rows.js';

const ARM = `
  with fit as (
    select t.id, t.workspace_id, t.post_id, t.account_id, t.version, w.attempt_id, t.platform, t.stale_at, t.scheduled_at,
           greatest(t.due_at, t.scheduled_at, clock_timestamp()) as call_at
      from unnest($1::uuid[], $2::int[], $3::uuid[]) as w(target_id, version, attempt_id)
      join target t on t.id = w.target_id and t.version = w.version and t.status = 'scheduled'
       and ${NOT_PAUSED}
  ), leased as (
    insert into target_lease (target_id, worker_id) select id, $4 from fit
    on conflict (target_id) do nothing returning target_id, fence
  ), armed as (
  insert into attempt (id, workspace_id, target_id, post_id, account_id, no, version, fence, worker_id, purpose, state)
  select f.attempt_id, f.workspace_id, f.id, f.post_id, f.account_id,
         coalesce((select max(a.no) from attempt a where a.target_id = f.id), 0) + 1,
         f.version, l.fence, $4, 'publish', 'armed'
    from fit f join leased l on l.target_id = f.id
  on conflict do nothing
  returning id, target_id, version, fence, account_id
  )
  -- In the order of a backlog: what is stale first goes first (design section 6). What a person posts by hand uses no
  -- call of ours, so it counts in no quota.
  select a.id, a.target_id, a.version, a.fence, a.account_id, f.platform, f.call_at,
         not starts_with(p.external_id, '${HAND_OFF_PREFIX}') as is_counted
    from armed a join fit f on f.id = a.target_id
    join account c on c.id = a.account_id join platform_identity p on p.id = c.identity_id
   order by f.stale_at, f.scheduled_at, f.id`;

/** Armed in this same transaction, for nothing: they leave no trace. */
const UNDO = `
  with undone as (delete from attempt where id = any($1::uuid[]) returning target_id, fence)
  delete from target_lease l using undone u where l.target_id = u.target_id and l.fence = u.fence`;

/** Leases of this worker that got no attempt: an earlier try of the post on the account is still open. */
const RELEASE_BLOCKED = `
  delete from target_lease l using unnest($1::uuid[], $2::int[]) as w(target_id, version)
   where l.target_id = w.target_id and l.worker_id = $3
     and not exists (select 1 from attempt a where a.target_id = l.target_id and a.fence = l.fence)
  returning w.target_id, w.version`;

/** Insert-only at the due instant; the join takes no lock, the primary key decides every race (design section 3). */
const INTEND = `
  with own as (
    -- Written by us before, when the answer got lost on its way.
    select w.target_id from unnest($1::uuid[], $2::int[], $3::bigint[]) as w(target_id, version, fence)
      join intent i on i.target_id = w.target_id and i.version = w.version and i.fence = w.fence
  ), written as (
  insert into intent (target_id, version, fence)
  select w.target_id, w.version, w.fence
    from unnest($1::uuid[], $2::int[], $3::bigint[]) as w(target_id, version, fence)
    join target t on t.id = w.target_id and t.version = w.version and t.status = 'scheduled'
     and greatest(t.due_at, t.scheduled_at) <= clock_timestamp()
    join target_lease l on l.target_id = w.target_id and l.fence = w.fence
   where ${NOT_PAUSED}
   order by w.target_id
  on conflict do nothing
  returning target_id
  )
  select target_id from own union select target_id from written`;

/** Only what is still as armed: a takeover between intent and here has closed the attempt and raised the version. */
const MARK_PUBLISHING = `
  with fired as (
    update target t set status = 'publishing', hold_reason = null, hold_until = null, updated_at = now()
      from attempt a
     where a.id = any($1::uuid[]) and a.state = 'armed' and t.id = a.target_id and t.version = a.version
       and t.status = 'scheduled'
    returning t.id, t.workspace_id, a.id as attempt_id
  ), journal as (
    update attempt set state = 'intended' where id in (select attempt_id from fired) and state = 'armed'
    returning id
  ), told as (
    insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor)
    select f.id, coalesce((select max(e.seq) from target_event e where e.target_id = f.id), 0) + 1, f.workspace_id,
           'scheduled', 'publishing', 'due', 'worker'
      from fired f
  )
  select id from journal
   union
  -- Marked by us before, when the answer got lost on its way; its call has not begun.
  select a.id from attempt a
    join target t on t.id = a.target_id and t.version = a.version and t.status = 'publishing'
    join target_lease l on l.target_id = a.target_id and l.fence = a.fence
   where a.id = any($1::uuid[]) and a.state = 'intended' and a.commit_started_at is null`;

const DISARM = `
  with closed as (
    update attempt set state = 'abandoned', outcome_at = clock_timestamp()
     where id = any($1::uuid[]) and state = 'armed'
    returning id, target_id, fence
  ), freed as (
    delete from target_lease l using closed c where l.target_id = c.target_id and l.fence = c.fence
  )
  select id from closed`;

interface ArmedRow {
  readonly id: string;
  readonly target_id: string;
  readonly version: number;
  readonly fence: string;
  readonly account_id: string;
  readonly platform: PlatformName;
  readonly call_at: Date;
  readonly is_counted: boolean;
}

/** The statements around the due instant, each for many targets at once. */
@Injectable()
export class FiringRepository extends Firing {
  constructor(
    private readonly database: Database,
    private readonly quotas: AttemptQuotas,
  ) {
    super();
  }

  /** A cancel or move of several targets gives places back in its own order; who loses that circle begins anew. */
  arm(workerId: string, refs: readonly TargetRef[]): Promise<Arming> {
    return this.armOnce(workerId, refs).catch((error: unknown) => {
      if (!isDeadlock(error)) throw error;
      return this.armOnce(workerId, refs);
    });
  }

  async intend(armed: readonly ArmedRef[]): Promise<readonly ArmedRef[]> {
    const won = await this.database.rows<{ target_id: string }>(INTEND, [
      armed.map((ref) => ref.targetId),
      armed.map((ref) => ref.version),
      armed.map((ref) => ref.fence),
    ]);
    const winners = new Set(won.map((row) => row.target_id));
    return armed.filter((ref) => winners.has(ref.targetId));
  }

  async markPublishing(armed: readonly ArmedRef[]): Promise<readonly ArmedRef[]> {
    const rows = await this.database.rows<{ id: string }>(MARK_PUBLISHING, [armed.map((ref) => ref.attemptId)]);
    const marked = new Set(rows.map((row) => row.id));
    return armed.filter((ref) => marked.has(ref.attemptId));
  }

  async disarm(armed: readonly ArmedRef[], tx?: Tx): Promise<void> {
    if (armed.length === 0) return;
    const disarm = async (inTx: Tx) => {
      const closed = await this.database.rows<{ id: string }>(DISARM, [armed.map((ref) => ref.attemptId)], inTx);
      await this.quotas.release(
        closed.map((row) => row.id),
        inTx,
      );
    };
    await (tx ? disarm(tx) : this.database.run(disarm));
  }

  async load(targetIds: readonly string[], tx?: Tx): Promise<readonly TargetRecord[]> {
    const rows = await this.database.rows<TargetRow>(
      `select ${TARGET_COLUMNS} from target t where t.id = any($1::uuid[])`,
      [targetIds],
      tx,
    );
    return rows.map(toTargetRecord);
  }

  private armOnce(workerId: string, refs: readonly TargetRef[]): Promise<Arming> {
    const targetIds = refs.map((ref) => ref.targetId);
    const versions = refs.map((ref) => ref.version);
    return this.database.run(async (tx) => {
      const rows = await this.database.rows<ArmedRow>(
        ARM,
        [targetIds, versions, refs.map(() => newId()), workerId],
        tx,
      );
      const full = await this.withoutQuota(rows, tx);
      const armed = rows.filter((row) => !full.has(row.id));
      const exhausted = rows.flatMap((row) => {
        const resetsAt = full.get(row.id);
        return resetsAt ? [{ targetId: row.target_id, version: row.version, resetsAt }] : [];
      });
      const blocked = await this.database.rows<{ target_id: string; version: number }>(
        RELEASE_BLOCKED,
        [targetIds, versions, workerId],
        tx,
      );
      await this.undo([...full.keys()], tx);
      return {
        exhausted,
        armed: armed.map((row) => ({
          attemptId: row.id,
          targetId: row.target_id,
          version: row.version,
          fence: row.fence,
        })),
        blocked: blocked.map((row) => ({ targetId: row.target_id, version: row.version })),
      };
    });
  }

  /** Takes a place for every attempt. @returns those that got none, with the instant from which they may ask again */
  private async withoutQuota(rows: readonly ArmedRow[], tx: Tx): Promise<ReadonlyMap<string, Date>> {
    const asks = rows
      .filter(({ is_counted }) => is_counted)
      .map(({ id, account_id, platform, call_at }) => ({ key: id, holder: { id: account_id, platform }, at: call_at }));
    const answers = await this.quotas.reserve(asks, tx);
    return new Map(
      [...answers].flatMap(([id, answer]) => (answer.kind === 'exhausted' ? [[id, answer.resetsAt]] : [])),
    );
  }

  private async undo(attemptIds: readonly string[], tx: Tx): Promise<void> {
    if (attemptIds.length > 0) await this.database.affected(UNDO, [attemptIds], tx);
  }
}
