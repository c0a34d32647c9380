import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { SECOND_MS } from '../../../kernel/durations.js';
import { LookBeforeSend } from '../../application/reconcile/look-before-send.js';
import { SecondLooks } from '../../application/reconcile/second-looks.js';
import { WatchEpoch } from '../../application/reconcile/watch-epoch.js';

const BEAT_MS = 5 * SECOND_MS;
const OVERDUE_MS = SECOND_MS;
const SECOND_LOOKS_MS = 5 * SECOND_MS;

/** What finds out the truth besides the looks at open doubts. */
@Injectable()
export class TruthJob implements OnModuleInit {
  constructor(
    private readonly config: AppConfig,
    private readonly epoch: WatchEpoch,
    private readonly lookBeforeSend: LookBeforeSend,
    private readonly secondLooks: SecondLooks,
    private readonly ticks: Ticks,
  ) {}

  /** The pump begins after every module is there: a restored database is known before anything is armed. */
  async onModuleInit(): Promise<void> {
    if (!this.config.publishes) return;
    await this.epoch.start();
    this.ticks.every('epoch', BEAT_MS, () => this.epoch.runOnce());
    this.ticks.everyInCluster('look-before-send', OVERDUE_MS, () => this.lookBeforeSend.runOnce());
    this.ticks.everyInCluster('second-looks', SECOND_LOOKS_MS, () => this.secondLooks.runOnce());
  }
}
