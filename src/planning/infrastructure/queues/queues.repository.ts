import { Injectable } from '@nestjs/common';
import { Database, isUniqueViolation } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Span } from '../../domain/queues/queue.js';
import { queueNameTaken } from '../../domain/queues/queue.errors.js';
import { type QueuePlanWish, Queues, type StoredQueue } from '../../domain/queues/queues.port.js';
import { type QueueRow, SELECT_QUEUE, toQueue } from './queue.rows.js';

const INSERT = `
insert into queue (id, workspace_id, name, zone, pick_order, seed, weighs_views, min_gap_seconds, daily_cap, blackouts,
                   seasons)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb)`;

const UPDATE = `
update queue
   set name = $3, zone = $4, pick_order = $5, seed = $6, weighs_views = $7, min_gap_seconds = $8, daily_cap = $9,
       blackouts = $10::jsonb, seasons = $11::jsonb, version = version + 1, updated_at = clock_timestamp()
 where id = $1 and workspace_id = $2`;

const ACCOUNTS = `
insert into queue_account (queue_id, workspace_id, position, account_id)
select $1, $2, position - 1, id from unnest($3::uuid[]) with ordinality as a (id, position)`;

const SLOTS = `
with wish as (
  select * from jsonb_to_recordset($3::jsonb) as w (id uuid, iso_day smallint, time text, categories text[])
), gone as (
  update slot s set removed_at = clock_timestamp()
   where s.queue_id = $1 and s.removed_at is null
     and not exists (select 1 from wish w where w.iso_day = s.iso_day and w.time = s.time)
)
insert into slot (id, workspace_id, queue_id, iso_day, time, categories)
select w.id, $2, $1, w.iso_day, w.time, w.categories from wish w
on conflict (queue_id, iso_day, time) where removed_at is null do update set categories = excluded.categories`;

/** A run of queue \`q\` that ended without a copy since the queue's last round. */
const LOSS = `
  select 1 from slot_reservation r
    join occurrence o on o.id = r.occurrence_id
    join target t on t.post_id = o.post_id and t.occurrence_id = o.id
   where r.queue_id = q.id and r.slot_at > q.planned_at - interval '8 days'
     and t.status in ('missed', 'failed') and t.updated_at >= q.planned_at`;

const LOSSES = `select exists (${LOSS}) as lost from queue q where q.workspace_id = $1 and q.id = $2`;

/** $1 workspace, $2 from, $3 until. */
const UNSETTLED = `
select q.id from queue q
 where q.workspace_id = $1 and q.deleted_at is null
   and (exists (${LOSS})
        or exists (select 1 from slot_reservation r
                     join occurrence o on o.id = r.occurrence_id
                     join post p on p.id = o.post_id
                    where r.queue_id = q.id and r.slot_at >= $2 and r.slot_at < $3 and r.locked_at is null
                      and not (p.kind = 'evergreen' and p.deleted_at is null and p.paused_at is null)))`;

@Injectable()
export class QueuesRepository extends Queues {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(workspaceId: WorkspaceId, wish: QueuePlanWish, tx: Tx): Promise<StoredQueue> {
    const id = newId();
    await this.write(INSERT, { workspaceId, id }, wish, tx);
    const stored = await this.find(workspaceId, id, tx);
    if (!stored) throw new Error('A queue that was just stored is not there.');
    return stored;
  }

  update(workspaceId: WorkspaceId, id: string, wish: QueuePlanWish, tx: Tx): Promise<void> {
    return this.write(UPDATE, { workspaceId, id }, wish, tx);
  }

  async setPaused(
    workspaceId: WorkspaceId,
    id: string,
    { paused, reason }: { readonly paused: boolean; readonly reason?: string },
    tx: Tx,
  ): Promise<void> {
    await this.database.affected(
      `update queue set paused_at = case when $3 then coalesce(paused_at, clock_timestamp()) end, pause_reason = $4,
                        version = version + 1, updated_at = clock_timestamp()
        where workspace_id = $1 and id = $2`,
      [workspaceId, id, paused, paused ? (reason ?? null) : null],
      tx,
    );
  }

  async markDeleted(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void> {
    await this.database.affected(
      `update queue set deleted_at = clock_timestamp(), version = version + 1 where workspace_id = $1 and id = $2`,
      [workspaceId, id],
      tx,
    );
  }

  async find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<StoredQueue | undefined> {
    const row = await this.database.row<QueueRow>(
      `${SELECT_QUEUE} and q.workspace_id = $1 and q.id = $2`,
      [workspaceId, id],
      tx,
    );
    return row && toQueue(row);
  }

  async all(workspaceId: WorkspaceId, tx?: Tx): Promise<readonly StoredQueue[]> {
    const rows = await this.database.rows<QueueRow>(
      `${SELECT_QUEUE} and q.workspace_id = $1 order by q.created_at, q.id`,
      [workspaceId],
      tx,
    );
    return rows.map(toQueue);
  }

  async list(
    workspaceId: WorkspaceId,
    { limit, after }: Parameters<Queues['list']>[1],
  ): Promise<readonly (StoredQueue & { readonly at: string })[]> {
    const rows = await this.database.rows<QueueRow>(
      `${SELECT_QUEUE} and q.workspace_id = $1
          and ($2::timestamptz is null or (q.created_at, q.id) < ($2, $3::uuid))
        order by q.created_at desc, q.id desc limit $4`,
      [workspaceId, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map((row) => ({ ...toQueue(row), at: row.at }));
  }

  async count(workspaceId: WorkspaceId, tx: Tx): Promise<number> {
    const row = await this.database.row<{ count: number }>(
      `select count(*)::int as count from queue where workspace_id = $1 and deleted_at is null`,
      [workspaceId],
      tx,
    );
    return row?.count ?? 0;
  }

  async hasLosses(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean> {
    const row = await this.database.row<{ lost: boolean }>(LOSSES, [workspaceId, id], tx);
    return row?.lost ?? false;
  }

  async unsettled(workspaceId: WorkspaceId, { from, until }: Span): Promise<ReadonlySet<string>> {
    const rows = await this.database.rows<{ id: string }>(UNSETTLED, [workspaceId, from, until]);
    return new Set(rows.map(({ id }) => id));
  }

  async markPlanned(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void> {
    await this.database.affected(
      'update queue set planned_at = now() where workspace_id = $1 and id = $2',
      [workspaceId, id],
      tx,
    );
  }

  async workspaces(): Promise<readonly WorkspaceId[]> {
    const rows = await this.database.rows<{ id: string }>(
      `select distinct workspace_id as id from queue where deleted_at is null order by 1`,
    );
    return rows.map(({ id }) => id);
  }

  async lockPlanning(workspaceId: WorkspaceId, tx: Tx): Promise<void> {
    await this.database.rows(`select pg_advisory_xact_lock(hashtextextended('planning|' || $1, 0))`, [workspaceId], tx);
  }

  private async write(
    sql: string,
    { workspaceId, id }: { readonly workspaceId: WorkspaceId; readonly id: string },
    wish: QueuePlanWish,
    tx: Tx,
  ): Promise<void> {
    const { name, zone, order, seed, weighsViews, minGapSeconds, dailyCap = null } = wish;
    const lists = [JSON.stringify(wish.blackouts), JSON.stringify(wish.seasons)];
    const values = [id, workspaceId, name, zone, order, seed, weighsViews, minGapSeconds, dailyCap, ...lists];
    await this.database.affected(sql, values, tx).catch((error: unknown) => {
      throw isUniqueViolation(error, 'queue_name') ? queueNameTaken(name) : error;
    });
    await this.database.affected(
      'delete from queue_account where queue_id = $1 and workspace_id = $2',
      [id, workspaceId],
      tx,
    );
    await this.database.affected(ACCOUNTS, [id, workspaceId, wish.accountIds], tx);
    const slots = wish.slots.map(({ isoDay, ...slot }) => ({ id: newId(), iso_day: isoDay, ...slot }));
    await this.database.affected(SLOTS, [id, workspaceId, JSON.stringify(slots)], tx);
  }
}
