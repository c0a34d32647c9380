import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { WakeUpFeed } from '../../domain/firing/wake-up-feed.port.js';
import { HORIZON_MS, WAKE_UP_CHANNEL, WakeUpQueue } from './wake-up.queue.js';

/*
 * statement_timestamp() everywhere: clock_timestamp() is volatile, so no index could be asked with it, and every look
 * would go through all that is planned. `(select ... limit 1) is null` is `not exists` by key: the planner may not turn
 * it round and read all that ever was.
 */

/** Rows a feeding statement handles at once. */
const CHUNK = 5_000;
/** A due target that nobody took for this long has lost its wake-up. */
const LOST_AFTER_MS = 5_000;

const NIL_ID = '00000000-0000-0000-0000-000000000000';

interface DueRow {
  readonly id: string;
  readonly version: number;
  readonly due_at: Date;
}

/** In the words of the index that has the held ones too. */
const PLANNED = `t.status in ('scheduled', 'held') and t.status = 'scheduled'`;

/**
 * A version whose intent was written but whose call never began (the fault came between the two): nothing fires it
 * again. Its attempt is closed, so that no call can begin for it any more; a new version is a new try.
 */
const REVIVE = `
  update target t set version = t.version + 1, updated_at = now()
   where ${PLANNED} and t.due_at >= $2::timestamptz
     and t.due_at <= statement_timestamp() - $1 * interval '1 ms'
     and (select 1 from intent i where i.target_id = t.id and i.version = t.version limit 1) is not null
     and (select 1 from target_lease l where l.target_id = t.id limit 1) is null
     and (select 1 from attempt a where a.target_id = t.id
             and a.state in ('armed', 'intended', 'processing', 'unknown') limit 1) is null`;

@Injectable()
export class WakeUpFeedRepository extends WakeUpFeed {
  /** The last target fed. The key as text: a Date has no microseconds, and the last row would follow itself for ever. */
  private fedTo: { readonly key: string; readonly id: string } | undefined;

  constructor(
    private readonly database: Database,
    private readonly queue: WakeUpQueue,
  ) {
    super();
  }

  /**
   * The first time everything within the horizon, then only what has come within it: what was planned nearer got its
   * wake-up at once, and a lost one is found by the sweep. A full minute is when most posts are due.
   */
  async feed(): Promise<number> {
    let fed = 0;
    this.fedTo ??= await this.earliest();
    while (this.fedTo) {
      const rows = await this.database.rows<DueRow & { key: string }>(
        `select t.id, t.version, t.due_at, t.due_at::text as key from target t
          where ${PLANNED} and t.due_at >= $1::timestamptz
            and (t.due_at, t.id) > ($1::timestamptz, $2::uuid)
            and t.due_at <= statement_timestamp() + $3 * interval '1 ms'
          order by t.due_at, t.id limit ${CHUNK}`,
        [this.fedTo.key, this.fedTo.id, HORIZON_MS + 60_000],
      );
      const last = rows.at(-1);
      if (!last) return fed;
      await this.send(rows, '');
      fed += rows.length;
      this.fedTo = last;
    }
    return fed;
  }

  /**
   * Right before the first that is planned. Without it the planner would take all that ever was due for still planned,
   * and read the whole calendar.
   */
  private async earliest(): Promise<{ readonly key: string; readonly id: string } | undefined> {
    const [first] = await this.database.rows<{ key: string }>(
      `select t.due_at::text as key from target t where ${PLANNED} order by t.due_at, t.id limit 1`,
    );
    return first && { key: first.key, id: NIL_ID };
  }

  async resendOverdue(): Promise<number> {
    const first = await this.earliest();
    if (!first) return 0;
    await this.database.affected(REVIVE, [LOST_AFTER_MS, first.key]);
    const rows = await this.database.rows<DueRow>(
      `select t.id, t.version, t.due_at from target t
        where ${PLANNED} and t.due_at >= $2::timestamptz
          and t.due_at <= statement_timestamp() - $1 * interval '1 ms'
          and (select 1 from target_lease l where l.target_id = t.id limit 1) is null
          and (select 1 from intent i where i.target_id = t.id and i.version = t.version limit 1) is null
        order by t.due_at limit ${CHUNK}`,
      [LOST_AFTER_MS, first.key],
    );
    if (rows.length > 0) await this.send(rows, newId());
    return rows.length;
  }

  async resend(targetIds: readonly string[]): Promise<void> {
    const rows = await this.database.rows<DueRow>(
      `select id, version, due_at from target where id = any($1::uuid[]) and status = 'scheduled'`,
      [targetIds],
    );
    if (rows.length > 0) await this.send(rows, newId());
  }

  private async send(rows: readonly DueRow[], salt: string): Promise<void> {
    const refs = rows.map((row) => ({ targetId: row.id, version: row.version, dueAt: row.due_at }));
    await this.database.run(async (tx: Tx) => {
      await this.queue.send(refs, tx, salt);
      await this.database.affected(`select pg_notify($1, '')`, [WAKE_UP_CHANNEL], tx);
    });
  }
}
