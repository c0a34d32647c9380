import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId, type WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { RECIPIENT_STATES, type RecipientCounts, type RecipientState } from '../../domain/sending/broadcast.js';
import {
  type HandOver,
  type NewSms,
  type SmsClaim,
  type SmsFilter,
  SmsLedger,
  type SmsRow,
  type SmsVerdict,
} from '../../domain/sms/sms-ledger.port.js';
import { SMS_RECEIPTS, type SmsReceiptState } from '../../domain/sms/sms-receipt.js';
import * as sql from './sms-ledger.sql.js';

@Injectable()
export class SmsLedgerRepository extends SmsLedger {
  constructor(private readonly database: Database) {
    super();
  }

  async insert(rows: readonly NewSms[], tx: Tx): Promise<number> {
    if (rows.length === 0) return 0;
    const json = rows.map(({ phoneHmac, ...row }) => ({ id: newId(), ...row, hmac: phoneHmac.toString('hex') }));
    const written = await this.database.rows<{ state: RecipientState }>(sql.INSERT, [JSON.stringify(json)], tx);
    return written.filter(({ state }) => state === 'pending').length;
  }

  async reapGone(goneAfterMs: number): Promise<void> {
    await this.database.affected(sql.REAP_HANDED, [goneAfterMs]);
    await this.database.affected(sql.REAP_CLAIMED, [goneAfterMs]);
  }

  async claim(workerId: string, limit: number): Promise<{ claims: SmsClaim[]; moved: number }> {
    const rows = await this.database.rows<SmsClaim & { state: RecipientState }>(sql.CLAIM, [workerId, limit]);
    return { claims: rows.filter(({ state }) => state === 'claimed'), moved: rows.length };
  }

  /** Money first, under the lock of its row; a text that does not go gives it back in the same transaction. */
  handOver({ id, fence, workspaceId, costMicros }: SmsClaim, maxPerDayMicros: number): Promise<HandOver> {
    return this.database.run(async (tx) => {
      const spent = await this.database.rows(sql.SPEND, [workspaceId, costMicros, maxPerDayMicros], tx);
      if (spent.length === 0) return 'over_day_cap';
      const row = await this.database.row<{ state: RecipientState }>(sql.HAND_OVER, [id, fence], tx);
      if (row?.state === 'handed') return 'handed';
      await this.database.affected(
        `update sms_spend set micros = micros - $2
          where workspace_id = $1 and day = (clock_timestamp() at time zone 'UTC')::date`,
        [workspaceId, costMicros],
        tx,
      );
      return 'not_ours';
    });
  }

  record({ id, fence, costMicros }: SmsClaim, verdict: SmsVerdict, refund: boolean): Promise<void> {
    const { state, reply, providerId, nextTryAfterMs } = verdict;
    const outcome = [state, reply, providerId ?? null, nextTryAfterMs ?? null];
    return this.database.run(async (tx) => {
      const changed = await this.database.affected(sql.RECORD, [id, fence, ...outcome], tx);
      if (changed > 0 && refund) await this.database.affected(sql.REFUND, [id, costMicros], tx);
    });
  }

  async release(claims: readonly SmsClaim[], until: Date): Promise<void> {
    const ids = claims.map(({ id }) => id);
    await this.database.affected(sql.RELEASE, [ids, claims.map(({ fence }) => fence), until]);
  }

  applyReceipt(
    id: string,
    { providerId, state, code }: { providerId: string; state: SmsReceiptState; code: string | undefined },
    tx: Tx,
  ): Promise<{ workspaceId: WorkspaceId; phoneHmac: Buffer } | undefined> {
    return this.database.row(sql.RECEIPT, [id, providerId, state, code ?? null, [...SMS_RECEIPTS]], tx);
  }

  async counts(workspaceId: WorkspaceId, broadcastId: string, tx?: Tx): Promise<RecipientCounts> {
    const rows = await this.database.rows<{ state: RecipientState; count: number }>(
      `select state, count(*)::int as count from sms_message where workspace_id = $1 and broadcast_id = $2
        group by state`,
      [workspaceId, broadcastId],
      tx,
    );
    const none = Object.fromEntries(RECIPIENT_STATES.map((state) => [state, 0])) as Record<RecipientState, number>;
    return rows.reduce((counts, { state, count }) => ({ ...counts, [state]: count }), none);
  }

  async spentToday(workspaceId: WorkspaceId): Promise<number> {
    const row = await this.database.row<{ micros: number }>(
      `select micros::float8 as micros from sms_spend
        where workspace_id = $1 and day = (clock_timestamp() at time zone 'UTC')::date`,
      [workspaceId],
    );
    return row?.micros ?? 0;
  }

  list(workspaceId: WorkspaceId, broadcastId: string, { state, limit, after }: SmsFilter): Promise<SmsRow[]> {
    const place = [state ?? null, after?.at ?? null, after?.id ?? null, limit];
    return this.database.rows(sql.LIST, [workspaceId, broadcastId, ...place]);
  }

  async wasHeard(messageId: string): Promise<boolean> {
    return (await this.database.rows('select 1 from sms_heard where message_id = $1', [messageId])).length > 0;
  }

  async noteHeard(messageId: string, workspaceId: WorkspaceId, keyword: string | null): Promise<void> {
    await this.database.affected(
      `insert into sms_heard (message_id, workspace_id, keyword) values ($1, $2, $3) on conflict do nothing`,
      [messageId, workspaceId, keyword],
    );
  }
}
