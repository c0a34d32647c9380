import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Signal } from '../domain/signal.js';
import { SignalRecorder } from '../domain/signal-recorder.port.js';

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

  purge(olderThanMs: number): Promise<number> {
    // What the assessment has not seen yet stays, however old: it may have been away for long.
    return this.database.affected(
      `delete from signal s using health_cursor c
        where s.at < statement_timestamp() - $1 * interval '1 ms' and (s.xid, s.id) <= (c.last_xid, c.last_id)`,
      [olderThanMs],
    );
  }
}
