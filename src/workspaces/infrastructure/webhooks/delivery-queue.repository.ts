import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { MINUTE_MS } from '../../../kernel/durations.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { TryResult, Verdict } from '../../domain/webhooks/delivery.policy.js';
import type { DeliveryState, DisabledReason } from '../../domain/webhooks/webhook.js';
import { type ClaimedDelivery, DeliveryQueue, type OutgoingEvent } from '../../domain/webhooks/webhooks.port.js';
import { CLAIM, FAN_OUT, SETTLE } from './delivery.sql.js';
import { type SealedWebhook, WebhookSecrets } from './webhook-secrets.js';

/** A try that has not ended by then died with its process: it is due again. Longer than any call may take. */
const LEASE_MS = MINUTE_MS;

@Injectable()
export class DeliveryQueueRepository extends DeliveryQueue {
  private readonly logger = new Logger('Webhooks');

  constructor(
    private readonly database: Database,
    private readonly secrets: WebhookSecrets,
  ) {
    super();
  }

  async skipWithoutWebhooks(consumer: string): Promise<boolean> {
    // One statement, one snapshot: a webhook that it does not see wants nothing that it passes over.
    const row = await this.database.row<{ isOn: boolean }>(
      `with passed as (
         update event_cursor set last_xid = pg_snapshot_xmin(pg_current_snapshot()), last_id = 0
          where consumer = (select consumer from event_cursor where consumer = $1 for update skip locked)
            and last_xid < pg_snapshot_xmin(pg_current_snapshot())
            and not exists (select 1 from webhook where disabled_at is null))
       select exists (select 1 from webhook where disabled_at is null) as "isOn"`,
      [consumer],
    );
    return row?.isOn === false;
  }

  async fanOut(events: readonly OutgoingEvent[], tx: Tx): Promise<number> {
    if (events.length === 0) return 0;
    const column = <Key extends keyof OutgoingEvent>(key: Key) => events.map((event) => event[key]);
    return this.database.affected(
      FAN_OUT,
      [column('eventId'), column('workspaceId'), column('messageId'), column('type'), column('at'), column('body')],
      tx,
    );
  }

  async claim(limit: number, perWebhook: number, busy: ReadonlyMap<string, number>): Promise<ClaimedDelivery[]> {
    const rows = await this.database.rows<Omit<ClaimedDelivery, 'secrets'> & SealedWebhook>(CLAIM, [
      limit,
      perWebhook,
      [...busy.keys()],
      [...busy.values()],
      LEASE_MS,
    ]);
    return rows.map(({ secretEnc, keyId, previousEnc, previousKeyId, ...delivery }) => ({
      ...delivery,
      secrets: this.open({ webhookId: delivery.webhookId, secretEnc, keyId, previousEnc, previousKeyId }),
    }));
  }

  async settle(claimed: ClaimedDelivery, result: TryResult, verdict: Verdict, tx: Tx): Promise<Date | undefined> {
    const state: DeliveryState = { delivered: 'delivered', again: 'waiting', given_up: 'failed', gone: 'failed' }[
      verdict.kind
    ] as DeliveryState;
    const row = await this.database.row<{ failingSince: Date | null }>(
      SETTLE,
      [
        claimed.id,
        claimed.tries,
        state,
        verdict.kind === 'again' ? verdict.inMs : 0,
        result.code ?? null,
        state === 'delivered' ? null : (result.error ?? null),
        Math.round(result.durationMs),
        claimed.webhookId,
      ],
      tx,
    );
    return row?.failingSince ?? undefined;
  }

  async disable({ webhookId }: ClaimedDelivery, reason: DisabledReason, tx: Tx): Promise<boolean> {
    const sql = `update webhook set disabled_at = now(), disabled_reason = $2 where id = $1 and disabled_at is null`;
    return (await this.database.affected(sql, [webhookId, reason], tx)) > 0;
  }

  purge(keepMs: number, limit: number): Promise<number> {
    return this.database.affected(
      `delete from webhook_delivery where id in (
         select id from webhook_delivery where created_at < now() - $1 * interval '1 ms' order by created_at limit $2)`,
      [keepMs, limit],
    );
  }

  /** Without its secret a message cannot be signed; that is told in the delivery's log. */
  private open(sealed: SealedWebhook): readonly string[] {
    try {
      return this.secrets.open(sealed);
    } catch (error) {
      this.logger.error({ err: error, webhook: sealed.webhookId }, 'A webhook secret cannot be opened');
      return [];
    }
  }
}
