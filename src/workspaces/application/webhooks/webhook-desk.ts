import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { notFound } from '../../../kernel/domain-error.js';
import { newId } from '../../../kernel/ids.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import { AuditLog } from '../../domain/audit-log.port.js';
import {
  type Delivery,
  isDisabled,
  MAX_WEBHOOKS,
  tooManyWebhooks,
  type Webhook,
} from '../../domain/webhooks/webhook.js';
import { newWebhookSecret } from '../../domain/webhooks/webhook-signature.js';
import { Deliveries, Webhooks } from '../../domain/webhooks/webhooks.port.js';

/** Who changes webhooks. */
export interface WebhookOwner {
  readonly workspaceId: string;
  readonly actor: string;
}

export interface WebhookFields {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly events?: readonly string[] | undefined;
}

/** Creates and changes webhooks; every deed is in the audit log, no secret is. */
@Injectable()
export class WebhookDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** @param fields `url` was judged before. @throws DomainError `webhook.too_many` */
  async create(
    owner: WebhookOwner,
    fields: WebhookFields & { readonly url: string },
    tx: Tx,
  ): Promise<{ webhook: Webhook; secret: string }> {
    const { workspaceId } = owner;
    if ((await this.webhooks.countUnderLock(workspaceId, tx)) >= MAX_WEBHOOKS) throw tooManyWebhooks();
    const secret = newWebhookSecret(randomBytes);
    const { url, description = '', events = [] } = fields;
    const webhook = await this.webhooks.insert({ id: newId(), workspaceId, url, description, events, secret }, tx);
    await this.note(owner, webhook, 'created', tx);
    return { webhook, secret };
  }

  /** @throws DomainError `webhook.not_found` */
  async get(workspaceId: string, id: string, tx?: Tx): Promise<Webhook> {
    const webhook = await this.webhooks.find(workspaceId, id, tx);
    if (!webhook) throw notFound('webhook', id);
    return webhook;
  }

  /** @throws DomainError `webhook.not_found` */
  change(owner: WebhookOwner, id: string, change: WebhookFields & { enabled?: boolean | undefined }): Promise<Webhook> {
    return this.unitOfWork.run(async (tx) => {
      const webhook = await this.webhooks.change(await this.get(owner.workspaceId, id, tx), change, tx);
      await this.note(owner, webhook, 'changed', tx);
      return webhook;
    });
  }

  /** @throws DomainError `webhook.not_found` */
  async rotate(
    owner: WebhookOwner,
    id: string,
    overlapMs: number,
    tx: Tx,
  ): Promise<{ webhook: Webhook; secret: string }> {
    const secret = newWebhookSecret(randomBytes);
    const webhook = await this.webhooks.rotate(await this.get(owner.workspaceId, id, tx), secret, overlapMs, tx);
    await this.note(owner, webhook, 'secret_rotated', tx);
    return { webhook, secret };
  }

  /** @throws DomainError `webhook.not_found` */
  delete(owner: WebhookOwner, id: string): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const webhook = await this.get(owner.workspaceId, id, tx);
      await this.webhooks.delete(owner.workspaceId, id, tx);
      await this.note(owner, webhook, 'deleted', tx);
    });
  }

  /** A message of type `webhook.test`, on its way as events are. @throws DomainError `webhook.disabled` */
  async test(workspaceId: string, id: string, tx: Tx): Promise<Delivery> {
    const webhook = await this.get(workspaceId, id, tx);
    if (webhook.disabledAt) throw isDisabled();
    const messageId = `test-${newId()}`;
    const timestamp = this.clock.now().toISOString();
    const body = JSON.stringify({ id: messageId, type: 'webhook.test', timestamp, data: { webhookId: id } });
    return this.deliveries.add(webhook, { messageId, type: 'webhook.test', body }, tx);
  }

  /** @throws DomainError `webhook.not_found`, `webhook_delivery.not_found`, `webhook.disabled` */
  async replay(workspaceId: string, id: string, deliveryId: string, tx: Tx): Promise<Delivery> {
    const webhook = await this.get(workspaceId, id, tx);
    if (webhook.disabledAt) throw isDisabled();
    const delivery = await this.deliveries.replay(webhook, deliveryId, tx);
    if (!delivery) throw notFound('webhook_delivery', deliveryId);
    return delivery;
  }

  private note({ workspaceId, actor }: WebhookOwner, webhook: Webhook, what: string, tx: Tx): Promise<void> {
    const { id: subjectId, url, events, disabledReason } = webhook;
    const detail = { url, events, disabledReason };
    return this.audit.append({ workspaceId, actor, action: `webhook.${what}`, subjectId, detail }, tx);
  }
}
