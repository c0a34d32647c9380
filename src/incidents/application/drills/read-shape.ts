import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import { PostLibrary } from '../../../library/index.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { ImaginedOutage } from '../../../publishing/domain/rehearsal/rehearsal.js';
import { TargetReader } from '../../../publishing/index.js';
import { RouteReader } from '../../../routing/index.js';
import { type QueueShape, shapeOf } from '../../domain/drills/queue-shape.js';

/** Targets looked at for the shape of a queue; it is a sample anyway. */
const MOST_READ = 2_000;

/** Reads the shape of what a workspace has planned on a platform: no words, no videos, no credentials. */
@Injectable()
export class ReadShape {
  constructor(
    private readonly reader: TargetReader,
    private readonly accounts: AccountDirectory,
    private readonly posts: PostLibrary,
    private readonly routes: RouteReader,
  ) {}

  async execute(outage: ImaginedOutage, plays: (platform: PlatformName) => boolean): Promise<QueueShape> {
    const { workspaceId, platform, from, until } = outage;
    const filter = { status: 'scheduled', platform, from, to: until } as const;
    const meant = (await this.reader.list(workspaceId, filter, { limit: MOST_READ })).slice(0, MOST_READ);
    const postIds = [...new Set(meant.map(({ postId }) => postId))];
    const occurrences = new Set(meant.map(({ occurrenceId }) => occurrenceId));
    const siblings = [...(await this.reader.forPosts(workspaceId, postIds)).values()].flat();
    const targets = siblings.filter((one) => one.status === 'scheduled' && occurrences.has(one.occurrenceId));
    const tags = new Map(
      (await this.posts.snapshots(workspaceId, postIds)).map((post) => [post.id as string, post.tags]),
    );
    const routes = await this.routes.forTargets(
      meant.map(({ id: targetId, postId, accountId }) => {
        return { targetId, workspaceId, postId, accountId, platform, tags: tags.get(postId) ?? [] };
      }),
    );
    return shapeOf({ outage, targets, accounts: await this.accounts.list(workspaceId), routes, plays });
  }
}
