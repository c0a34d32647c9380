import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Variation, VariationWish } from './variation.js';

/** The wordings of posts. */
export abstract class Variations {
  /** In order of their numbers; posts without any are absent. */
  abstract forPosts(
    workspaceId: WorkspaceId,
    postIds: readonly PostId[],
    tx?: Tx,
  ): Promise<ReadonlyMap<PostId, readonly Variation[]>>;
  /** Replaces all of a post that is locked; one that says what it said keeps its number. */
  abstract replace(
    workspaceId: WorkspaceId,
    postId: PostId,
    wishes: readonly VariationWish[],
    tx: Tx,
  ): Promise<readonly Variation[]>;
  /** The wording of each run of a post that has another one than the post's own, also of one that was removed since. */
  abstract ofRuns(workspaceId: WorkspaceId, postId: PostId, tx?: Tx): Promise<ReadonlyMap<string, Variation>>;
}
