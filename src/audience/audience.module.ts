import { Module } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { MailTransport } from '../infra/mail/mail-transport.js';
import { ProviderObservations } from '../infra/providers/provider-observations.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { BroadcastComposers } from './application/broadcast-composers.js';
import { BroadcastScenes } from './application/broadcast-scenes.js';
import { ChangeSubscription } from './application/change-subscription.js';
import { DraftNotices } from './application/draft-notices.js';
import { EditBroadcast } from './application/edit-broadcast.js';
import { PreviewBroadcast } from './application/preview-broadcast.js';
import { SendBroadcasts } from './application/send-broadcasts.js';
import { SendConfirmation } from './application/send-confirmation.js';
import { SignUpSubscribers } from './application/sign-up-subscribers.js';
import { StartBroadcast } from './application/start-broadcast.js';
import { StartDueNotices } from './application/start-due-notices.js';
import { SubscribePublicly } from './application/subscribe-publicly.js';
import { AddressKeys } from './domain/address-keys.js';
import { audienceTiming } from './domain/audience.timing.js';
import { BlackoutPlans } from './domain/blackout-plan.port.js';
import { Broadcasts, Notices } from './domain/broadcasts.port.js';
import { ConfirmationQueue } from './domain/confirmation-queue.port.js';
import { ConsentLedger } from './domain/consent-ledger.port.js';
import { IncidentReader } from './domain/incident-reader.port.js';
import { mailIdentity } from './domain/mail-identity.js';
import { MailSettings } from './domain/mail-settings.js';
import { Mailer } from './domain/mailer.port.js';
import { Recipients } from './domain/recipients.port.js';
import { Subscribers } from './domain/subscribers.port.js';
import { Templates } from './domain/template.port.js';
import { BroadcastSendingController } from './http/broadcast-sending.controller.js';
import { BroadcastsController } from './http/broadcasts.controller.js';
import { SubscribersController } from './http/subscribers.controller.js';
import { SubscriptionsController } from './http/subscriptions.controller.js';
import { BossConfirmationQueue } from './infrastructure/boss-confirmation-queue.js';
import { BlackoutPlansRepository } from './infrastructure/blackout-plans.repository.js';
import { BroadcastsRepository } from './infrastructure/broadcasts.repository.js';
import { ConsentLedgerRepository } from './infrastructure/consent-ledger.repository.js';
import { IncidentReaderRepository } from './infrastructure/incident-reader.repository.js';
import { LiquidTemplates } from './infrastructure/liquid-templates.js';
import { NoticesRepository } from './infrastructure/notices.repository.js';
import { RecipientsRepository } from './infrastructure/recipients.repository.js';
import { SmtpMailer } from './infrastructure/smtp-mailer.js';
import { SubscribersRepository } from './infrastructure/subscribers.repository.js';
import { ConfirmationJob } from './jobs/confirmation.job.js';
import { NoticesJob } from './jobs/notices.job.js';
import { SendBroadcastsJob } from './jobs/send-broadcasts.job.js';

const settingsOf = (config: AppConfig): MailSettings =>
  new MailSettings(() => mailIdentity(config.env.MAIL_FROM, config.publicUrl), audienceTiming(config.env.TIME_SCALE));

@Module({
  imports: [WorkspacesModule],
  controllers: [SubscriptionsController, SubscribersController, BroadcastsController, BroadcastSendingController],
  providers: [
    {
      provide: MailTransport,
      inject: [AppConfig, ProviderObservations],
      useFactory: ({ env }: AppConfig, observations: ProviderObservations) =>
        new MailTransport(env.SMTP_URL, undefined, observations),
    },
    { provide: MailSettings, inject: [AppConfig], useFactory: settingsOf },
    {
      provide: AddressKeys,
      inject: [SecretBox],
      useFactory: (box: SecretBox) => new AddressKeys(box.derivedKey('audience')),
    },
    { provide: Mailer, useClass: SmtpMailer },
    { provide: Templates, useClass: LiquidTemplates },
    { provide: Subscribers, useClass: SubscribersRepository },
    { provide: ConsentLedger, useClass: ConsentLedgerRepository },
    { provide: ConfirmationQueue, useClass: BossConfirmationQueue },
    { provide: BlackoutPlans, useClass: BlackoutPlansRepository },
    { provide: Broadcasts, useClass: BroadcastsRepository },
    { provide: Notices, useClass: NoticesRepository },
    { provide: Recipients, useClass: RecipientsRepository },
    { provide: IncidentReader, useClass: IncidentReaderRepository },
    SignUpSubscribers,
    SubscribePublicly,
    SendConfirmation,
    ChangeSubscription,
    BroadcastScenes,
    BroadcastComposers,
    PreviewBroadcast,
    EditBroadcast,
    StartBroadcast,
    SendBroadcasts,
    DraftNotices,
    StartDueNotices,
    ConfirmationJob,
    SendBroadcastsJob,
    NoticesJob,
  ],
  exports: [BlackoutPlans, SignUpSubscribers, EditBroadcast, StartBroadcast],
})
export class AudienceModule {}
