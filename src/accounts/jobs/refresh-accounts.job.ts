import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../infra/jobs/ticks.js';
import { SECOND_MS } from '../../kernel/durations.js';
import { RefreshDueAccounts } from '../application/refresh-due-accounts.js';

const EVERY_MS = 30 * SECOND_MS;

/** Renews tokens that end soon, in one process of the cluster. */
@Injectable()
export class RefreshAccountsJob implements OnModuleInit {
  private readonly logger = new Logger('Accounts');

  constructor(
    private readonly ticks: Ticks,
    private readonly refresh: RefreshDueAccounts,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('accounts.refresh', EVERY_MS, async () => {
      const counts = await this.refresh.runOnce();
      if (Object.keys(counts).length > 0) this.logger.log({ counts }, 'Refreshed account tokens');
    });
  }
}
