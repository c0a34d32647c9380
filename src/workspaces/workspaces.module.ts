import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AppConfig } from '../infra/config/app-config.js';
import { UnitOfWork } from '../kernel/transaction.js';
import { ApiKeyDesk } from './application/api-key-desk.js';
import { AuthenticateApiKey } from './application/authenticate-api-key.js';
import { BootstrapWorkspace } from './application/bootstrap-workspace.js';
import { Idempotency } from './application/idempotency.js';
import { WorkspaceDesk } from './application/workspace-desk.js';
import { ApiKeys } from './domain/api-keys.port.js';
import { AuditLog } from './domain/audit-log.port.js';
import { IdempotencyRecords } from './domain/idempotency-records.port.js';
import { Workspaces, WorkspaceStore } from './domain/workspaces.port.js';
import { EventFeed } from '../infra/outbox/event-feed.js';
import { EventsController } from './http/events/events.controller.js';
import { CallerWatch } from './http/events/caller-watch.js';
import { ReadEvents } from './http/events/read-events.js';
import { StreamEvents } from './http/events/stream-events.js';
import { StreamSeats } from './http/events/stream-seats.js';
import { AccessGuard } from './http/access.guard.js';
import { ApiKeysController } from './http/api-keys.controller.js';
import { WebhookDeliveriesController } from './http/webhooks/webhook-deliveries.controller.js';
import { WebhooksController } from './http/webhooks/webhooks.controller.js';
import { WorkspacesController } from './http/workspaces.controller.js';
import { AccessLinksController } from './http/members/access-links.controller.js';
import { InvitesController } from './http/members/invites.controller.js';
import { MembersController } from './http/members/members.controller.js';
import { PasswordsController } from './http/members/passwords.controller.js';
import { SessionController } from './http/members/session.controller.js';
import { SignInController } from './http/members/sign-in.controller.js';
import { TotpController } from './http/members/totp.controller.js';
import { memberProviders } from './members.config.js';
import { ApiKeysRepository } from './infrastructure/api-keys.repository.js';
import { AuditLogRepository } from './infrastructure/audit-log.repository.js';
import { IdempotencyRecordsRepository } from './infrastructure/idempotency-records.repository.js';
import { WorkspacesRepository } from './infrastructure/workspaces.repository.js';
import { PurgeIdempotencyJob } from './jobs/purge-idempotency.job.js';
import { WebhookMessages } from './application/webhooks/webhook-messages.js';
import { webhookProviders } from './webhooks.config.js';

@Module({
  controllers: [
    AccessLinksController,
    ApiKeysController,
    EventsController,
    InvitesController,
    MembersController,
    PasswordsController,
    SessionController,
    SignInController,
    TotpController,
    WebhooksController,
    WebhookDeliveriesController,
    WorkspacesController,
  ],
  providers: [
    { provide: ApiKeys, useClass: ApiKeysRepository },
    { provide: AuditLog, useClass: AuditLogRepository },
    { provide: IdempotencyRecords, useClass: IdempotencyRecordsRepository },
    { provide: WorkspaceStore, useClass: WorkspacesRepository },
    { provide: Workspaces, useExisting: WorkspaceStore },
    AuthenticateApiKey,
    ApiKeyDesk,
    WorkspaceDesk,
    Idempotency,
    {
      provide: BootstrapWorkspace,
      inject: [UnitOfWork, WorkspaceStore, WorkspaceDesk, AppConfig],
      useFactory: (unitOfWork: UnitOfWork, store: WorkspaceStore, desk: WorkspaceDesk, { env }: AppConfig) =>
        new BootstrapWorkspace(unitOfWork, store, desk, env.DEFAULT_REGION),
    },
    PurgeIdempotencyJob,
    ...memberProviders,
    ...webhookProviders,
    EventFeed,
    ReadEvents,
    StreamEvents,
    StreamSeats,
    CallerWatch,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AuditLog, Workspaces, Idempotency, BootstrapWorkspace, WebhookMessages],
})
export class WorkspacesModule {}
