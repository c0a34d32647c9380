import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { AuditLog } from '../../../workspaces/index.js';
import { type CalendarFeed, MAX_FEEDS, tooManyFeeds } from '../../domain/feed/calendar-feed.js';
import { CalendarFeeds } from '../../domain/feed/calendar-feeds.port.js';
import { FEED_SECRET_BYTES, feedTokenHash, feedTokenOf } from '../../domain/feed/feed-token.js';

/** Who changes feeds. */
export interface FeedOwner {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** A feed with the secret of its address, known only now. */
export interface FreshFeed {
  readonly feed: CalendarFeed;
  readonly token: string;
}

/** Makes, renews and ends the secret addresses of calendars; every deed is in the audit log, no secret is. */
@Injectable()
export class FeedDesk {
  constructor(
    private readonly feeds: CalendarFeeds,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `calendar_feed.too_many` */
  async create(owner: FeedOwner, name: string, tx: Tx): Promise<FreshFeed> {
    const { workspaceId } = owner;
    if ((await this.feeds.countUnderLock(workspaceId, tx)) >= MAX_FEEDS) throw tooManyFeeds();
    const { token, tokenHash } = newToken();
    const feed = await this.feeds.insert({ workspaceId, name, tokenHash }, tx);
    await this.note(owner, feed.id, 'created', tx);
    return { feed, token };
  }

  /**
   * A new address; the old one is dead at once.
   * @throws DomainError `calendar_feed.not_found`
   */
  async rotate(owner: FeedOwner, id: string, tx: Tx): Promise<FreshFeed> {
    const { token, tokenHash } = newToken();
    const feed = await this.feeds.rotate(owner.workspaceId, id, tokenHash, tx);
    if (!feed) throw notFound('calendar_feed', id);
    await this.note(owner, id, 'rotated', tx);
    return { feed, token };
  }

  /** @throws DomainError `calendar_feed.not_found` */
  async revoke(owner: FeedOwner, id: string, tx: Tx): Promise<void> {
    if (!(await this.feeds.delete(owner.workspaceId, id, tx))) throw notFound('calendar_feed', id);
    await this.note(owner, id, 'revoked', tx);
  }

  private note({ workspaceId, actor }: FeedOwner, subjectId: string, what: string, tx: Tx): Promise<void> {
    return this.audit.append({ workspaceId, actor, action: `calendar_feed.${what}`, subjectId }, tx);
  }
}

const newToken = (): { token: string; tokenHash: Buffer } => {
  const token = feedTokenOf(randomBytes(FEED_SECRET_BYTES));
  const tokenHash = feedTokenHash(token);
  if (!tokenHash) throw new Error('A fresh token has another form than tokens have.');
  return { token, tokenHash };
};
