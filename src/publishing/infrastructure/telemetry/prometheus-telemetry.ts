import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '../../../infra/metrics/metrics-registry.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { EngineTelemetry } from '../../domain/telemetry/engine-telemetry.port.js';
import type { AttemptState } from '../../domain/targets/target-state.js';

const LATENESS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300];

@Injectable()
export class PrometheusTelemetry extends EngineTelemetry {
  private readonly lateness;
  private readonly outcomes;

  constructor(registry: MetricsRegistry) {
    super();
    this.lateness = registry.histogram(
      'perennial_target_lateness_seconds',
      'From the due instant to the durable intent, of targets this process fired',
      { labels: [], buckets: LATENESS_S },
    );
    this.outcomes = registry.counter(
      'perennial_attempt_outcomes_total',
      'Steps of attempts that this process wrote, by platform and state',
      ['platform', 'state'],
    );
  }

  fired(latenessMs: readonly number[]): void {
    for (const ms of latenessMs) this.lateness.observe(Math.max(0, ms) / 1_000);
  }

  settled(platform: PlatformName, state: AttemptState): void {
    this.outcomes.inc({ platform, state });
  }
}
