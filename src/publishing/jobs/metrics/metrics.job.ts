import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { CollectMetrics } from '../../application/metrics/collect-metrics.js';
import { MetricLooks } from '../../domain/metrics/metric-looks.port.js';

const COLLECT_MS = 5_000;

/** Reads post counters, where this role publishes and it is switched on. */
@Injectable()
export class MetricsJob implements OnModuleInit {
  constructor(
    private readonly collect: CollectMetrics,
    private readonly looks: MetricLooks,
    private readonly config: AppConfig,
    private readonly ticks: Ticks,
  ) {}

  async onModuleInit(): Promise<void> {
    if (!this.config.publishes) return;
    if (!this.config.env.METRICS_ENABLED) return this.looks.dismiss();
    this.ticks.every('post-metrics', COLLECT_MS, () => this.collect.runOnce());
  }
}
