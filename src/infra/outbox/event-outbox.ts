import { Injectable } from '@nestjs/common';
import { type DomainEvent, EventLog } from '../../kernel/event-log.port.js';
import type { Tx } from '../../kernel/transaction.js';
import { Database } from '../database/database.js';
import type { EventPosition } from './event-position.js';

/** An event as it is read back. */
export interface StoredEvent {
  readonly workspaceId: string | null;
  readonly type: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Grows, may have gaps; with `xid` its place in the order. */
  readonly id: string;
  readonly xid: string;
  readonly at: Date;
}

/** `xid` leaves as text: whoever orders must name the column (`event.xid`), or '1000' stands before '999'. */
const FIELDS = `id, xid::text as xid, workspace_id as "workspaceId", type, subject_id as "subjectId", payload, at`;

/** The transactional outbox: written with the effect, read by cursor. */
@Injectable()
export class EventOutbox extends EventLog {
  constructor(private readonly database: Database) {
    super();
  }

  /** Stores the events in the transaction of their effect. */
  async append(events: readonly DomainEvent[], tx: Tx): Promise<void> {
    if (events.length === 0) return;
    await this.database.affected(
      `insert into event (workspace_id, type, subject_id, payload)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[])`,
      [
        events.map((event) => event.workspaceId),
        events.map((event) => event.type),
        events.map((event) => event.subjectId),
        events.map((event) => JSON.stringify(event.payload)),
      ],
      tx,
    );
  }

  /**
   * Hands the next events to `handle` and moves the named cursor, in one transaction: an event is handled once.
   * Events of transactions still running are left for later, since serial ids skip late commits.
   * @returns how many events were handled
   */
  async consume(
    consumer: string,
    limit: number,
    handle: (events: readonly StoredEvent[], tx: Tx) => Promise<void>,
  ): Promise<number> {
    return this.database.run(async (tx) => {
      await this.database.affected(
        `insert into event_cursor (consumer) values ($1) on conflict (consumer) do nothing`,
        [consumer],
        tx,
      );
      const cursor = await this.database.row<EventPosition>(
        `select last_xid::text as xid, last_id as id from event_cursor where consumer = $1 for update skip locked`,
        [consumer],
        tx,
      );
      if (!cursor) return 0;
      const rows = await this.between(cursor, await this.horizon(tx), limit, tx);
      const last = rows.at(-1);
      if (!last) return 0;
      await handle(rows, tx);
      await this.database.affected(
        `update event_cursor set last_xid = $2::xid8, last_id = $3 where consumer = $1`,
        [consumer, last.xid, last.id],
        tx,
      );
      return rows.length;
    });
  }

  /** A consumer that is switched off holds nothing back; should it come back, it begins with the oldest event kept. */
  async dismiss(consumer: string): Promise<void> {
    await this.database.affected(`delete from event_cursor where consumer = $1`, [consumer]);
  }

  /** The place before which everything is decided: all running and later transactions write behind it. */
  async horizon(tx?: Tx): Promise<EventPosition> {
    const row = await this.database.row<{ xid: string }>(
      `select pg_snapshot_xmin(pg_current_snapshot())::text as xid`,
      [],
      tx,
    );
    return { xid: row?.xid ?? '0', id: '0' };
  }

  /** The events of all workspaces behind `after`, before `horizon`, in order. */
  between(after: EventPosition, horizon: EventPosition, limit: number, tx?: Tx): Promise<StoredEvent[]> {
    return this.database.rows<StoredEvent>(
      `select ${FIELDS} from event where (xid, id) > ($1::xid8, $2::bigint) and (xid, id) <= ($3::xid8, $4::bigint)
        order by event.xid, event.id limit $5`,
      [after.xid, after.id, horizon.xid, horizon.id, limit],
      tx,
    );
  }

  /** The last `limit` events of all workspaces before `place`, in order. */
  before(place: EventPosition, limit: number, tx?: Tx): Promise<StoredEvent[]> {
    return this.database.rows<StoredEvent>(
      `select * from (
         select ${FIELDS} from event where (xid, id) < ($1::xid8, $2::bigint)
          order by event.xid desc, event.id desc limit $3) e
        order by e.xid::xid8, e.id`,
      [place.xid, place.id, limit],
      tx,
    );
  }

  /**
   * What lies between for one workspace: its own events and those of the whole instance.
   * @param types only these; all when left out
   */
  async ofWorkspace(
    workspaceId: string,
    span: { readonly after: EventPosition; readonly horizon: EventPosition; readonly limit: number },
    types?: readonly string[],
  ): Promise<StoredEvent[]> {
    const { after, horizon, limit } = span;
    const part = (whose: string) =>
      `(select ${FIELDS} from event where ${whose} and (xid, id) > ($2::xid8, $3::bigint)
           and (xid, id) <= ($4::xid8, $5::bigint) and ($6::text[] is null or type = any ($6))
         order by event.xid, event.id limit $7)`;
    return this.database.rows<StoredEvent>(
      `select * from (${part('workspace_id = $1')} union all ${part('workspace_id is null')}) e
        order by xid::xid8, id limit $7`,
      [workspaceId, after.xid, after.id, horizon.xid, horizon.id, types ?? null, limit],
    );
  }

  /**
   * Forgets events older than `keepMs`, oldest first, but none that a consumer has not read.
   * @returns how many
   */
  async purge(keepMs: number, limit: number): Promise<number> {
    return this.database.affected(
      `delete from event where (xid, id) in (
         select o.xid, o.id from (select xid, id, at from event order by xid, id limit $2) o
          where o.at < clock_timestamp() - $1 * interval '1 ms'
            and not exists (select 1 from event_cursor c where (c.last_xid, c.last_id) < (o.xid, o.id)))`,
      [keepMs, limit],
    );
  }
}
