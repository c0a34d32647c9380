import { AppConfig } from '../infra/config/app-config.js';
import { AdviseHealth } from './application/feeds/advise-health.js';
import { FeedDesk } from './application/feeds/feed-desk.js';
import { WatchFeeds } from './application/feeds/watch-feeds.js';
import { builtInFeeds } from './domain/feeds/built-in-feeds.js';
import { advisoryLifetimeMs } from './domain/feeds/feed-timing.js';
import { FeedDoor, Feeds } from './domain/feeds/feeds.port.js';
import { FeedSettings } from './feed-settings.js';
import { FeedsRepository } from './infrastructure/feeds/feeds.repository.js';
import { GuardedFeedDoor } from './infrastructure/feeds/guarded-feed-door.js';
import { FeedsJob } from './jobs/feeds/feeds.job.js';

export const feedProviders = [
  { provide: Feeds, useClass: FeedsRepository },
  {
    provide: FeedDoor,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new GuardedFeedDoor({ allow: env.FETCH_ALLOW }),
  },
  {
    provide: FeedSettings,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) =>
      new FeedSettings(
        builtInFeeds({
          chosen: env.STATUS_FEEDS,
          everySeconds: env.STATUS_FEEDS_EVERY_SECONDS,
          origin: env.FEEDS_ORIGIN,
        }),
        advisoryLifetimeMs(env.TIME_SCALE),
        Math.random,
      ),
  },
  AdviseHealth,
  FeedDesk,
  WatchFeeds,
  FeedsJob,
];
