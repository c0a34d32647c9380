import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { DAY_MS } from '../../../kernel/durations.js';
import { PurgesRepository } from '../../infrastructure/purge/purges.repository.js';

/** Once a day, in one process of the cluster. */
@Injectable()
export class PurgeJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly purges: PurgesRepository,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('publishing.purge', DAY_MS, () => this.purges.runOnce());
  }
}
