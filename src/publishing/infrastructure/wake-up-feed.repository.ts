import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { newId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import { WakeUpFeed } from '../domain/wake-up-feed.port.js';
import { HORIZON_MS, WAKE_UP_CHANNEL, WakeUpQueue } from './wake-up.queue.js';

/** Rows a feeding statement handles at once. */
const CHUNK = 5_000;
/** A due target that nobody took for this long has lost its wake-up. */
const LOST_AFTER_MS = 5_000;

interface DueRow {
  readonly id: string;
  readonly version: number;
  readonly due_at: Date;
}

@Injectable()
export class WakeUpFeedRepository extends WakeUpFeed {
  constructor(
    private readonly database: Database,
    private readonly queue: WakeUpQueue,
  ) {
    super();
  }

  async feed(): Promise<number> {
    let fed = 0;
    let after = { due_at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };
    for (;;) {
      const rows = await this.database.rows<DueRow>(
        `select id, version, due_at from target
          where status in ('scheduled', 'held') and status = 'scheduled' and (due_at, id) > ($1, $2::uuid)
            and due_at <= clock_timestamp() + $3 * interval '1 ms'
          order by due_at, id limit ${CHUNK}`,
        [after.due_at, after.id, HORIZON_MS + 60_000],
      );
      const last = rows.at(-1);
      if (!last) return fed;
      await this.send(rows, '');
      fed += rows.length;
      after = last;
    }
  }

  async resendOverdue(): Promise<number> {
    const rows = await this.database.rows<DueRow>(
      `select t.id, t.version, t.due_at from target t
        where t.status in ('scheduled', 'held') and t.status = 'scheduled'
          and t.due_at <= clock_timestamp() - $1 * interval '1 ms'
          and not exists (select 1 from target_lease l where l.target_id = t.id)
          and not exists (select 1 from intent i where i.target_id = t.id and i.version = t.version)
        order by t.due_at limit ${CHUNK}`,
      [LOST_AFTER_MS],
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
