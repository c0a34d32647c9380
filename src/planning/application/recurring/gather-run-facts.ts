import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../../../accounts/index.js';
import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { PostLibrary, type StoredPost } from '../../../library/index.js';
import { PlanningFacts, type PlanningItem } from '../../domain/queues/planning-facts.port.js';
import type { EvergreenItem, QueueAccount } from '../../domain/queues/queue.js';
import { type Variation, wordedBy } from '../../domain/queues/variation.js';
import { Variations } from '../../domain/queues/variations.port.js';
import type { StoredRecurrence } from '../../domain/recurring/recurrences.port.js';
import { withWordings } from '../../domain/recurring/with-wordings.js';
import { ReviewRuns } from '../queues/review-runs.js';

/** What the runs of one recurrence are judged by. */
export interface RunFacts {
  /** Its rests, caps and runs; its wordings are those below. Absent: the post is not evergreen, or not there. */
  readonly item?: EvergreenItem;
  /** Those of its targets that are there, in their order. */
  readonly accounts: readonly QueueAccount[];
  /** The words of the post that each of its platforms takes, by the item's index; undefined: the post's own. */
  readonly wordings: readonly (Variation | undefined)[];
}

/** Reads what holds recurring posts back and which words they have, some statements for all of them. */
@Injectable()
export class GatherRunFacts {
  constructor(
    private readonly facts: PlanningFacts,
    private readonly variations: Variations,
    private readonly accounts: AccountDirectory,
    private readonly library: PostLibrary,
    private readonly review: ReviewRuns,
  ) {}

  /**
   * @param without planned runs that count as if they were not there
   * @returns by the recurrence's id
   */
  async execute(
    workspaceId: WorkspaceId,
    recurrences: readonly StoredRecurrence[],
    without: readonly string[] = [],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, RunFacts>> {
    const postIds = recurrences.map(({ postId }) => postId);
    const question = { without, withViews: false, postIds };
    const items = recurrences.length === 0 ? [] : await this.facts.items(workspaceId, question, tx);
    const itemOf = new Map(items.map((item) => [item.postId, item]));
    const accounts = await this.accountsOf(workspaceId, recurrences, tx);
    const worded = await this.wordedPosts(workspaceId, items, tx);
    return new Map(
      recurrences.map(({ id, postId, targets }) => {
        const own = targets.flatMap(({ accountId }) => accounts.get(accountId) ?? []);
        return [id, this.factsOf(itemOf.get(postId), own, worded.get(postId))];
      }),
    );
  }

  /** A wording that one of the platforms would refuse has no turn; the post's own words were judged with the recurrence. */
  private factsOf(
    item: PlanningItem | undefined,
    accounts: readonly QueueAccount[],
    worded: WordedPost | undefined,
  ): RunFacts {
    if (!item) return { accounts, wordings: [undefined] };
    const platforms = [...new Set(accounts.map(({ platform }) => platform))];
    const taken = (worded?.variations ?? []).filter((variation) =>
      platforms.every((platform) => {
        const post = worded && wordedBy(worded.post, variation);
        return post !== undefined && this.review.violationsOf(post, platform).length === 0;
      }),
    );
    const indexes = taken.map(({ number }) => item.variationNumbers.indexOf(number));
    return { item: withWordings(item, [0, ...indexes]), accounts, wordings: [undefined, ...taken] };
  }

  private async accountsOf(workspaceId: WorkspaceId, recurrences: readonly StoredRecurrence[], tx?: Tx) {
    const ids = new Set(recurrences.flatMap(({ targets }) => targets.map(({ accountId }) => accountId)));
    const found = ids.size === 0 ? [] : await this.accounts.find(workspaceId, [...ids], tx);
    return new Map(found.map(({ id, platform }): [string, QueueAccount] => [id, { id, platform }]));
  }

  /** Only posts with other wordings than their own. */
  private async wordedPosts(workspaceId: WorkspaceId, items: readonly PlanningItem[], tx?: Tx) {
    const ids = items.filter(({ variationNumbers }) => variationNumbers.length > 1).map(({ postId }) => postId);
    if (ids.length === 0) return new Map<PostId, WordedPost>();
    const variations = await this.variations.forPosts(workspaceId, ids, tx);
    const posts = await this.library.snapshots(workspaceId, ids, tx);
    return new Map(posts.map((post) => [post.id, { post, variations: variations.get(post.id) ?? [] }]));
  }
}

interface WordedPost {
  readonly post: StoredPost;
  readonly variations: readonly Variation[];
}
