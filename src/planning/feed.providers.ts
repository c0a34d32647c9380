import { FeedDesk } from './application/feed/feed-desk.js';
import { FeedForecasts } from './application/feed/feed-forecasts.js';
import { ReadFeed } from './application/feed/read-feed.js';
import { CalendarFeeds, FeedEntries } from './domain/feed/calendar-feeds.port.js';
import { CalendarWriter } from './domain/feed/calendar-writer.port.js';
import { CalendarFeedsController } from './http/feed/calendar-feeds.controller.js';
import { PublicFeedController } from './http/feed/public-feed.controller.js';
import { CalendarFeedsRepository } from './infrastructure/feed/calendar-feeds.repository.js';
import { FeedEntriesRepository } from './infrastructure/feed/feed-entries.repository.js';
import { ICalWriter } from './infrastructure/feed/ical-writer.js';

/** The parts of calendar feeds. */
export const FEED_PROVIDERS = [
  { provide: CalendarFeeds, useClass: CalendarFeedsRepository },
  { provide: FeedEntries, useClass: FeedEntriesRepository },
  { provide: CalendarWriter, useClass: ICalWriter },
  FeedDesk,
  FeedForecasts,
  ReadFeed,
];

export const FEED_CONTROLLERS = [CalendarFeedsController, PublicFeedController];
