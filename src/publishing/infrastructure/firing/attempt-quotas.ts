import { Injectable } from '@nestjs/common';
import { type QuotaAsk, type QuotaReservation, Quotas } from '../../../accounts/index.js';
import { Database } from '../../../infra/database/database.js';
import type { Tx } from '../../../kernel/transaction.js';

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

  /** Takes places, earliest right first; the attempts keep the windows' ids. */
  reserve(asks: readonly QuotaAsk[], tx: Tx): Promise<ReadonlyMap<string, QuotaReservation>> {
    return asks.length === 0 ? Promise.resolve(new Map()) : this.quotas.reserve(asks, tx);
  }

  /** Gives back what this transaction took for attempts that were not written. */
  giveBack(windowIds: readonly string[], tx: Tx): Promise<void> {
    return windowIds.length === 0 ? Promise.resolve() : this.quotas.release(windowIds, tx);
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
