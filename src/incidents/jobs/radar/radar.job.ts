import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { HOUR_MS } from '../../../kernel/durations.js';
import { ListenFirehose } from '../../application/radar/listen-firehose.js';
import { LookAtRadar } from '../../application/radar/look-at-radar.js';
import { FIREHOSE_TICK_MS, KEEP_POINTS_MS, LOOK_TICK_MS } from '../../domain/radar/radar-timing.js';
import { RadarSeries } from '../../domain/radar/radar.ports.js';

/** One poller and one listener in the cluster; without watches neither calls anybody. */
@Injectable()
export class RadarJob implements OnModuleInit, OnModuleDestroy {
  private readonly leaving = new AbortController();

  constructor(
    private readonly ticks: Ticks,
    private readonly look: LookAtRadar,
    private readonly firehose: ListenFirehose,
    private readonly series: RadarSeries,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('radar.look', LOOK_TICK_MS, () => this.look.runOnce());
    // One run lasts as long as its connection, and holds the lock that long.
    this.ticks.everyInCluster('radar.firehose', FIREHOSE_TICK_MS, () => this.firehose.runOnce(this.leaving.signal));
    this.ticks.everyInCluster('radar.purge', HOUR_MS, () => this.series.purge(KEEP_POINTS_MS));
  }

  onModuleDestroy(): void {
    this.leaving.abort();
  }
}
