import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type PostId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import {
  type PlanningProgress,
  Recurrences,
  type RecurrenceWish,
  type StoredRecurrence,
} from '../../domain/recurring/recurrences.port.js';
import { parseRule } from '../../domain/recurring/parse-rule.js';
import { formatWallTime } from '../../domain/wall-time.js';
import { RECURRENCE_COLUMNS, type RecurrenceRow, toStoredRecurrence } from './recurrence.rows.js';

const SELECT = `select ${RECURRENCE_COLUMNS} from recurrence r where r.removed_at is null`;

/** What planning still has to do before an instant. */
const TO_PLAN = `r.removed_at is null and r.paused_at is null and (r.planned_until is null or r.planned_until < $1)
  and (r.retry_at is null or r.retry_at <= now())`;

const PUT = `
  insert into recurrence as r (id, workspace_id, post_id, rule, starts_local, zone, exdates, rdates, targets, paused_at)
  values ($1, $2, $3, $4, $5::timestamp, $6, $7::timestamp[], $8::timestamp[], $9::jsonb, case when $10 then now() end)
  on conflict (workspace_id, post_id) do update
     set rule = excluded.rule, starts_local = excluded.starts_local, zone = excluded.zone, exdates = excluded.exdates,
         rdates = excluded.rdates, targets = excluded.targets,
         paused_at = case when $10 then coalesce(r.paused_at, now()) end,
         removed_at = null, planned_until = null, problem = null, retry_at = null,
         version = r.version + 1, updated_at = now()
  returning id`;

@Injectable()
export class RecurrencesRepository extends Recurrences {
  constructor(private readonly database: Database) {
    super();
  }

  async find(workspaceId: WorkspaceId, postId: PostId, tx?: Tx): Promise<StoredRecurrence | undefined> {
    const [found] = await this.select(
      `${SELECT} and r.workspace_id = $1 and r.post_id = $2`,
      [workspaceId, postId],
      tx,
    );
    return found;
  }

  async running(workspaceId: WorkspaceId): Promise<readonly StoredRecurrence[]> {
    const rows = await this.database.rows<RecurrenceRow>(
      `select ${RECURRENCE_COLUMNS} from recurrence r
         join post p on p.workspace_id = r.workspace_id and p.id = r.post_id
        where r.workspace_id = $1 and r.removed_at is null and r.paused_at is null
          and p.paused_at is null and p.deleted_at is null
        order by r.id`,
      [workspaceId],
    );
    return rows.filter(({ rule }) => parseRule(rule).rule !== undefined).map(toStoredRecurrence);
  }

  async lock(workspaceId: WorkspaceId, postId: PostId, tx: Tx): Promise<StoredRecurrence | undefined> {
    const sql = `${SELECT} and r.workspace_id = $1 and r.post_id = $2 for update of r`;
    const [found] = await this.select(sql, [workspaceId, postId], tx);
    return found;
  }

  async put(
    workspaceId: WorkspaceId,
    postId: PostId,
    { recurrence, targets, isPaused, ruleText }: RecurrenceWish & { readonly ruleText: string },
    tx: Tx,
  ): Promise<StoredRecurrence> {
    const { start, zone, exdates, rdates } = recurrence;
    await this.database.affected(
      PUT,
      [
        newId(),
        workspaceId,
        postId,
        ruleText,
        formatWallTime(start),
        zone,
        exdates.map(formatWallTime),
        rdates.map(formatWallTime),
        JSON.stringify(targets),
        isPaused,
      ],
      tx,
    );
    return (await this.find(workspaceId, postId, tx)) as StoredRecurrence;
  }

  async remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void> {
    await this.database.affected(
      `with gone as (delete from recurrence_exception where workspace_id = $1 and recurrence_id = $2)
       update recurrence set removed_at = now(), version = version + 1, updated_at = now()
        where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
  }

  async nextToPlan(
    until: Date,
    limit: number,
  ): Promise<{ readonly workspaceId: WorkspaceId; readonly postIds: readonly PostId[] } | undefined> {
    const posts = `select r.workspace_id, r.post_id, r.planned_until from recurrence r
       join post p on p.workspace_id = r.workspace_id and p.id = r.post_id
      where ${TO_PLAN} and p.paused_at is null and p.deleted_at is null`;
    return this.database.row(
      `with first as (${posts} order by r.planned_until nulls first limit 1)
       select workspace_id as "workspaceId", array_agg(post_id) as "postIds"
         from (${posts} and r.workspace_id = (select workspace_id from first)
                order by r.planned_until nulls first limit $2) as due
        group by workspace_id`,
      [until, limit],
    );
  }

  lockToPlan(
    workspaceId: WorkspaceId,
    postIds: readonly PostId[],
    until: Date,
    tx: Tx,
  ): Promise<readonly StoredRecurrence[]> {
    return this.select(
      `select ${RECURRENCE_COLUMNS} from recurrence r where ${TO_PLAN} and r.workspace_id = $2
          and r.post_id = any($3::uuid[]) order by r.id for update of r`,
      [until, workspaceId, postIds],
      tx,
    );
  }

  async notePlanned(workspaceId: WorkspaceId, progress: readonly PlanningProgress[], tx: Tx): Promise<void> {
    const rows = progress.map(({ recurrenceId, plannedUntil, problem }) => ({
      id: recurrenceId,
      planned_until: plannedUntil,
      problem,
    }));
    await this.database.affected(
      `update recurrence r set planned_until = coalesce(n.planned_until, r.planned_until), problem = n.problem,
              retry_at = case when n.problem is not null then now() + interval '1 hour' end
         from jsonb_to_recordset($1::jsonb) as n(id uuid, planned_until timestamptz, problem text)
        where r.workspace_id = $2 and r.id = n.id`,
      [JSON.stringify(rows), workspaceId],
      tx,
    );
  }

  async postpone(workspaceId: WorkspaceId, postId: PostId, problem: string, forMs: number): Promise<void> {
    await this.database.affected(
      `update recurrence set problem = $3, retry_at = now() + $4 * interval '1 ms'
        where workspace_id = $1 and post_id = $2`,
      [workspaceId, postId, problem, forMs],
    );
  }

  private async select(sql: string, parameters: readonly unknown[], tx?: Tx): Promise<StoredRecurrence[]> {
    return (await this.database.rows<RecurrenceRow>(sql, parameters, tx)).map(toStoredRecurrence);
  }
}
