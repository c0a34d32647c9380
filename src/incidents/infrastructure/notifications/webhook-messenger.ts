import { DomainError } from '../../../kernel/domain-error.js';
import { derivedId } from '../../../kernel/ids.js';
import type { WebhookMessages } from '../../../workspaces/index.js';
import type { Sending } from '../../domain/notifications/ledger.port.js';
import type { Message } from '../../domain/notifications/message.js';
import type { SendResult } from '../../domain/notifications/send.policy.js';

/**
 * Hands a message over to a webhook of the workspace, whose own log tells what the receiver answered: signing, retries
 * and switching off are done there, once for the whole product.
 */
export class WebhookMessenger {
  constructor(private readonly webhooks: WebhookMessages) {}

  async send(sending: Sending, message: Message): Promise<SendResult> {
    const { id, channelId, workspaceId, webhookId, family, severity, count, intentAt } = sending;
    const messageId = `notification-${id}`;
    const data = { notificationId: id, channelId, family, severity, count, ...message };
    const body = JSON.stringify({ id: messageId, type: 'notification', timestamp: intentAt.toISOString(), data });
    const deliveryId = derivedId('notification', id);
    try {
      const to = { workspaceId, webhookId: webhookId ?? '' };
      await this.webhooks.send(to, deliveryId, { messageId, type: 'notification', body });
      return { kind: 'delivered', detail: `Handed over to the webhook as delivery ${deliveryId}; its log tells more.` };
    } catch (error) {
      if (error instanceof DomainError)
        return { kind: 'not_sent', lasting: 'permanent', detail: error.message, code: error.code };
      return { kind: 'not_sent', lasting: 'temporary', detail: 'Our database did not take it.' };
    }
  }
}
