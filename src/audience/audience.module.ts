import { Module } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { BroadcastScenes } from './application/broadcast-scenes.js';
import { ChangeSubscription } from './application/change-subscription.js';
import { EditBroadcast } from './application/edit-broadcast.js';
import { SendConfirmation } from './application/send-confirmation.js';
import { SignUpSubscribers } from './application/sign-up-subscribers.js';
import { StartBroadcast } from './application/start-broadcast.js';
import { SubscribePublicly } from './application/subscribe-publicly.js';
import { AddressKeys } from './domain/address-keys.js';
import { audienceTiming } from './domain/audience.timing.js';
import { BlackoutPlans } from './domain/notices/blackout-plan.port.js';
import { ConfirmationQueue } from './domain/confirmation-queue.port.js';
import { ConsentLedger } from './domain/consent-ledger.port.js';
import { mailIdentity } from './domain/mail-identity.js';
import { MailSettings } from './domain/mail-settings.js';
import { Subscribers } from './domain/subscribers.port.js';
import { SubscribersController } from './http/subscribers.controller.js';
import { SubscriptionsController } from './http/subscriptions.controller.js';
import { BossConfirmationQueue } from './infrastructure/boss-confirmation-queue.js';
import { ConsentLedgerRepository } from './infrastructure/consent-ledger.repository.js';
import { SubscribersRepository } from './infrastructure/subscribers.repository.js';
import { ConfirmationJob } from './jobs/confirmation.job.js';
import { bounceControllers, bounceProviders } from './bounces.config.js';
import { listControllers, listProviders } from './lists.config.js';
import { newsletterControllers, newsletterProviders } from './newsletters.config.js';
import { noticeControllers, noticeProviders } from './notices.config.js';
import { smsControllers, smsProviders } from './sms.config.js';
import { sendingControllers, sendingProviders } from './sending.config.js';

const settingsOf = (config: AppConfig): MailSettings =>
  new MailSettings(() => mailIdentity(config.env.MAIL_FROM, config.publicUrl), audienceTiming(config.env.TIME_SCALE));

@Module({
  imports: [WorkspacesModule],
  controllers: [
    ...listControllers,
    SubscriptionsController,
    SubscribersController,
    ...sendingControllers,
    ...noticeControllers,
    ...smsControllers,
    ...newsletterControllers,
    ...bounceControllers,
  ],
  providers: [
    ...sendingProviders,
    { provide: MailSettings, inject: [AppConfig], useFactory: settingsOf },
    {
      provide: AddressKeys,
      inject: [SecretBox],
      useFactory: (box: SecretBox) => new AddressKeys(box.derivedKey('audience')),
    },
    { provide: Subscribers, useClass: SubscribersRepository },
    { provide: ConsentLedger, useClass: ConsentLedgerRepository },
    { provide: ConfirmationQueue, useClass: BossConfirmationQueue },
    SignUpSubscribers,
    SubscribePublicly,
    SendConfirmation,
    ChangeSubscription,
    BroadcastScenes,
    ConfirmationJob,
    ...listProviders,
    ...noticeProviders,
    ...smsProviders,
    ...newsletterProviders,
    ...bounceProviders,
  ],
  exports: [BlackoutPlans, SignUpSubscribers, EditBroadcast, StartBroadcast],
})
export class AudienceModule {}
