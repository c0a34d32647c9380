import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { isDisabled } from '../../domain/webhooks/webhook.js';
import { Deliveries, type TestMessage, Webhooks } from '../../domain/webhooks/webhooks.port.js';

/** Messages of other rooms to one webhook: signed, retried and logged as events are, whatever events it asks for. */
@Injectable()
export class WebhookMessages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
  ) {}

  /** @throws DomainError `webhook.not_found` */
  async assertExists(workspaceId: string, webhookId: string): Promise<void> {
    if (!(await this.webhooks.find(workspaceId, webhookId))) throw notFound('webhook', webhookId);
  }

  /**
   * Puts a message on its way.
   * @param deliveryId the same one adds nothing a second time
   * @throws DomainError `webhook.not_found`, `webhook.disabled`
   */
  send(
    { workspaceId, webhookId }: { readonly workspaceId: string; readonly webhookId: string },
    deliveryId: string,
    message: TestMessage,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const webhook = await this.webhooks.find(workspaceId, webhookId, tx);
      if (!webhook) throw notFound('webhook', webhookId);
      if (webhook.disabledAt) throw isDisabled();
      await this.deliveries.addOnce(webhook, deliveryId, message, tx);
    });
  }
}
