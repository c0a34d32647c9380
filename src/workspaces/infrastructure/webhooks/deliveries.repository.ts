import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Delivery, DeliveryState, Webhook } from '../../domain/webhooks/webhook.js';
import { Deliveries, type ListPlace, type TestMessage } from '../../domain/webhooks/webhooks.port.js';

const SHOWN = `id, webhook_id as "webhookId", message_id as "messageId", type, state, tries, next_at as "nextAt", code,
  error, duration_ms as "durationMs", last_try_at as "lastTryAt", created_at as "createdAt"`;

@Injectable()
export class DeliveriesRepository extends Deliveries {
  constructor(private readonly database: Database) {
    super();
  }

  list(
    webhook: Webhook,
    { limit, after }: ListPlace,
    state?: DeliveryState,
  ): Promise<(Delivery & { readonly at: string })[]> {
    return this.database.rows(
      `select ${SHOWN}, created_at::text as at from webhook_delivery
        where workspace_id = $6 and webhook_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
          and ($4::text is null or state = $4)
        order by created_at desc, id desc limit $5`,
      [webhook.id, after?.at ?? null, after?.id ?? null, state ?? null, limit, webhook.workspaceId],
    );
  }

  find(webhook: Webhook, id: string, tx?: Tx): Promise<(Delivery & { readonly body: string }) | undefined> {
    return this.database.row(
      `select ${SHOWN}, body from webhook_delivery where workspace_id = $3 and webhook_id = $1 and id = $2`,
      [webhook.id, id, webhook.workspaceId],
      tx,
    );
  }

  replay(webhook: Webhook, id: string, tx: Tx): Promise<Delivery | undefined> {
    return this.database.row<Delivery>(
      `update webhook_delivery set state = 'waiting', tries = 0, next_at = now()
        where workspace_id = $3 and webhook_id = $1 and id = $2 returning ${SHOWN}`,
      [webhook.id, id, webhook.workspaceId],
      tx,
    );
  }

  async add(webhook: Webhook, { messageId, type, body }: TestMessage, tx: Tx): Promise<Delivery> {
    const row = await this.database.row<Delivery>(
      `insert into webhook_delivery (id, workspace_id, webhook_id, message_id, type, body)
       values ($1, $2, $3, $4, $5, $6) returning ${SHOWN}`,
      [newId(), webhook.workspaceId, webhook.id, messageId, type, body],
      tx,
    );
    return row as Delivery;
  }

  async addOnce(webhook: Webhook, id: string, { messageId, type, body }: TestMessage, tx: Tx): Promise<void> {
    await this.database.affected(
      `insert into webhook_delivery (id, workspace_id, webhook_id, message_id, type, body)
       values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing`,
      [id, webhook.workspaceId, webhook.id, messageId, type, body],
      tx,
    );
  }
}
