import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { PlaceKey, Span } from '../../domain/queues/queue.js';
import {
  type ReservedPlace,
  type ReservedSpan,
  Reservations,
  type WantedPlace,
} from '../../domain/queues/reservations.port.js';

/** In the order of the keys, as everybody who takes places does, so that nobody waits in a circle. */
const RESERVE = `
insert into slot_reservation (workspace_id, queue_id, slot_id, local_date, slot_at, occurrence_id, why)
select $1, $2, w.slot_id, w.local_date, w.slot_at, w.occurrence_id, w.why
  from jsonb_to_recordset($3::jsonb) as w (slot_id uuid, local_date date, slot_at timestamptz, occurrence_id uuid, why text)
 order by w.slot_id, w.local_date
on conflict do nothing
returning occurrence_id as id`;

const RESERVE_ACCOUNTS = `
insert into slot_account (workspace_id, account_id, slot_at, occurrence_id)
select $1, w.account_id, w.slot_at, w.occurrence_id
  from jsonb_to_recordset($2::jsonb) as w (account_id uuid, slot_at timestamptz, occurrence_id uuid)
 order by w.account_id, w.slot_at
on conflict do nothing
returning occurrence_id as "occurrenceId", account_id as "accountId"`;

/** Nothing has happened to the run that we did not do: no try, no move, no word of its own, no verdict. */
const LIST = `
select r.queue_id as "queueId", r.slot_id as "slotId", r.local_date::text as "localDate", r.slot_at as at,
       r.occurrence_id as "occurrenceId", o.post_id as "postId", o.variation, r.why, r.locked_at is not null as "isLocked",
       coalesce((select array_agg(a.account_id) from slot_account a where a.occurrence_id = r.occurrence_id), '{}')
         as "accountIds",
       coalesce(t.ids, '{}') as "targetIds", r.locked_at is null and coalesce(t.untouched, true) as "isUntouched",
       coalesce(t.over, true) as "isOver",
       exists (select 1 from post p where p.id = o.post_id and p.kind = 'evergreen' and p.deleted_at is null
                  and p.paused_at is null) as "isWanted"
  from slot_reservation r
  join occurrence o on o.id = r.occurrence_id
  left join lateral (
    select array_agg(t.id) as ids, bool_and(t.status = 'cancelled') as over,
           bool_and((t.status = 'scheduled' or (t.status = 'held' and t.approval = 'waiting')) and t.tries = 0
                    and not (t.content ? 'own') and t.scheduled_at = r.slot_at
                    and not exists (select 1 from target_event e where e.target_id = t.id and e.seq > 1)) as untouched
      from target t where t.post_id = o.post_id and t.occurrence_id = o.id) t on true
 where r.workspace_id = $1 and r.queue_id = $2 and r.slot_at >= $3 and r.slot_at < $4
 order by r.slot_at, r.slot_id`;

@Injectable()
export class ReservationsRepository extends Reservations {
  constructor(private readonly database: Database) {
    super();
  }

  async reserve(
    workspaceId: WorkspaceId,
    queueId: string,
    wanted: readonly WantedPlace[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (wanted.length === 0) return new Map();
    const rows = wanted.map(({ slotId, localDate, at, occurrenceId, why }) => ({
      slot_id: slotId,
      local_date: localDate,
      slot_at: at,
      occurrence_id: occurrenceId,
      why,
    }));
    const got = await this.database.rows<{ id: string }>(RESERVE, [workspaceId, queueId, JSON.stringify(rows)], tx);
    const mine = new Set(got.map(({ id }) => id));
    const asked = wanted.filter(({ occurrenceId }) => mine.has(occurrenceId));
    const pairs = asked.flatMap(({ at, occurrenceId, accountIds }) =>
      accountIds.map((accountId) => ({ accountId, at, occurrenceId })),
    );
    const accounts = Map.groupBy(await this.takeAccounts(workspaceId, pairs, tx), (row) => row.occurrenceId);
    await this.release(
      workspaceId,
      [...mine].filter((id) => !accounts.has(id)),
      tx,
    );
    return new Map([...accounts].map(([id, taken]) => [id, taken.map(({ accountId }) => accountId)]));
  }

  async reserveAccounts(
    workspaceId: WorkspaceId,
    wanted: Parameters<Reservations['reserveAccounts']>[1],
    tx: Tx,
  ): Promise<ReadonlySet<string>> {
    return new Set((await this.takeAccounts(workspaceId, wanted, tx)).map(({ occurrenceId }) => occurrenceId));
  }

  async release(workspaceId: WorkspaceId, occurrenceIds: readonly string[], tx: Tx): Promise<void> {
    if (occurrenceIds.length === 0) return;
    await this.database.affected(
      `with places as (delete from slot_reservation where workspace_id = $1 and occurrence_id = any ($2::uuid[]))
       delete from slot_account where workspace_id = $1 and occurrence_id = any ($2::uuid[])`,
      [workspaceId, occurrenceIds],
      tx,
    );
  }

  list(workspaceId: WorkspaceId, { queueId, from, until }: ReservedSpan, tx?: Tx): Promise<readonly ReservedPlace[]> {
    return this.database.rows<ReservedPlace>(LIST, [workspaceId, queueId, from, until], tx);
  }

  places(workspaceId: WorkspaceId, { from, until }: Span): Promise<readonly PlaceKey[]> {
    return this.database.rows<PlaceKey>(
      `select r.slot_id as "slotId", r.local_date::text as "localDate"
         from queue q join slot_reservation r on r.queue_id = q.id
        where q.workspace_id = $1 and q.deleted_at is null and r.slot_at >= $2 and r.slot_at < $3`,
      [workspaceId, from, until],
    );
  }

  async setLocked(
    workspaceId: WorkspaceId,
    occurrenceId: string,
    { locked, by }: { readonly locked: boolean; readonly by: string },
    tx: Tx,
  ): Promise<boolean> {
    const changed = await this.database.affected(
      `update slot_reservation set locked_at = case when $3 then coalesce(locked_at, clock_timestamp()) end,
                                   locked_by = case when $3 then coalesce(locked_by, $4) end
        where workspace_id = $1 and occurrence_id = $2`,
      [workspaceId, occurrenceId, locked, by],
      tx,
    );
    return changed > 0;
  }

  private takeAccounts(
    workspaceId: WorkspaceId,
    wanted: readonly { readonly accountId: string; readonly at: Date; readonly occurrenceId: string }[],
    tx: Tx,
  ): Promise<{ occurrenceId: string; accountId: string }[]> {
    if (wanted.length === 0) return Promise.resolve([]);
    const rows = wanted.map(({ accountId, at, occurrenceId }) => ({
      account_id: accountId,
      slot_at: at,
      occurrence_id: occurrenceId,
    }));
    return this.database.rows(RESERVE_ACCOUNTS, [workspaceId, JSON.stringify(rows)], tx);
  }
}
