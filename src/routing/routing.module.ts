import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { LibraryModule } from '../library/index.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { CheckRoute } from './application/check-route.js';
import { RouteDesk } from './application/route-desk.js';
import { RouteFollowers } from './domain/route-followers.js';
import { RouteReader, Routes } from './domain/routes.port.js';
import { RoutesController } from './http/routes.controller.js';
import { RouteReaderRepository } from './infrastructure/route-reader.repository.js';
import { RoutesRepository } from './infrastructure/routes.repository.js';

@Module({
  imports: [WorkspacesModule, LibraryModule, AccountsModule],
  controllers: [RoutesController],
  providers: [
    { provide: Routes, useClass: RoutesRepository },
    { provide: RouteReader, useClass: RouteReaderRepository },
    CheckRoute,
    RouteDesk,
    RouteFollowers,
  ],
  exports: [RouteReader, RouteFollowers],
})
export class RoutingModule {}
