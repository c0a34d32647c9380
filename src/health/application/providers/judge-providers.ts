import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { type Tx, UnitOfWork } from '../../../kernel/transaction.js';
import {
  judgeProvider,
  type ProviderCounts,
  type ProviderTransition,
  unseenProvider,
} from '../../domain/providers/provider-detector.js';
import { ProviderHealths, type ProviderKey } from '../../domain/providers/providers.port.js';
import { ProviderSettings } from '../../provider-settings.js';

/** What one process has counted at a provider. */
export interface ProviderReport extends ProviderKey, ProviderCounts {
  readonly detail?: string;
}

/** Folds what the edges counted into the health of our own providers. */
@Injectable()
export class JudgeProviders {
  private readonly logger = new Logger('Providers');

  constructor(
    private readonly healths: ProviderHealths,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: ProviderSettings,
  ) {}

  async execute(reports: readonly ProviderReport[]): Promise<void> {
    for (const report of reports) {
      const transition = await this.unitOfWork.run((tx) => this.judge(report, tx));
      if (!transition) continue;
      const { provider, name } = report;
      const { from, to, reason } = transition;
      this.logger.warn({ provider, name, from, to }, `${provider} ${name}: ${to}. ${reason}`);
    }
  }

  private async judge(
    { provider, name, good, bad, detail }: ProviderReport,
    tx: Tx,
  ): Promise<ProviderTransition | undefined> {
    const now = this.clock.now();
    const known = (await this.healths.lock({ provider, name }, tx)) ?? unseenProvider(now);
    const { health, transition } = judgeProvider(known, { good, bad }, now, this.settings.limits);
    const said = detail === undefined ? {} : { detail };
    await this.healths.save({ provider, name, ...health, ...said }, transition, tx);
    return transition;
  }
}
