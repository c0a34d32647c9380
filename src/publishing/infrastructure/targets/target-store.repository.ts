import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { FrozenContent } from '../../domain/targets/frozen-content.js';
import type { TargetRecord, TargetRef } from '../../domain/targets/target-record.js';
import { accountTaken, postOwned } from '../../domain/targets/publishing.errors.js';
import { sentNothing } from '../../domain/targets/target-state.js';
import { assertCanBecome } from '../../domain/targets/target-status.js';
import { type AppliedStep, type Cause, type NewTarget, TargetStore } from '../../domain/targets/target-store.port.js';
import { attemptUpdate, targetUpdate } from './step.sql.js';
import { AttemptQuotas } from '../firing/attempt-quotas.js';
import { TARGET_COLUMNS, type TargetRow, toTargetRecord } from './target.rows.js';

const INSERT = `
  with created as (
    insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status,
                        scheduled_at, due_at, local_time, zone, spread_seconds, stale_at, content, content_hash, media_id)
    select id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, 'scheduled', scheduled_at,
           scheduled_at, local_time, zone, spread_seconds, stale_at, content, decode(content_hash, 'hex'),
           (content->'media'->>'id')::uuid
      from jsonb_to_recordset($1::jsonb) as n(id uuid, workspace_id uuid, post_id uuid, occurrence_id uuid,
           account_id uuid, platform text, role text, root_id uuid, scheduled_at timestamptz, local_time timestamp,
           zone text, spread_seconds int, stale_at timestamptz, content jsonb, content_hash text)
    returning id, workspace_id
  )
  insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor, reasons)
  select id, 1, workspace_id, null, 'scheduled', 'scheduled', $2, $3::jsonb from created`;

const EVENT = `
  insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor, reasons)
  select $1, coalesce((select max(seq) from target_event where target_id = $1), 0) + 1, $2, $3, $4, $5, $6, $7::jsonb`;

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
    const row = await this.database.row<TargetRow>(
      `select ${TARGET_COLUMNS} from target t where t.id = $1 for update`,
      [targetId],
      tx,
    );
    return row && toTargetRecord(row);
  }

  async apply({ target, attemptId, step, cause }: AppliedStep, tx: Tx): Promise<void> {
    const from = target.status;
    const to = step.target.status;
    const moved = from !== to;
    if (moved) assertCanBecome(from, to, attemptId !== undefined);
    const update = targetUpdate(target.id, step.target);
    await this.database.affected(update.sql, update.parameters, tx).catch(refuse);
    if (moved) {
      const event = [target.id, target.workspaceId, from, to, step.cause, cause.actor, reasonsOf(cause)];
      await this.database.affected(EVENT, event, tx);
    }
    if (!attemptId || !step.attempt) return;
    const attempt = attemptUpdate(attemptId, step.attempt);
    await this.database.affected(attempt.sql, attempt.parameters, tx);
    await this.database.affected(`delete from target_lease where target_id = $1`, [target.id], tx);
    if (sentNothing(from, step.attempt.state)) await this.quotas.release([attemptId], tx);
  }

  async takeVersion(ref: TargetRef, by: 'cancel' | 'edit' | 'reroute' | 'hold', tx: Tx): Promise<boolean> {
    const taken = await this.database.affected(
      `insert into intent (target_id, version, fence, taken_by) values ($1, $2, 0, $3) on conflict do nothing`,
      [ref.targetId, ref.version, by],
      tx,
    );
    if (taken === 0) return false;
    const closed = await this.database.rows<{ id: string }>(
      `with closed as (
         update attempt set state = 'abandoned', outcome_at = clock_timestamp()
          where target_id = $1 and state = 'armed' returning id
       ), freed as (
         delete from target_lease where target_id = $1
       )
       select id from closed`,
      [ref.targetId],
      tx,
    );
    await this.quotas.release(
      closed.map(({ id }) => id),
      tx,
    );
    return true;
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
}

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
});
