import type { Provider } from '@nestjs/common';
import { CancelMany } from './application/targets/cancel-many.js';
import { MoveTargets } from './application/targets/move-targets.js';
import { TargetTimes } from './domain/targets/target-times.port.js';
import { TargetTimesRepository } from './infrastructure/targets/target-times.repository.js';

/** Many targets changed in one call. */
export const batchProviders: Provider[] = [
  CancelMany,
  MoveTargets,
  { provide: TargetTimes, useClass: TargetTimesRepository },
];
