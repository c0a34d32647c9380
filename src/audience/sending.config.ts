import { createPrivateKey } from 'node:crypto';
import type { Provider, Type } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { SecretBox } from '../infra/crypto/secret-box.js';
import { Database } from '../infra/database/database.js';
import { MailTransport } from '../infra/mail/mail-transport.js';
import { ProviderObservations } from '../infra/providers/provider-observations.js';
import { EditBroadcast } from './application/sending/edit-broadcast.js';
import { PreviewBroadcast } from './application/sending/preview-broadcast.js';
import { BroadcastGate } from './application/sending/broadcast-gate.js';
import { BroadcastOrders } from './application/sending/broadcast-orders.js';
import { Delivery } from './application/sending/delivery.js';
import { DeliveryLanes } from './application/sending/delivery-lanes.js';
import { DomainCheck } from './application/sending/domain-check.js';
import { GuardBroadcasts } from './application/sending/guard-broadcasts.js';
import { MailServerDesk } from './application/sending/mail-server-desk.js';
import { Preflight } from './application/sending/preflight.js';
import { RichBodies } from './application/sending/rich-bodies.js';
import { ScheduleBroadcast } from './application/sending/schedule-broadcast.js';
import { SendApproval } from './application/sending/send-approval.js';
import { SendBroadcasts } from './application/sending/send-broadcasts.js';
import { SendingDomainDesk } from './application/sending/sending-domain-desk.js';
import { StartBroadcast } from './application/sending/start-broadcast.js';
import { TestBroadcast } from './application/sending/test-broadcast.js';
import { BounceSettings } from './domain/bounces/bounce-settings.js';
import { Broadcasts } from './domain/sending/broadcasts.port.js';
import { MailSettings } from './domain/sending/mail-settings.js';
import { Mailer } from './domain/sending/mailer.port.js';
import { Recipients } from './domain/sending/recipients.port.js';
import { Approvals } from './domain/sending/approvals.port.js';
import type { DkimCredentials } from './domain/sending/dkim.js';
import { MailDns } from './domain/sending/mail-dns.port.js';
import { MailServerStore } from './domain/sending/mail-server-store.port.js';
import { MailServers } from './domain/sending/mail-servers.port.js';
import { MessageBuilder } from './domain/sending/message-builder.port.js';
import { SenderPresence } from './domain/sending/sender-presence.port.js';
import { SendingDomains } from './domain/sending/sending-domains.port.js';
import { SendingIdentities } from './domain/sending/sending-identities.port.js';
import { Templates } from './domain/sending/template.port.js';
import { BroadcastSendingController } from './http/sending/broadcast-sending.controller.js';
import { BroadcastsController } from './http/sending/broadcasts.controller.js';
import { BroadcastCommand } from './http/sending/broadcast-command.js';
import { BroadcastPlanningController } from './http/sending/broadcast-planning.controller.js';
import { MailServersController } from './http/sending/mail-servers.controller.js';
import { SendingDomainsController } from './http/sending/sending-domains.controller.js';
import { BroadcastsRepository } from './infrastructure/sending/broadcasts.repository.js';
import { ApprovalsRepository } from './infrastructure/sending/approvals.repository.js';
import { LiquidTemplates } from './infrastructure/sending/liquid-templates.js';
import { LockedSenderPresence } from './infrastructure/sending/locked-sender-presence.js';
import { MailServerStoreRepository } from './infrastructure/sending/mail-server-store.repository.js';
import { NodeMailDns } from './infrastructure/sending/node-mail-dns.js';
import { RecipientsRepository } from './infrastructure/sending/recipients.repository.js';
import { SendingDomainsRepository } from './infrastructure/sending/sending-domains.repository.js';
import { SendingIdentitiesRepository } from './infrastructure/sending/sending-identities.repository.js';
import { InstanceDkim, SmtpMailer } from './infrastructure/sending/smtp-mailer.js';
import { InstanceTransports, SmtpServers } from './infrastructure/sending/smtp-servers.js';
import { ThreadMessageBuilder } from './infrastructure/sending/thread-message-builder.js';
import { WorkspaceTransports } from './infrastructure/sending/workspace-transports.js';
import { SendBroadcastsJob } from './jobs/sending/send-broadcasts.job.js';

/** The instance's key from the configuration: base64 of PKCS #8, or a PEM with `\n` for its line breaks. */
const dkimOf = ({ env }: AppConfig): DkimCredentials | undefined => {
  const { DKIM_DOMAIN: domain, DKIM_SELECTOR: selector, DKIM_PRIVATE_KEY: key } = env;
  if (domain === undefined || key === undefined) return undefined;
  const isPem = key.includes('-----BEGIN');
  const opened = isPem
    ? createPrivateKey(key.replaceAll('\\n', '\n'))
    : createPrivateKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'pkcs8' });
  return {
    domain: domain.toLowerCase(),
    selector,
    privateKey: opened.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};

const instanceTransports = ({ env }: AppConfig, first: MailTransport, observations: ProviderObservations) =>
  new InstanceTransports([first, ...env.SMTP_SPARE_URLS.map((url) => new MailTransport(url, undefined, observations))]);

const servers: Provider[] = [
  {
    provide: MailTransport,
    inject: [AppConfig, ProviderObservations],
    useFactory: ({ env }: AppConfig, observations: ProviderObservations) =>
      new MailTransport(env.SMTP_URL, undefined, observations),
  },
  {
    provide: InstanceTransports,
    inject: [AppConfig, MailTransport, ProviderObservations],
    useFactory: instanceTransports,
  },
  {
    provide: WorkspaceTransports,
    inject: [Database, SecretBox, AppConfig, ProviderObservations],
    useFactory: (database: Database, box: SecretBox, { env }: AppConfig, observations: ProviderObservations) =>
      new WorkspaceTransports(database, box, { allow: env.FETCH_ALLOW }, observations),
  },
  { provide: MailServers, useClass: SmtpServers },
  { provide: InstanceDkim, inject: [AppConfig], useFactory: (config: AppConfig) => new InstanceDkim(dkimOf(config)) },
  {
    provide: SendingIdentities,
    inject: [Database, SecretBox, MailSettings, InstanceDkim, BounceSettings],
    useFactory: (
      ...[database, box, settings, { credentials }, bounces]: [
        Database,
        SecretBox,
        MailSettings,
        InstanceDkim,
        BounceSettings,
      ]
    ) => new SendingIdentitiesRepository(database, box, settings, { credentials, bounces }),
  },
  { provide: Mailer, useClass: SmtpMailer },
  { provide: MailDns, useClass: NodeMailDns },
  { provide: MailServerStore, useClass: MailServerStoreRepository },
  { provide: SendingDomains, useClass: SendingDomainsRepository },
  MailServerDesk,
  SendingDomainDesk,
];

export const sendingProviders: Provider[] = [
  ...servers,
  { provide: MessageBuilder, useFactory: () => new ThreadMessageBuilder() },
  { provide: SenderPresence, useClass: LockedSenderPresence },
  { provide: Templates, useClass: LiquidTemplates },
  { provide: Broadcasts, useClass: BroadcastsRepository },
  { provide: Recipients, useClass: RecipientsRepository },
  { provide: Approvals, useClass: ApprovalsRepository },
  {
    provide: SendApproval,
    inject: [Approvals, AppConfig],
    useFactory: (approvals: Approvals, { env }: AppConfig) =>
      new SendApproval(approvals, {
        confirmFrom: env.BROADCAST_CONFIRM_FROM,
        twoActorsFrom: env.BROADCAST_TWO_ACTORS_FROM,
      }),
  },
  BroadcastOrders,
  Delivery,
  DeliveryLanes,
  DomainCheck,
  PreviewBroadcast,
  Preflight,
  RichBodies,
  EditBroadcast,
  StartBroadcast,
  TestBroadcast,
  BroadcastCommand,
  BroadcastGate,
  ScheduleBroadcast,
  GuardBroadcasts,
  SendBroadcasts,
  SendBroadcastsJob,
];

export const sendingControllers: Type[] = [
  BroadcastsController,
  BroadcastSendingController,
  BroadcastPlanningController,
  MailServersController,
  SendingDomainsController,
];
