import { Injectable } from '@nestjs/common';
import { type DomainEvent, EventLog } from '../../kernel/event-log.port.js';
import type { Tx } from '../../kernel/transaction.js';
import { Database } from '../database/database.js';

/** An event as it is read back. */
export interface StoredEvent {
  readonly workspaceId: string | null;
  readonly type: string;
  readonly subjectId: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Position; grows, may have gaps. */
  readonly id: string;
  readonly at: Date;
}

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
      const cursor = await this.database.row<{ last_xid: string; last_id: string }>(
        `select last_xid::text, last_id from event_cursor where consumer = $1 for update skip locked`,
        [consumer],
        tx,
      );
      if (!cursor) return 0;
      const rows = await this.next(cursor, limit, tx);
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

  private async next(cursor: { last_xid: string; last_id: string }, limit: number, tx: Tx) {
    return this.database.rows<StoredEvent & { xid: string }>(
      `select id, xid::text as xid, workspace_id as "workspaceId", type, subject_id as "subjectId", payload, at
         from event
        where (xid, id) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
        order by xid, id limit $3`,
      [cursor.last_xid, cursor.last_id, limit],
      tx,
    );
  }
}
