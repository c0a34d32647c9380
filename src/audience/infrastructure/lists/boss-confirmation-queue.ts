import { Injectable } from '@nestjs/common';
import { Boss } from '../../../infra/jobs/boss.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type ConfirmationJob, ConfirmationQueue } from '../../domain/lists/confirmation-queue.port.js';

export const CONFIRMATION_QUEUE = 'audience-confirmation';

/** Confirm mails as jobs of the same transaction; retried for about a day while the mail server is in trouble. */
@Injectable()
export class BossConfirmationQueue extends ConfirmationQueue {
  constructor(private readonly boss: Boss) {
    super();
  }

  async enqueue(jobs: readonly ConfirmationJob[], tx: Tx): Promise<void> {
    if (jobs.length === 0) return;
    await this.boss.engine.insert(
      CONFIRMATION_QUEUE,
      jobs.map((job) => ({ data: job })),
      this.boss.within(tx),
    );
  }
}
