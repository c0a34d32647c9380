import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Ticks } from '../../infra/jobs/ticks.js';
import { HOUR_MS } from '../../kernel/durations.js';
import { Consents } from '../domain/consents.port.js';
import { Quotas } from '../domain/quotas.port.js';

/** Drops consents nobody came back from and windows that ended, in one process of the cluster. */
@Injectable()
export class TidyAccountsJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly consents: Consents,
    private readonly quotas: Quotas,
  ) {}

  onModuleInit(): void {
    this.ticks.everyInCluster('accounts.tidy', HOUR_MS, async () => {
      await this.consents.forgetExpired();
      await this.quotas.forgetEnded();
    });
  }
}
