import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';

/** Rows of one statement: a purge never holds locks for long. */
const CHUNK = 5_000;

/** Rows that nobody asks for any more. */
const PURGES: Readonly<Record<string, string>> = {
  // What ended has given its lease back in the same transaction; a leftover blocks the purge of its worker.
  leases: `delete from target_lease where target_id in (
    select l.target_id from target_lease l join target t on t.id = l.target_id
     where l.taken_at < statement_timestamp() - interval '1 day'
       and t.status in ('published', 'rerouted', 'missed', 'failed', 'cancelled') limit $1)`,
  workers: `delete from worker where id in (
    select w.id from worker w where w.gone_at < statement_timestamp() - interval '7 days'
       and not exists (select 1 from target_lease l where l.worker_id = w.id) limit $1)`,
  notices: `delete from platform_notice where (platform, key) in (
    select platform, key from platform_notice where settled_at < statement_timestamp() - interval '30 days' limit $1)`,
  windows: `delete from metric_call_window where (scope_id, window_start) in (
    select scope_id, window_start from metric_call_window where ends_at < statement_timestamp() - interval '1 day' limit $1)`,
};

/** Throws away what the engine does not need any more, in chunks. */
@Injectable()
export class PurgesRepository {
  constructor(private readonly database: Database) {}

  /** @returns rows deleted, by kind */
  async runOnce(): Promise<Readonly<Record<string, number>>> {
    const gone: Record<string, number> = {};
    for (const [kind, sql] of Object.entries(PURGES)) gone[kind] = await this.drain(sql);
    return gone;
  }

  private async drain(sql: string): Promise<number> {
    let total = 0;
    for (;;) {
      const gone = await this.database.affected(sql, [CHUNK]);
      total += gone;
      if (gone < CHUNK) return total;
    }
  }
}
