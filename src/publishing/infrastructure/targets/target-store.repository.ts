import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { FrozenContent } from '../../domain/targets/frozen-content.js';
import type { TargetRecord, TargetRef } from '../../domain/targets/target-record.js';
import { accountTaken, postOwned } from '../../domain/targets/publishing.errors.js';
import { sentNothing } from '../../domain/targets/target-state.js';
import { gated } from '../../domain/approvals/approval.policy.js';
import { assertCanBecome } from '../../domain/targets/target-status.js';
import { type AppliedStep, type Cause, type NewTarget, TargetStore } from '../../domain/targets/target-store.port.js';
import { attemptUpdates, jsonOf, type Statement, targetUpdates } from './step.sql.js';
import { AttemptQuotas } from '../firing/attempt-quotas.js';
import { TARGET_COLUMNS, type TargetRow, toTargetRecord } from './target.rows.js';

const INSERT = `
  with created as (
    insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status,
                        scheduled_at, due_at, local_time, zone, spread_seconds, stale_at, content, content_hash, media_id,
                        approval, hold_reason, hold_until)
    select id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id,
           case when hold_until is null then 'scheduled' else 'held' end, scheduled_at,
           coalesce(hold_until, scheduled_at), local_time, zone, spread_seconds, stale_at, content, decode(content_hash, 'hex'),
           (content->'media'->>'id')::uuid, approval, case when hold_until is null then null else 'approval' end, hold_until
      from jsonb_to_recordset($1::jsonb) as n(id uuid, workspace_id uuid, post_id uuid, occurrence_id uuid,
           account_id uuid, platform text, role text, root_id uuid, scheduled_at timestamptz, local_time timestamp,
           zone text, spread_seconds int, stale_at timestamptz, content jsonb, content_hash text, approval text,
           hold_until timestamptz)
    returning id, workspace_id, status
  )
  insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor, reasons)
  select id, 1, workspace_id, null, status, case status when 'held' then 'approval_requested' else 'scheduled' end, $2,
         $3::jsonb
    from created`;

const EVENTS = `
  insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor, reasons)
  select v.id, coalesce((select max(e.seq) from target_event e where e.target_id = v.id), 0) + 1, v.workspace_id,
         v.from_status, v.to_status, v.cause, v.actor, v.reasons
    from jsonb_to_recordset($1::jsonb) as v(id uuid, workspace_id uuid, from_status text, to_status text, cause text,
         actor text, reasons jsonb)`;

/** Changes of one target, each with its event, under the row's lock. */
@Injectable()
export class TargetStoreRepository extends TargetStore {
  constructor(
    private readonly database: Database,
    private readonly quotas: AttemptQuotas,
  ) {
    super();
  }

  async insert(targets: readonly NewTarget[], cause: Cause, tx: Tx): Promise<void> {
    try {
      await this.database.affected(INSERT, [JSON.stringify(targets.map(toRow)), cause.actor, reasonsOf(cause)], tx);
    } catch (error) {
      refuse(error);
    }
  }

  async lock(targetId: string, tx: Tx): Promise<TargetRecord | undefined> {
    return (await this.lockMany([targetId], tx)).get(targetId);
  }

  async lockMany(targetIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, TargetRecord>> {
    const rows = await this.database.rows<TargetRow>(
      `select ${TARGET_COLUMNS} from target t where t.id = any($1::uuid[]) order by t.id for update of t`,
      [targetIds],
      tx,
    );
    return new Map(rows.map((row) => [row.id, toTargetRecord(row)]));
  }

  apply(change: AppliedStep, tx: Tx): Promise<void> {
    return this.applyMany([change], tx);
  }

  async applyMany(asked: readonly AppliedStep[], tx: Tx): Promise<void> {
    const changes = asked.map((change) => ({ ...change, step: gated(change.step, change.target) }));
    const moved = changes.filter(({ target, step }) => target.status !== step.target.status);
    for (const { target, step, attemptId } of moved)
      assertCanBecome(target.status, step.target.status, attemptId !== undefined);
    await this.each(targetUpdates(changes.map(({ target, step }) => ({ id: target.id, change: step.target }))), tx);
    if (moved.length > 0) await this.database.affected(EVENTS, [jsonOf(moved.map(toEventRow))], tx);
    await this.applyToAttempts(changes, tx);
  }

  async takeVersion(ref: TargetRef, by: 'cancel' | 'edit' | 'reroute' | 'hold', tx: Tx): Promise<boolean> {
    return (await this.takeVersions([ref], by, tx)).size > 0;
  }

  /** In the order of the ids, as whoever else writes many intents does, so that nobody waits in a circle. */
  async takeVersions(
    refs: readonly TargetRef[],
    by: 'cancel' | 'edit' | 'reroute' | 'hold',
    tx: Tx,
  ): Promise<ReadonlySet<string>> {
    const taken = await this.database.rows<{ id: string }>(
      `insert into intent (target_id, version, fence, taken_by)
       select w.id, w.version, 0, $3 from unnest($1::uuid[], $2::int[]) as w(id, version) order by w.id
       on conflict do nothing returning target_id as id`,
      [refs.map(({ targetId }) => targetId), refs.map(({ version }) => version), by],
      tx,
    );
    const ids = taken.map(({ id }) => id);
    if (ids.length > 0) await this.disarm(ids, tx);
    return new Set(ids);
  }

  async postsRefusedForAccount(accountId: string, since: Date, tx: Tx): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      `select count(distinct post_id)::int as count from target
        where account_id = $1 and platform_post_id is null and status = 'failed' and error_category = 'account_issue'
          and updated_at > $2`,
      [accountId, since],
      tx,
    );
    return row?.count ?? 0;
  }

  async carrierAtHome(target: TargetRecord, tx: Tx): Promise<string | undefined> {
    const { id, workspaceId, occurrenceId, accountId } = target;
    // As in the index `target_once_per_account`: what is over without a live copy carries nothing.
    const row = await this.database.row<{ id: string }>(
      `select id from target where workspace_id = $1 and occurrence_id = $2 and account_id = $3 and id <> $4
          and status not in ('cancelled', 'missed', 'failed', 'rerouted')`,
      [workspaceId, occurrenceId, accountId, id],
      tx,
    );
    return row?.id;
  }

  async setReplacement(targetId: string, replacementId: string, tx: Tx): Promise<void> {
    await this.database.affected(
      `update target set replacement_id = $2, updated_at = now() where id = $1`,
      [targetId, replacementId],
      tx,
    );
  }

  async extendStale(targetId: string, staleAt: Date, tx: Tx): Promise<void> {
    await this.database.affected(
      `update target set stale_at = greatest(stale_at, $2) where id = $1`,
      [targetId, staleAt],
      tx,
    );
  }

  async refreeze(target: TargetRecord, content: FrozenContent, tx: Tx): Promise<void> {
    await this.database.affected(
      `update target set content = $2::jsonb, content_hash = $3, media_id = $4, version = version + 1, updated_at = now()
        where id = $1`,
      [target.id, JSON.stringify(content), hashOf(content), content.media.id],
      tx,
    );
  }

  private async disarm(targetIds: readonly string[], tx: Tx): Promise<void> {
    const closed = await this.database.rows<{ id: string }>(
      `with closed as (
         update attempt set state = 'abandoned', outcome_at = clock_timestamp()
          where target_id = any($1::uuid[]) and state = 'armed' returning id
       ), freed as (
         delete from target_lease where target_id = any($1::uuid[])
       )
       select id from closed`,
      [targetIds],
      tx,
    );
    await this.quotas.release(
      closed.map(({ id }) => id),
      tx,
    );
  }

  /** A try that ended gives its lease back, and its places in the quotas when it certainly used none. */
  private async applyToAttempts(changes: readonly AppliedStep[], tx: Tx): Promise<void> {
    const tried = changes.flatMap(({ target, attemptId, step: { attempt } }) =>
      attemptId && attempt ? [{ id: attemptId, target, change: attempt }] : [],
    );
    if (tried.length === 0) return;
    await this.each(attemptUpdates(tried), tx);
    await this.database.affected(
      `delete from target_lease where target_id = any($1::uuid[])`,
      [tried.map(({ target }) => target.id)],
      tx,
    );
    const unused = tried.filter(({ target, change }) => sentNothing(target.status, change.state));
    await this.quotas.release(
      unused.map(({ id }) => id),
      tx,
    );
  }

  private async each(statements: readonly Statement[], tx: Tx): Promise<void> {
    for (const { sql, parameters } of statements) await this.database.affected(sql, parameters, tx).catch(refuse);
  }
}

const toEventRow = ({ target, step, cause }: AppliedStep) => ({
  id: target.id,
  workspace_id: target.workspaceId,
  from_status: target.status,
  to_status: step.target.status,
  cause: step.cause,
  actor: cause.actor,
  reasons: cause.reasons ?? [],
});

/** What the indexes forbid, said as a refusal. */
const refuse = (error: unknown): never => {
  if (isUniqueViolation(error, 'target_once_per_account')) throw accountTaken();
  if (isUniqueViolation(error, 'target_platform_post')) throw postOwned();
  throw error;
};

const reasonsOf = (cause: Cause): string => JSON.stringify(cause.reasons ?? []);

const hashOf = (content: FrozenContent): Buffer => createHash('sha256').update(JSON.stringify(content)).digest();

const toRow = (target: NewTarget) => ({
  id: target.id,
  workspace_id: target.workspaceId,
  post_id: target.postId,
  occurrence_id: target.occurrenceId,
  account_id: target.accountId,
  platform: target.platform,
  role: target.role,
  root_id: target.rootId,
  scheduled_at: target.scheduledAt,
  local_time: target.localTime,
  zone: target.zone,
  spread_seconds: target.spreadSeconds,
  stale_at: target.staleAt,
  content: target.content,
  content_hash: hashOf(target.content).toString('hex'),
  approval: target.approval?.state,
  hold_until: target.approval?.state === 'waiting' ? target.approval.until : undefined,
});
