import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { AuditLog } from '../../../workspaces/index.js';
import type { FeedDraft } from '../../domain/feeds/feed.js';
import { Feeds, type KnownFeed } from '../../domain/feeds/feeds.port.js';

/** The operator who asks. */
export interface FeedKeeper {
  readonly workspaceId: WorkspaceId;
  readonly actor: string;
}

/** Which pages the instance follows, as operators decide. */
@Injectable()
export class FeedDesk {
  constructor(
    private readonly feeds: Feeds,
    private readonly platforms: PlatformRegistry,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `platform.unknown`, `feed.name_taken`, `feed.too_many` */
  async add({ workspaceId, actor }: FeedKeeper, draft: FeedDraft, tx: Tx): Promise<KnownFeed> {
    const { name: platform } = this.platforms.get(draft.platform);
    const feed = await this.feeds.insert({ ...draft, platform }, tx);
    const detail = { name: feed.name, platform, region: feed.region ?? null };
    await this.audit.append({ workspaceId, actor, action: 'feed.added', subjectId: feed.id, detail }, tx);
    return feed;
  }

  /** @throws DomainError `feed.not_found` */
  async remove({ workspaceId, actor }: FeedKeeper, id: string, tx: Tx): Promise<void> {
    const feed = await this.feeds.remove(id, tx);
    if (!feed) throw notFound('feed', id);
    const detail = { name: feed.name, platform: feed.platform };
    await this.audit.append({ workspaceId, actor, action: 'feed.removed', subjectId: id, detail }, tx);
  }
}
