import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { HOUR_MS } from '../../../kernel/durations.js';
import { PurgeUnconfirmed } from '../../application/lists/purge-unconfirmed.js';

/** Keeps the list no longer than its rules say. */
@Injectable()
export class RetentionJob implements OnModuleInit {
  private readonly logger = new Logger('Audience');

  constructor(
    private readonly ticks: Ticks,
    private readonly purge: PurgeUnconfirmed,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('audience.retention', HOUR_MS, async () => {
      const purged = await this.purge.runOnce();
      if (purged > 0) this.logger.log(`${purged} people who never confirmed were taken off the list`);
    });
  }
}
