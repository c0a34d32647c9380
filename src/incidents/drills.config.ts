import type { Provider } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { DrillDesk } from './application/drills/drill-desk.js';
import { EndDrill } from './application/drills/end-drill.js';
import { PlayDrill } from './application/drills/play-drill.js';
import { PlayDryRun } from './application/drills/play-dry-run.js';
import { PlaySandbox } from './application/drills/play-sandbox.js';
import { ReadShape } from './application/drills/read-shape.js';
import { RunDrills } from './application/drills/run-drills.js';
import { WriteReport } from './application/drills/write-report.js';
import { DrillStages } from './domain/drills/drill-stage.port.js';
import { DrillRuns, Drills, DrillTargets } from './domain/drills/drills.port.js';
import { DrillsController } from './http/drills/drills.controller.js';
import { DrillRunsRepository } from './infrastructure/drills/drill-runs.repository.js';
import { DrillTargetsRepository } from './infrastructure/drills/drill-targets.repository.js';
import { DrillsRepository } from './infrastructure/drills/drills.repository.js';
import { LocalDrillStages } from './infrastructure/drills/stage/local-drill-stages.js';
import { StageDatabases } from './infrastructure/drills/stage/stage-database.js';
import { DrillsJob } from './jobs/drills/drills.job.js';

export const drillControllers = [DrillsController];

/** Everything that rehearsing outages needs. */
export const drillProviders: Provider[] = [
  { provide: Drills, useClass: DrillsRepository },
  { provide: DrillRuns, useClass: DrillRunsRepository },
  { provide: DrillTargets, useClass: DrillTargetsRepository },
  StageDatabases,
  {
    provide: DrillStages,
    inject: [AppConfig, StageDatabases],
    useFactory: ({ env }: AppConfig, databases: StageDatabases) =>
      new LocalDrillStages(env.SANDBOX_URL, databases, env.TIME_SCALE),
  },
  DrillDesk,
  RunDrills,
  PlayDrill,
  PlayDryRun,
  PlaySandbox,
  ReadShape,
  WriteReport,
  EndDrill,
  DrillsJob,
];
