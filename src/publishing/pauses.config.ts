import type { Provider } from '@nestjs/common';
import { HoldPaused } from './application/pauses/hold-paused.js';
import { ReleasePaused } from './application/pauses/release-paused.js';
import { SwitchPauses } from './application/pauses/switch-pauses.js';
import { PausedTargets } from './domain/pauses/paused-targets.port.js';
import { Pauses } from './domain/pauses/pauses.port.js';
import { PausedTargetsRepository } from './infrastructure/pauses/paused-targets.repository.js';
import { PausesRepository } from './infrastructure/pauses/pauses.repository.js';
import { PausesJob } from './jobs/pauses/pauses.job.js';

/** Kill switches. */
export const pauseProviders: Provider[] = [
  { provide: PausedTargets, useClass: PausedTargetsRepository },
  { provide: Pauses, useClass: PausesRepository },
  HoldPaused,
  PausesJob,
  ReleasePaused,
  SwitchPauses,
];
