import type { Provider } from '@nestjs/common';
import { RunEffects } from './application/firing/run-effects.js';
import { EngineTelemetry } from './domain/telemetry/engine-telemetry.port.js';
import { PurgesRepository } from './infrastructure/purge/purges.repository.js';
import { EngineGauges } from './infrastructure/telemetry/engine-gauges.js';
import { IdleTargets } from './infrastructure/telemetry/idle-targets.js';
import { MeasuredEffects } from './infrastructure/telemetry/measured-effects.js';
import { PrometheusTelemetry } from './infrastructure/telemetry/prometheus-telemetry.js';
import { PurgeJob } from './jobs/purge/purge.job.js';

/** What operators need of the engine: figures, readiness, tidiness. */
export const operationsProviders: Provider[] = [
  { provide: EngineTelemetry, useClass: PrometheusTelemetry },
  // In its place: the same effects, counted.
  { provide: RunEffects, useClass: MeasuredEffects },
  EngineGauges,
  IdleTargets,
  PurgeJob,
  PurgesRepository,
];
