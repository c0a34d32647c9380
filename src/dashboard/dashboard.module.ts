import { Module } from '@nestjs/common';
import { HealthModule } from '../health/index.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { ReadNow } from './application/read-now.js';
import { ReadViews } from './application/read-views.js';
import { NowReader } from './domain/now-reader.port.js';
import { ViewsReader } from './domain/views-reader.port.js';
import { NowController } from './http/now.controller.js';
import { ViewsController } from './http/views.controller.js';
import { NowReaderRepository } from './infrastructure/now-reader.repository.js';
import { ViewsReaderRepository } from './infrastructure/views-reader.repository.js';

/** Needs `PlatformRegistry` from the global platforms module. */
@Module({
  imports: [WorkspacesModule, HealthModule],
  controllers: [NowController, ViewsController],
  providers: [
    { provide: NowReader, useClass: NowReaderRepository },
    { provide: ViewsReader, useClass: ViewsReaderRepository },
    ReadNow,
    ReadViews,
  ],
})
export class DashboardModule {}
