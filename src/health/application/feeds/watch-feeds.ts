import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../kernel/clock.port.js';
import { plusMs } from '../../../kernel/durations.js';
import { UnitOfWork } from '../../../kernel/transaction.js';
import { type FeedKnowledge, judge } from '../../domain/feeds/advisory.js';
import type { FeedReading } from '../../domain/feeds/feed.js';
import { LOOK_LEASE_MS, untilNextLook } from '../../domain/feeds/feed-timing.js';
import { type DueFeed, type FeedAnswer, FeedDoor, Feeds, type LookResult } from '../../domain/feeds/feeds.port.js';
import { readFeed } from '../../domain/feeds/read-feed.js';
import { FeedSettings } from '../../feed-settings.js';
import { AdviseHealth } from './advise-health.js';

/** Pages read at once. */
const AT_ONCE = 8;

/** Looks at the pages that are due and keeps what they say as evidence. */
@Injectable()
export class WatchFeeds {
  private readonly logger = new Logger('Feeds');

  constructor(
    private readonly feeds: Feeds,
    private readonly door: FeedDoor,
    private readonly advise: AdviseHealth,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: FeedSettings,
  ) {}

  /** @returns how many pages were looked at */
  async runOnce(): Promise<number> {
    const due = await this.feeds.takeDue(AT_ONCE, LOOK_LEASE_MS);
    await Promise.all(due.map((feed) => this.look(feed)));
    return due.length;
  }

  private async look(feed: DueFeed): Promise<void> {
    const answer = await this.door.read(feed);
    const now = this.clock.now();
    const reading = readingOf(feed, answer, now);
    const judgement = reading && judge(feed.knowledge, reading, now, this.settings.lifetimeMs);
    const result = this.resultOf(feed, answer, judgement?.knowledge ?? feed.knowledge, now);
    const source = `feed:${feed.name}`;
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.feeds.settle(feed.id, result, tx)) || !judgement?.fresh) return;
      const { id: feedId, platform, region } = feed;
      const where = { platform, ...(region === undefined ? {} : { region }) };
      await this.feeds.append({ feedId, source, ...where, ...judgement.fresh, seenAt: now }, tx);
      await this.advise.trouble({ ...where, source }, tx);
    });
    if (judgement?.fresh)
      this.logger.warn({ source, platform: feed.platform }, `${feed.title}: ${judgement.fresh.summary}`);
  }

  private resultOf(feed: DueFeed, answer: FeedAnswer, knowledge: FeedKnowledge | undefined, now: Date): LookResult {
    const isRead = answer.kind === 'unchanged' || (answer.kind === 'document' && knowledge?.verdict !== 'unknown');
    const failures = isRead ? 0 : feed.failures + 1;
    const retryAfterMs = answer.kind === 'failed' ? answer.retryAfterMs : undefined;
    const { everySeconds } = feed;
    const inMs = untilNextLook({ everySeconds, failures, retryAfterMs, random: this.settings.random() });
    // What could not be read must be sent whole next time: "unchanged" would then say nothing.
    const { etag, lastModified } = !isRead ? {} : answer.kind === 'document' ? answer : feed;
    return { lookedAt: now, nextAt: plusMs(now, inMs), failures, knowledge, etag, lastModified };
  }
}

/** Undefined: the page says what it said. */
const readingOf = (feed: DueFeed, answer: FeedAnswer, now: Date): FeedReading | undefined => {
  switch (answer.kind) {
    case 'unchanged':
      return undefined;
    case 'failed':
      return { verdict: 'unknown', why: answer.why };
    case 'document':
      return readFeed(feed, answer, now);
  }
};
