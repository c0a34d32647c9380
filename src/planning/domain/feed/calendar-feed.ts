import { DAY_MS } from '../../../kernel/durations.js';
import { DomainError } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';

/** Most feeds of one workspace: one for each calendar program of each member is far less. */
export const MAX_FEEDS = 50;

/** So far back a feed tells what went out. */
export const FEED_PAST_MS = 60 * DAY_MS;
/** So far ahead it tells what is planned. */
export const FEED_AHEAD_MS = 366 * DAY_MS;
/** So far ahead it tells what planning would do by itself. */
export const FEED_FORECAST_MS = 60 * DAY_MS;
/** Most entries before now, and as many after it; the nearest are kept. About 1 MB together. */
export const FEED_SIDE_LIMIT = 1_000;

/** A secret address at which calendar programs read a workspace's plan. */
export interface CalendarFeed {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly createdAt: Date;
  /** When it was last read, to within an hour; null: never. */
  readonly lastReadAt: Date | null;
}

export const tooManyFeeds = (): DomainError =>
  new DomainError(
    'conflict',
    'calendar_feed.too_many',
    `A workspace has at most ${MAX_FEEDS} calendar feeds. Delete one that nobody reads any more.`,
    { limit: MAX_FEEDS },
  );
