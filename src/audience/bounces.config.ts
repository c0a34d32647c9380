import type { Provider, Type } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { ReadMailbox } from './application/bounces/read-mailbox.js';
import { ReceiveMailEvents } from './application/bounces/receive-mail-events.js';
import { RecordDelivery } from './application/bounces/record-delivery.js';
import { TakeInboundMail } from './application/bounces/take-inbound-mail.js';
import { TraceMail } from './application/bounces/trace-mail.js';
import { BounceMailbox, MailboxPlaces } from './domain/bounces/bounce-mailbox.port.js';
import { BounceSettings } from './domain/bounces/bounce-settings.js';
import { DeliveryReports } from './domain/bounces/delivery-reports.port.js';
import { MailHookLedger } from './domain/bounces/mail-hook-ledger.port.js';
import { MailHooks } from './domain/bounces/mail-hooks.js';
import { MailOwners } from './domain/bounces/mail-owners.port.js';
import { PausedAddresses } from './domain/bounces/paused-addresses.port.js';
import { DeliveryReportsController } from './http/bounces/delivery-reports.controller.js';
import { MailHooksController } from './http/bounces/mail-hooks.controller.js';
import { DeliveryReportsRepository } from './infrastructure/bounces/delivery-reports.repository.js';
import { MailgunHook } from './infrastructure/bounces/hooks/mailgun.hook.js';
import { PostmarkHook } from './infrastructure/bounces/hooks/postmark.hook.js';
import { SendGridHook } from './infrastructure/bounces/hooks/sendgrid.hook.js';
import { SesHook } from './infrastructure/bounces/hooks/ses.hook.js';
import { GuardedSnsDoor, SnsDoor } from './infrastructure/bounces/hooks/sns-door.js';
import { ImapMailbox } from './infrastructure/bounces/imap-mailbox.js';
import { MailHookLedgerRepository } from './infrastructure/bounces/mail-hook-ledger.repository.js';
import { MailOwnersRepository } from './infrastructure/bounces/mail-owners.repository.js';
import { MailboxPlacesRepository } from './infrastructure/bounces/mailbox-places.repository.js';
import { PausedAddressesRepository } from './infrastructure/bounces/paused-addresses.repository.js';
import { BounceListenerJob } from './jobs/bounces/bounce-listener.job.js';
import { BouncesJob } from './jobs/bounces/bounces.job.js';

const hooksOf = ({ env }: AppConfig, door: SnsDoor): MailHooks =>
  new MailHooks([
    new SesHook(env.MAIL_HOOK_SES_TOPICS, door),
    new SendGridHook(env.MAIL_HOOK_SENDGRID_KEY),
    new PostmarkHook(env.MAIL_HOOK_POSTMARK_CREDENTIALS),
    new MailgunHook(env.MAIL_HOOK_MAILGUN_KEY),
  ]);

export const bounceProviders: Provider[] = [
  {
    provide: BounceSettings,
    inject: [AppConfig, SecretBox],
    useFactory: ({ env }: AppConfig, box: SecretBox) =>
      new BounceSettings(box.derivedKey('return-path'), env.BOUNCE_DOMAIN),
  },
  {
    provide: BounceMailbox,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new ImapMailbox(env.BOUNCE_IMAP_URL),
  },
  {
    provide: SnsDoor,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new GuardedSnsDoor({ allow: env.FETCH_ALLOW }),
  },
  { provide: MailHooks, inject: [AppConfig, SnsDoor], useFactory: hooksOf },
  { provide: DeliveryReports, useClass: DeliveryReportsRepository },
  { provide: MailOwners, useClass: MailOwnersRepository },
  { provide: MailHookLedger, useClass: MailHookLedgerRepository },
  { provide: MailboxPlaces, useClass: MailboxPlacesRepository },
  { provide: PausedAddresses, useClass: PausedAddressesRepository },
  TraceMail,
  RecordDelivery,
  TakeInboundMail,
  ReadMailbox,
  ReceiveMailEvents,
  BouncesJob,
  BounceListenerJob,
];

export const bounceControllers: Type[] = [DeliveryReportsController, MailHooksController];
