import { join } from 'node:path';
import type { Provider, Type } from '@nestjs/common';
import { AppConfig } from '../infra/config/app-config.js';
import { KeepCopies } from './application/status/keep-copies.js';
import { LastCopies } from './application/status/last-copies.js';
import { KeptCopies, StatusFacts } from './domain/status/status.ports.js';
import { StatusController } from './http/status/status.controller.js';
import { DiskKeptCopies } from './infrastructure/status/disk-kept-copies.js';
import { StatusFactsRepository } from './infrastructure/status/status-facts.repository.js';
import { StatusJob } from './jobs/status/status.job.js';

/** The public status page. */
export const statusProviders: Provider[] = [
  { provide: StatusFacts, useClass: StatusFactsRepository },
  {
    provide: KeptCopies,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new DiskKeptCopies(join(env.DATA_DIR, 'status')),
  },
  KeepCopies,
  LastCopies,
  StatusJob,
];

export const statusControllers: Type[] = [StatusController];
