import { Injectable, Logger } from '@nestjs/common';
import { WakeUpFeed } from '../../domain/firing/wake-up-feed.port.js';

/** Finds due targets whose wake-up was lost and wakes them again. */
@Injectable()
export class SweepWakeUps {
  private readonly logger = new Logger('Sweep');

  constructor(private readonly feed: WakeUpFeed) {}

  async runOnce(): Promise<number> {
    const found = await this.feed.resendOverdue();
    if (found > 0) this.logger.warn({ targets: found }, 'Due targets had no wake-up; sent again');
    return found;
  }

  async resend(targetIds: readonly string[]): Promise<void> {
    if (targetIds.length > 0) await this.feed.resend(targetIds);
  }
}
