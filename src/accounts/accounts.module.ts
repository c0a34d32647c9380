import { Module } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { Database } from '../infra/database/database.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { AccountTrouble } from './application/account-trouble.js';
import { AnnounceChange } from './application/announce-change.js';
import { BeginConsent } from './application/begin-consent.js';
import { ChangeAccount } from './application/change-account.js';
import { ConnectAccount } from './application/connect-account.js';
import { FinishConsent } from './application/finish-consent.js';
import { ProveCredentials } from './application/prove-credentials.js';
import { ReadAccountHealth } from './application/read-account-health.js';
import { RefreshCredentials } from './application/refresh-credentials.js';
import { RefreshDueAccounts } from './application/refresh-due-accounts.js';
import { AccountDirectory } from './domain/account-directory.port.js';
import { AccountStore } from './domain/account-store.port.js';
import { Consents } from './domain/consents.port.js';
import { NO_QUOTAS, publishQuotas } from './domain/quota.policy.js';
import { Quotas } from './domain/quotas.port.js';
import { RefreshLeases } from './domain/refresh-leases.port.js';
import { TokenEnds } from './domain/token-ends.port.js';
import { TokenVault } from './domain/token-vault.port.js';
import { AccountConsentsController } from './http/account-consents.controller.js';
import { AccountConnectionsController } from './http/account-connections.controller.js';
import { AccountsController } from './http/accounts.controller.js';
import { AccountDirectoryRepository } from './infrastructure/account-directory.repository.js';
import { AccountStoreRepository } from './infrastructure/account-store.repository.js';
import { ConsentsRepository } from './infrastructure/consents.repository.js';
import { CredentialBox } from './infrastructure/credential-box.js';
import { QuotasRepository } from './infrastructure/quotas.repository.js';
import { RefreshLeasesRepository } from './infrastructure/refresh-leases.repository.js';
import { TokenEndsRepository } from './infrastructure/token-ends.repository.js';
import { TokenVaultRepository } from './infrastructure/token-vault.repository.js';
import { RefreshAccountsJob } from './jobs/refresh-accounts.job.js';
import { TidyAccountsJob } from './jobs/tidy-accounts.job.js';

/** Needs `PlatformRegistry` from the global platforms module. */
@Module({
  imports: [WorkspacesModule],
  controllers: [AccountConsentsController, AccountsController, AccountConnectionsController],
  providers: [
    CredentialBox,
    { provide: AccountStore, useClass: AccountStoreRepository },
    { provide: AccountDirectory, useClass: AccountDirectoryRepository },
    { provide: TokenEnds, useClass: TokenEndsRepository },
    { provide: TokenVault, useClass: TokenVaultRepository },
    { provide: Consents, useClass: ConsentsRepository },
    { provide: RefreshLeases, useClass: RefreshLeasesRepository },
    {
      provide: Quotas,
      inject: [Database, AppConfig],
      useFactory: (database: Database, { env }: AppConfig) =>
        new QuotasRepository(database, env.PUBLISH_QUOTAS ? publishQuotas(env.YOUTUBE_DAILY_INSERTS) : NO_QUOTAS),
    },
    AnnounceChange,
    AccountTrouble,
    BeginConsent,
    ChangeAccount,
    ConnectAccount,
    FinishConsent,
    ProveCredentials,
    ReadAccountHealth,
    RefreshCredentials,
    RefreshDueAccounts,
    RefreshAccountsJob,
    TidyAccountsJob,
  ],
  exports: [AccountDirectory, TokenEnds, TokenVault, ChangeAccount, RefreshCredentials, AccountTrouble, Quotas],
})
export class AccountsModule {}
