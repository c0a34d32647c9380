import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../../../infra/config/app-config.js';
import { Ticks } from '../../../infra/jobs/ticks.js';
import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import { WatchFeeds } from '../../application/feeds/watch-feeds.js';
import { LOOK_TICK_MS } from '../../domain/feeds/feed-timing.js';
import { Feeds } from '../../domain/feeds/feeds.port.js';
import { FeedSettings } from '../../feed-settings.js';

/** Evidence stays for the reports on incidents. */
const KEEP_EVIDENCE_MS = 90 * DAY_MS;

/** One poller in the cluster. */
@Injectable()
export class FeedsJob implements OnModuleInit {
  constructor(
    private readonly ticks: Ticks,
    private readonly config: AppConfig,
    private readonly feeds: Feeds,
    private readonly watch: WatchFeeds,
    private readonly settings: FeedSettings,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.config.publishes) await this.feeds.syncBuiltIn(this.settings.builtIn);
    this.ticks.everyInCluster('health.feeds', LOOK_TICK_MS, () => this.watch.runOnce());
    this.ticks.everyInCluster('health.feeds.purge', HOUR_MS, () => this.feeds.purge(KEEP_EVIDENCE_MS));
  }
}
