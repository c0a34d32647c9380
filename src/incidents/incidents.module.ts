import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AudienceModule } from '../audience/index.js';
import { HealthModule } from '../health/index.js';
import { LibraryModule } from '../library/index.js';
import { PublishingModule } from '../publishing/index.js';
import { RoutingModule } from '../routing/index.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { drillControllers, drillProviders } from './drills.config.js';
import { ledgerControllers, ledgerProviders } from './ledger.config.js';
import { notificationControllers, notificationProviders } from './notifications.config.js';
import { radarControllers, radarProviders } from './radar.config.js';
import { statusControllers, statusProviders } from './status.config.js';

/** What happened while a platform was in trouble. Each part of the room brings its own lines here. */
@Module({
  imports: [
    WorkspacesModule,
    LibraryModule,
    AccountsModule,
    HealthModule,
    RoutingModule,
    PublishingModule,
    AudienceModule,
  ],
  controllers: [
    ...drillControllers,
    ...ledgerControllers,
    ...notificationControllers,
    ...radarControllers,
    ...statusControllers,
  ],
  providers: [...drillProviders, ...ledgerProviders, ...notificationProviders, ...radarProviders, ...statusProviders],
})
export class IncidentsModule {}
