import { Injectable } from '@nestjs/common';
import { Retention, UNCONFIRMED_FOR_MS } from '../../domain/lists/retention.port.js';

const BATCH = 1_000;

/** Drops people who never answered. */
@Injectable()
export class PurgeUnconfirmed {
  constructor(private readonly retention: Retention) {}

  /** @returns how many went */
  async runOnce(): Promise<number> {
    let total = 0;
    for (;;) {
      const purged = await this.retention.purgeUnconfirmed(UNCONFIRMED_FOR_MS, BATCH);
      total += purged;
      if (purged < BATCH) return total;
    }
  }
}
