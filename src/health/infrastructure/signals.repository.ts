import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Signal } from '../domain/signal.js';
import { SignalRecorder } from '../domain/signal-recorder.port.js';

/** One day in UTC. */
interface Day {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}
const DAYS_AHEAD = 2;

@Injectable()
export class SignalsRepository extends SignalRecorder {
  constructor(private readonly database: Database) {
    super();
  }

  async record(signals: readonly Signal[], tx?: Tx): Promise<void> {
    if (signals.length === 0) return;
    await this.database.affected(
      `insert into signal (platform, region, capability, workspace_id, account_id, target_id, source, verdict,
                           error_class, latency_ms)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[],
                            $8::text[], $9::text[], $10::int[])`,
      [
        signals.map((signal) => signal.platform),
        signals.map((signal) => signal.region),
        signals.map((signal) => signal.capability),
        signals.map((signal) => signal.workspaceId ?? null),
        signals.map((signal) => signal.accountId ?? null),
        signals.map((signal) => signal.targetId ?? null),
        signals.map((signal) => signal.source),
        signals.map((signal) => signal.verdict),
        signals.map((signal) => signal.errorClass ?? null),
        signals.map((signal) => (signal.latencyMs === undefined ? null : Math.round(signal.latencyMs))),
      ],
      tx,
    );
  }

  async prepareDays(): Promise<void> {
    // Rows that found no day of their own would stand against its partition: such a day stays where it is.
    const missing = await this.database.rows<Day>(
      `select to_char(day, 'YYYYMMDD') as name, day::text as "from", (day + interval '1 day')::text as "to"
         from generate_series(date_trunc('day', now(), 'UTC'), date_trunc('day', now(), 'UTC') + $1 * interval '1 day',
                              interval '1 day') day
        where to_regclass('signal_' || to_char(day, 'YYYYMMDD')) is null
          and not exists (select 1 from signal_rest where at >= day and at < day + interval '1 day')`,
      [DAYS_AHEAD],
    );
    for (const { name, from, to } of missing)
      await this.database.affected(
        `create table if not exists signal_${name} partition of signal for values from ('${from}') to ('${to}')`,
      );
  }

  async purge(olderThanMs: number): Promise<number> {
    // What the assessment has not seen yet stays, however old: it may have been away for long.
    const deleted = await this.database.affected(
      `delete from signal_rest s using health_cursor c
        where s.at < statement_timestamp() - $1 * interval '1 ms' and (s.xid, s.id) <= (c.last_xid, c.last_id)`,
      [olderThanMs],
    );
    const days = await this.database.rows<{ name: string }>(
      `select c.relname as name
         from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'signal'::regclass and c.relname ~ '^signal_[0-9]{8}$'
          and (to_timestamp(right(c.relname, 8), 'YYYYMMDD') at time zone 'UTC') + interval '1 day'
              < (statement_timestamp() - $1 * interval '1 ms') at time zone 'UTC'`,
      [olderThanMs],
    );
    let dropped = 0;
    for (const { name } of days) dropped += await this.dropDay(name);
    return deleted + dropped;
  }

  private async dropDay(name: string): Promise<number> {
    const row = await this.database.row<{ count: number; unseen: boolean }>(
      `select count(*)::int as count, coalesce(bool_or((s.xid, s.id) > (c.last_xid, c.last_id)), false) as unseen
         from ${name} s, health_cursor c`,
    );
    if (!row || row.unseen) return 0;
    await this.database.affected(`drop table ${name}`);
    return row.count;
  }
}
