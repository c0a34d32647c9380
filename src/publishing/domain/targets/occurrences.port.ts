import type { Tx } from '../../../kernel/transaction.js';

/** Runs of posts. */
export abstract class Occurrences {
  /** The next run of a post; its number follows the last one's. The caller has locked or just created the post. */
  abstract create(
    run: {
      readonly workspaceId: string;
      readonly postId: string;
      readonly source: 'api' | 'fill';
      readonly plannedAt: Date;
    },
    tx: Tx,
  ): Promise<string>;
}
