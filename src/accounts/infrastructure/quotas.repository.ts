import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Tx } from '../../kernel/transaction.js';
import { PUBLISH_QUOTAS, type QuotaWindow, windowsOf } from '../domain/quota.policy.js';
import { type QuotaHolder, type QuotaReservation, Quotas, type QuotaUse } from '../domain/quotas.port.js';

@Injectable()
export class QuotasRepository extends Quotas {
  constructor(private readonly database: Database) {
    super();
  }

  async reserve(holder: QuotaHolder, at: Date, tx: Tx): Promise<QuotaReservation> {
    const taken: QuotaWindow[] = [];
    for (const window of windowsOf(PUBLISH_QUOTAS, holder, at)) {
      if (await this.take(window, tx)) {
        taken.push(window);
        continue;
      }
      for (const earlier of taken) await this.giveBack(earlier, tx);
      return { kind: 'exhausted', scope: window.scope, resetsAt: window.resetsAt };
    }
    return { kind: 'reserved' };
  }

  async release(holder: QuotaHolder, at: Date, tx: Tx): Promise<void> {
    for (const window of windowsOf(PUBLISH_QUOTAS, holder, at)) await this.giveBack(window, tx);
  }

  async usage(holder: QuotaHolder, now: Date): Promise<QuotaUse[]> {
    const windows = windowsOf(PUBLISH_QUOTAS, holder, now);
    const rows = await this.database.rows<{ scope: string; kind: string; used: number }>(
      `select q.scope, q.kind, q.used
         from quota_window q
         join unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) as w (scope, scope_id, kind, window_start)
           on (q.scope, q.scope_id, q.kind, q.window_start) = (w.scope, w.scope_id, w.kind, w.window_start)`,
      [
        windows.map(({ scope }) => scope),
        windows.map(({ scopeId }) => scopeId),
        windows.map(({ kind }) => kind),
        windows.map(({ windowStart }) => windowStart),
      ],
    );
    return windows.map(({ scope, kind, limit, resetsAt }) => {
      const row = rows.find((one) => one.scope === scope && one.kind === kind);
      return { scope, kind, limit, resetsAt, used: row?.used ?? 0 };
    });
  }

  private async take(window: QuotaWindow, tx: Tx): Promise<boolean> {
    const taken = await this.database.affected(
      `insert into quota_window as q (scope, scope_id, kind, window_start, used, limit_n, resets_at)
       values ($1, $2, $3, $4, 1, $5, $6)
       on conflict (scope, scope_id, kind, window_start) do update
         set used = q.used + 1, limit_n = excluded.limit_n where q.used < excluded.limit_n`,
      [...keyOf(window), window.limit, window.resetsAt],
      tx,
    );
    return taken === 1;
  }

  private async giveBack(window: QuotaWindow, tx: Tx): Promise<void> {
    await this.database.affected(
      `update quota_window set used = used - 1
        where scope = $1 and scope_id = $2 and kind = $3 and window_start = $4 and used > 0`,
      keyOf(window),
      tx,
    );
  }
}

const keyOf = ({ scope, scopeId, kind, windowStart }: QuotaWindow): unknown[] => [scope, scopeId, kind, windowStart];
