import type { OnApplicationShutdown } from '@nestjs/common';
import type { MailTransport } from '../../../infra/mail/mail-transport.js';
import type { PlatformHttp } from '../../../platforms/index.js';
import type { WebhookMessages } from '../../../workspaces/index.js';
import type { Sending } from '../../domain/notifications/ledger.port.js';
import type { Message } from '../../domain/notifications/message.js';
import { Messenger } from '../../domain/notifications/messenger.port.js';
import type { SendResult } from '../../domain/notifications/send.policy.js';
import { DiscordMessenger } from './discord-messenger.js';
import { MailMessenger, type MailSender } from './mail-messenger.js';
import { TelegramMessenger } from './telegram-messenger.js';
import { WebhookMessenger } from './webhook-messenger.js';

/** What the ways out are made of. */
export interface MessengerParts {
  readonly transport: MailTransport;
  readonly sender: MailSender;
  readonly http: PlatformHttp;
  readonly webhooks: WebhookMessages;
  readonly discordApiUrl: string;
  readonly telegramApiUrl: string;
  readonly publicUrl: () => string;
}

/** Every way out, by where the channel leads. */
export class Messengers extends Messenger implements OnApplicationShutdown {
  private readonly mails: MailMessenger;
  private readonly discord: DiscordMessenger;
  private readonly telegram: TelegramMessenger;
  private readonly webhook: WebhookMessenger;

  constructor(private readonly parts: MessengerParts) {
    super();
    this.mails = new MailMessenger(parts.transport, parts.sender, parts.publicUrl);
    this.discord = new DiscordMessenger(parts.http, parts.discordApiUrl);
    this.telegram = new TelegramMessenger(parts.http, parts.telegramApiUrl);
    this.webhook = new WebhookMessenger(parts.webhooks);
  }

  override get canMail(): boolean {
    return this.mails.canMail;
  }

  send(sending: Sending, message: Message): Promise<SendResult> {
    const { kind, destination } = sending;
    if (kind === 'webhook') return this.webhook.send(sending, message);
    switch (destination?.kind) {
      case 'email':
        return this.mails.send(destination.address, message, sending.id, sending.channelName);
      case 'discord':
        return this.discord.send(destination, message);
      case 'telegram':
        return this.telegram.send(destination, message);
      case undefined:
        return Promise.resolve(CANNOT_OPEN);
    }
  }

  mail(to: string, message: Message, name: string): Promise<SendResult> {
    return this.mails.send(to, message, name);
  }

  async onApplicationShutdown(): Promise<void> {
    this.parts.transport.onApplicationShutdown();
    await this.parts.http.close();
  }
}

const CANNOT_OPEN: SendResult = {
  kind: 'not_sent',
  lasting: 'permanent',
  detail: 'Our server cannot open where this channel leads: the key that sealed it is gone. Give the address again.',
};
