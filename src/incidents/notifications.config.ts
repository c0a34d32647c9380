import type { Provider, Type } from '@nestjs/common';
import { addressIn } from '../audience/domain/sending/mail-identity.js';
import { AppConfig } from '../infra/config/app-config.js';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { MailTransport } from '../infra/mail/mail-transport.js';
import { ProviderObservations } from '../infra/providers/provider-observations.js';
import { PlatformHttp } from '../platforms/index.js';
import { WebhookMessages } from '../workspaces/index.js';
import { ChannelDesk } from './application/notifications/channel-desk.js';
import { CodeIssuer } from './application/notifications/code-issuer.js';
import { GatherChanges } from './application/notifications/gather-changes.js';
import { ReleaseMessages } from './application/notifications/release-messages.js';
import { SendNotification } from './application/notifications/send-notification.js';
import { TestChannel } from './application/notifications/test-channel.js';
import { VerifyAddress } from './application/notifications/verify-address.js';
import { Wordings } from './application/notifications/wordings.js';
import { Channels, Codes } from './domain/notifications/channels.port.js';
import { Gathering, Ledger } from './domain/notifications/ledger.port.js';
import { Messenger } from './domain/notifications/messenger.port.js';
import { notificationTiming } from './domain/notifications/notification-timing.js';
import { CodeKeys } from './domain/notifications/verification.js';
import { NotificationChannelsController } from './http/notifications/notification-channels.controller.js';
import { NotificationChecksController } from './http/notifications/notification-checks.controller.js';
import { ChannelSecrets } from './infrastructure/notifications/channel-secrets.js';
import { ChannelsRepository } from './infrastructure/notifications/channels.repository.js';
import { CodesRepository } from './infrastructure/notifications/codes.repository.js';
import { GatheringRepository } from './infrastructure/notifications/gathering.repository.js';
import { LedgerRepository } from './infrastructure/notifications/ledger.repository.js';
import { Messengers } from './infrastructure/notifications/messengers.js';
import { NotificationSender } from './jobs/notifications/notification-sender.js';
import { NotificationsJob, NotificationSteps } from './jobs/notifications/notifications.job.js';
import { NotificationSettings } from './notification-settings.js';

/** The ways out; with connections of their own, so that a flood of posts does not delay the word of it. */
const messengersOf = (config: AppConfig, webhooks: WebhookMessages, observations: ProviderObservations): Messengers => {
  const { SMTP_URL, MAIL_FROM, FETCH_ALLOW, DISCORD_API_URL, TELEGRAM_API_URL } = config.env;
  const address = addressIn(MAIL_FROM);
  const domain = address.slice(address.lastIndexOf('@') + 1) || 'localhost';
  return new Messengers({
    transport: new MailTransport(SMTP_URL, undefined, observations),
    sender: { from: MAIL_FROM, domain },
    http: new PlatformHttp({}, { allow: FETCH_ALLOW }),
    webhooks,
    discordApiUrl: DISCORD_API_URL,
    telegramApiUrl: TELEGRAM_API_URL,
    publicUrl: () => config.publicUrl,
  });
};

export const notificationProviders: Provider[] = [
  {
    provide: NotificationSettings,
    inject: [AppConfig],
    useFactory: (config: AppConfig) => {
      const { DISCORD_API_URL, TIME_SCALE } = config.env;
      return new NotificationSettings(() => config.publicUrl, DISCORD_API_URL, notificationTiming(TIME_SCALE));
    },
  },
  {
    provide: CodeKeys,
    inject: [SecretBox],
    useFactory: (box: SecretBox) => new CodeKeys(box.derivedKey('notifications')),
  },
  { provide: Messenger, inject: [AppConfig, WebhookMessages, ProviderObservations], useFactory: messengersOf },
  ChannelSecrets,
  { provide: Channels, useClass: ChannelsRepository },
  { provide: Codes, useClass: CodesRepository },
  { provide: Gathering, useClass: GatheringRepository },
  { provide: Ledger, useClass: LedgerRepository },
  Wordings,
  CodeIssuer,
  ChannelDesk,
  VerifyAddress,
  GatherChanges,
  ReleaseMessages,
  SendNotification,
  TestChannel,
  NotificationSender,
  NotificationSteps,
  NotificationsJob,
];

export const notificationControllers: Type[] = [NotificationChannelsController, NotificationChecksController];
