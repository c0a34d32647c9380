import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { Channels, type Viewer } from '../../domain/notifications/channels.port.js';
import { Ledger, type Sending } from '../../domain/notifications/ledger.port.js';
import { links, type Message, messageOf } from '../../domain/notifications/message.js';
import { switchedOff, testTooSoon, unverified } from '../../domain/notifications/notifications.errors.js';
import { NotificationSettings } from '../../notification-settings.js';
import { type EndedSend, SendNotification } from './send-notification.js';

const TEST_SPACING_MS = 10 * SECOND_MS;

/** Sends a test message now, in the request, and tells what came back. Quiet hours do not hold for it. */
@Injectable()
export class TestChannel {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly channels: Channels,
    private readonly ledger: Ledger,
    private readonly send: SendNotification,
    private readonly settings: NotificationSettings,
  ) {}

  /** @throws DomainError `notification_channel.not_found`, `.unverified`, `.disabled`, `.test_too_soon` */
  async execute(viewer: Viewer, id: string): Promise<EndedSend & { readonly sending: Sending }> {
    const sending = await this.unitOfWork.run(async (tx) => {
      const channel = await this.channels.find(viewer, id, tx);
      if (!channel) throw notFound('notification_channel', id);
      if (!channel.verifiedAt) throw unverified();
      if (channel.disabledAt) throw switchedOff();
      const begun = await this.ledger.beginTest(channel, testMessage(channel.name, this.settings), TEST_SPACING_MS, tx);
      if (!begun) throw testTooSoon();
      return begun;
    });
    return { sending, ...(await this.send.execute(sending, 0)) };
  }
}

const testMessage = (name: string, { publicUrl }: NotificationSettings): Message =>
  messageOf(
    'Test message of Perennial',
    [
      `This is a test of the notification channel “${name}”. Nothing has happened.`,
      'You: nothing. Change what is told here, and when:',
    ],
    links.channels(publicUrl),
  );
