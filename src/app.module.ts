import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/index.js';
import { AudienceModule } from './audience/index.js';
import { DashboardModule } from './dashboard/index.js';
import { HealthModule } from './health/index.js';
import { IncidentsModule } from './incidents/index.js';
import { LivenessController } from './infra/http/liveness.controller.js';
import { ProblemsController } from './infra/http/problems.controller.js';
import { InfraModule, type InfraParts } from './infra/infra.module.js';
import { LibraryModule } from './library/index.js';
import { PlanningModule } from './planning/index.js';
import { platformsConfigOf } from './platforms-config.js';
import { PlatformsModule } from './platforms/index.js';
import { PublishingModule } from './publishing/index.js';
import { RoutingModule } from './routing/index.js';
import { WorkspacesModule } from './workspaces/index.js';

/** Every room, low to high (design section 2). */
@Module({})
export class AppModule {
  static forRoot(parts: InfraParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        InfraModule.forRoot(parts),
        WorkspacesModule,
        PlatformsModule.forRoot(platformsConfigOf(parts.config.env), { allow: parts.config.env.FETCH_ALLOW }),
        LibraryModule,
        AccountsModule,
        HealthModule,
        RoutingModule,
        PublishingModule,
        PlanningModule,
        AudienceModule,
        IncidentsModule,
        DashboardModule,
      ],
      controllers: [LivenessController, ProblemsController],
    };
  }
}
