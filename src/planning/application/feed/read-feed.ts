import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import { Workspaces } from '../../../workspaces/index.js';
import {
  type CalendarFeed,
  FEED_AHEAD_MS,
  FEED_FORECAST_MS,
  FEED_PAST_MS,
  FEED_SIDE_LIMIT,
} from '../../domain/feed/calendar-feed.js';
import { CalendarFeeds, FeedEntries } from '../../domain/feed/calendar-feeds.port.js';
import { CalendarWriter } from '../../domain/feed/calendar-writer.port.js';
import { feedTokenHash } from '../../domain/feed/feed-token.js';
import { FeedForecasts } from './feed-forecasts.js';

/** A calendar as it is now, with what tells whether a reader has it already. */
export interface FeedDocument {
  readonly text: string;
  /** Of these very bytes, base64url. */
  readonly hash: string;
  /** Since when it says so; whole seconds. */
  readonly changedAt: Date;
}

/** Writes the calendar behind a secret address. */
@Injectable()
export class ReadFeed {
  constructor(
    private readonly feeds: CalendarFeeds,
    private readonly entries: FeedEntries,
    private readonly forecasts: FeedForecasts,
    private readonly writer: CalendarWriter,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined when no feed has this token, or it has been replaced or revoked */
  async execute(token: string): Promise<FeedDocument | undefined> {
    const tokenHash = feedTokenHash(token);
    const feed = tokenHash && (await this.feeds.byToken(tokenHash));
    if (!feed) return undefined;
    const text = await this.textOf(feed);
    const hash = createHash('sha256').update(text).digest();
    return { text, hash: hash.toString('base64url'), changedAt: await this.feeds.noteContent(feed, hash) };
  }

  private async textOf({ workspaceId, name }: CalendarFeed): Promise<string> {
    const now = this.clock.now();
    const span = { now, from: plusMs(now, -FEED_PAST_MS), until: plusMs(now, FEED_AHEAD_MS) };
    const { timeZone: zone } = await this.workspaces.get(workspaceId);
    const { entries, isWhole } = await this.entries.around(workspaceId, { ...span, sideLimit: FEED_SIDE_LIMIT });
    const foreseen = { from: now, until: plusMs(now, FEED_FORECAST_MS), limit: FEED_SIDE_LIMIT };
    const forecasts = await this.forecasts.between(workspaceId, foreseen);
    const note = `The ${FEED_SIDE_LIMIT} nearest posts before and after now; there are more.`;
    return this.writer.write({ name, zone, entries, forecasts, ...(isWhole ? {} : { note }) });
  }
}
