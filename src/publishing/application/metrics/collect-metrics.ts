import { Injectable } from '@nestjs/common';
import { PlatformRegistry } from '../../../platforms/index.js';
import { scaledMs } from '../../../kernel/durations.js';
import { METRIC_AGES_MS } from '../../domain/metrics/metric-schedule.js';
import { type LookDue, MetricLooks } from '../../domain/metrics/metric-looks.port.js';
import { Engine } from '../engine.js';
import { KeepLooks } from './keep-looks.js';
import { type Homes, ReadCounters } from './read-counters.js';

const BATCH = 500;
/** Events of one turn. */
const ENROL = 1_000;
/** One account's reads take less; after it another worker may look. */
const LEASE_MS = 180_000;
/** Accounts read at once. */
const LANES = 8;

/**
 * Reads what the audience did with published targets, by age. A job of its own: it never moves or repeats a post, and
 * a failure only delays the next look.
 */
@Injectable()
export class CollectMetrics {
  constructor(
    private readonly looks: MetricLooks,
    private readonly platforms: PlatformRegistry,
    private readonly counters: ReadCounters,
    private readonly keep: KeepLooks,
    private readonly engine: Engine,
  ) {}

  /** @returns how many targets were looked at */
  async runOnce(): Promise<number> {
    await this.enrol();
    const due = await this.looks.claim(BATCH, LEASE_MS);
    if (due.length === 0) return 0;
    const homes = await this.counters.homes(due);
    const accounts = [...Map.groupBy(due, ({ accountId }) => accountId).values()];
    const lane = async (): Promise<void> => {
      for (let own = accounts.pop(); own; own = accounts.pop()) await this.look(own, homes);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return due.length;
  }

  private async look(due: readonly LookDue[], { regions, suspects }: Homes): Promise<void> {
    const results = await this.counters.execute(due, suspects);
    await this.keep.execute({ due, results, region: regions.get(due[0]?.accountId ?? '') });
  }

  private async enrol(): Promise<void> {
    const { scale } = this.engine.settings.timing;
    const counted = this.platforms.all().filter(({ metricsPerCall }) => metricsPerCall > 0);
    const wish = {
      firstMs: scaledMs(METRIC_AGES_MS[0] ?? 0, scale),
      forMs: scaledMs(METRIC_AGES_MS.at(-1) ?? 0, scale),
    };
    const names = counted.map(({ name }) => name);
    while ((await this.looks.enrol(names, wish)) >= ENROL);
  }
}
