import { Injectable } from '@nestjs/common';
import type { Violation } from '../../../kernel/domain-error.js';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary, type StoredPost } from '../../../library/index.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import { PlatformRegistry } from '../../../platforms/index.js';
import { contentSourceOf } from '../../../publishing/domain/targets/content-source.js';
import { fittedDraft, freezeContent, type Judge } from '../../../publishing/domain/targets/frozen-content.js';
import type { PlannedPlace, QueueAccount } from '../../domain/queues/queue.js';
import { wordedBy } from '../../domain/queues/variation.js';
import { Variations } from '../../domain/queues/variations.port.js';

/** A planned place whose accounts take the words it will have. */
export interface ReviewedRun {
  readonly place: PlannedPlace;
  /** With the words of its variation. */
  readonly post: StoredPost;
  /** As `occurrence.variation`. */
  readonly variation: number;
}

/** A post that an account does not take, or that cannot run at all. */
export interface RefusedRun {
  readonly postId: string;
  readonly accountIds: readonly string[];
}

export interface RunReview {
  readonly runs: readonly ReviewedRun[];
  readonly refused: readonly RefusedRun[];
}

/** Locks the posts of planned runs and asks their platforms, each once for the same words. */
@Injectable()
export class ReviewRuns {
  constructor(
    private readonly library: PostLibrary,
    private readonly variations: Variations,
    private readonly platforms: PlatformRegistry,
  ) {}

  async execute(
    { workspaceId, accounts }: { readonly workspaceId: WorkspaceId; readonly accounts: readonly QueueAccount[] },
    places: readonly PlannedPlace[],
    tx: Tx,
  ): Promise<RunReview> {
    const ids = [...new Set(places.map(({ postId }) => postId))];
    const posts = new Map((await this.library.lockMany(workspaceId, ids, tx)).map((post) => [post.id, post]));
    const variations = await this.variations.forPosts(workspaceId, ids, tx);
    const platformOf = new Map(accounts.map(({ id, platform }) => [id, platform]));
    const judged = new Map<string, boolean>();
    const runs: ReviewedRun[] = [];
    const refused: RefusedRun[] = [];
    for (const place of places) {
      const { postId, accountIds } = place;
      const post = posts.get(postId);
      if (!post || post.pausedAt || post.kind !== 'evergreen') {
        refused.push({ postId, accountIds });
        continue;
      }
      const variation = place.variation === 0 ? undefined : variations.get(postId)?.[place.variation - 1];
      const worded = wordedBy(post, variation);
      const run = { place, post: worded, variation: variation?.number ?? 0 };
      const unfit = accountIds.filter((id) => !this.takes(run, platformOf.get(id), judged));
      if (unfit.length === 0) runs.push(run);
      else refused.push({ postId, accountIds: unfit });
    }
    return { runs, refused };
  }

  /** What a platform says about a post as worded. */
  violationsOf(post: StoredPost, platform: PlatformName): readonly Violation[] {
    const content = freezeContent(contentSourceOf(post), platform);
    return this.judge(platform, fittedDraft(content, platform, this.judge));
  }

  private readonly judge: Judge = (platform, draft) => this.platforms.get(platform).validate(draft);

  private takes(
    { post, variation }: ReviewedRun,
    platform: PlatformName | undefined,
    judged: Map<string, boolean>,
  ): boolean {
    if (!platform) return false;
    const key = `${post.id}|${variation}|${platform}`;
    const known = judged.get(key) ?? this.violationsOf(post, platform).length === 0;
    judged.set(key, known);
    return known;
  }
}
