import type { PostId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';

/** A tag with how many posts carry it. */
export interface TagCount {
  readonly tag: string;
  readonly posts: number;
}

/** One tag that takes the place of another. */
export interface TagRename {
  readonly from: string;
  readonly to: string;
}

/** Tags of a workspace's posts; deleted posts carry none. */
export abstract class Tags {
  /** In the database's order of texts. @param after the last tag of the page before */
  abstract list(workspaceId: WorkspaceId, limit: number, after?: string): Promise<TagCount[]>;
  /**
   * Renames on every post of which nothing waits to be published; a post that has both keeps one. Their other changes
   * and runs wait until `tx` ends.
   * @returns how many posts were changed
   */
  abstract renameOnIdle(workspaceId: WorkspaceId, rename: TagRename, tx: Tx): Promise<number>;
  /** Posts that carry the tag and of which something waits, oldest first, `limit` at most; and how many there are. */
  abstract waitingWith(
    workspaceId: WorkspaceId,
    tag: string,
    limit: number,
    tx: Tx,
  ): Promise<{
    readonly posts: readonly { readonly id: PostId; readonly tags: readonly string[] }[];
    readonly total: number;
  }>;
}
