import { Injectable } from '@nestjs/common';
import { type QuotaAsk, type QuotaReservation, Quotas } from '../../../accounts/index.js';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';

const KEEP = `
  update attempt a set quota_windows = w.windows::bigint[]
    from unnest($1::uuid[], $2::text[]) as w (id, windows) where a.id = w.id`;

/** Empties the attempts, so that nothing is given back twice. */
const EMPTY = `
  with held as (
    select id, quota_windows from attempt where id = any($1::uuid[]) and quota_windows is not null for update
  ), emptied as (
    update attempt a set quota_windows = null from held h where a.id = h.id
  )
  select unnest(quota_windows)::text as id from held`;

/** Places in the quotas, held by attempts: taken when armed, given back when the try certainly sent nothing. */
@Injectable()
export class AttemptQuotas {
  constructor(
    private readonly database: Database,
    private readonly quotas: Quotas,
  ) {}

  /** @param asks their keys are the attempts' ids, earliest right first; the attempts are this transaction's own */
  async reserve(asks: readonly QuotaAsk[], tx: Tx): Promise<ReadonlyMap<string, QuotaReservation>> {
    if (asks.length === 0) return new Map();
    const answers = await this.quotas.reserve(asks, tx);
    const counted = [...answers].flatMap(([id, answer]) =>
      answer.kind === 'reserved' && answer.windowIds.length > 0
        ? [{ id, windows: `{${answer.windowIds.join()}}` }]
        : [],
    );
    if (counted.length > 0)
      await this.database.affected(KEEP, [counted.map(({ id }) => id), counted.map(({ windows }) => windows)], tx);
    return answers;
  }

  /** Gives back what these attempts hold; nothing when they hold nothing. */
  async release(attemptIds: readonly string[], tx: Tx): Promise<void> {
    if (attemptIds.length === 0) return;
    const windows = await this.database.rows<{ id: string }>(EMPTY, [attemptIds], tx);
    await this.quotas.release(
      windows.map(({ id }) => id),
      tx,
    );
  }
}
