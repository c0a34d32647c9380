import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { Boss } from '../../../infra/jobs/boss.js';
import { SendConfirmation } from '../../application/lists/send-confirmation.js';
import type { ConfirmationJob as Work } from '../../domain/lists/confirmation-queue.port.js';
import { CONFIRMATION_QUEUE } from '../../infrastructure/lists/boss-confirmation-queue.js';

/** 1, 2, 4 ... minutes, at most 4 hours: about a day in all. */
const RETRY = { retryLimit: 14, retryDelay: 60, retryBackoff: true, retryDelayMax: 4 * 3600 };

/** Sends confirm mails where this role publishes. */
@Injectable()
export class ConfirmationJob implements OnApplicationBootstrap {
  constructor(
    private readonly config: AppConfig,
    private readonly boss: Boss,
    private readonly send: SendConfirmation,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.boss.engine.createQueue(CONFIRMATION_QUEUE, RETRY);
    if (!this.config.publishes) return;
    await this.boss.engine.work<Work>(CONFIRMATION_QUEUE, { pollingIntervalSeconds: 1 }, async ([job]) => {
      if (job && (await this.send.execute(job.data)) === 'again') throw new Error('The mail server did not take it.');
    });
  }
}
