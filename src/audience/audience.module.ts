import { Module } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { BroadcastScenes } from './application/sending/broadcast-scenes.js';
import { ChangeSubscription } from './application/lists/change-subscription.js';
import { EditBroadcast } from './application/sending/edit-broadcast.js';
import { SendConfirmation } from './application/lists/send-confirmation.js';
import { SignUpSubscribers } from './application/lists/sign-up-subscribers.js';
import { StartBroadcast } from './application/sending/start-broadcast.js';
import { SubscribePublicly } from './application/lists/subscribe-publicly.js';
import { AddressKeys } from './domain/lists/address-keys.js';
import { audienceTiming } from './domain/audience.timing.js';
import { BlackoutPlans } from './domain/notices/blackout-plan.port.js';
import { ConfirmationQueue } from './domain/lists/confirmation-queue.port.js';
import { ConsentLedger } from './domain/lists/consent-ledger.port.js';
import { mailIdentity } from './domain/sending/mail-identity.js';
import { MailSettings } from './domain/sending/mail-settings.js';
import { Subscribers } from './domain/lists/subscribers.port.js';
import { SubscribersController } from './http/lists/subscribers.controller.js';
import { SubscriptionsController } from './http/lists/subscriptions.controller.js';
import { BossConfirmationQueue } from './infrastructure/lists/boss-confirmation-queue.js';
import { ConsentLedgerRepository } from './infrastructure/lists/consent-ledger.repository.js';
import { SubscribersRepository } from './infrastructure/lists/subscribers.repository.js';
import { ConfirmationJob } from './jobs/lists/confirmation.job.js';
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
