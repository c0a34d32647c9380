import { Injectable } from '@nestjs/common';
import type { PostId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import { type PostFilter, PostLibrary } from '../../../library/index.js';
import { batchTooLarge, MAX_BATCH_POSTS } from '../../domain/bulk/batch.errors.js';
import type { Caller } from '../create-post.js';
import { type PostSwitch, StopPost } from '../stop-post.js';

/** Named posts, or all that fit. */
export type PostChoice = { readonly postIds: readonly PostId[] } | { readonly filter: PostFilter };

/** What a switch did to many posts, or would do. */
export interface SwitchResult {
  readonly matched: number;
  /** Those that stood otherwise before. */
  readonly changed: number;
  readonly postIds: readonly PostId[];
  readonly held: number;
  readonly tooLate: number;
  readonly released: number;
  readonly missed: number;
}

/** Pauses and resumes many posts at once. */
@Injectable()
export class SwitchPosts {
  constructor(
    private readonly library: PostLibrary,
    private readonly stop: StopPost,
  ) {}

  /** @throws DomainError `batch.too_large` */
  async execute(
    caller: Caller,
    { choice, isDryRun, ...wish }: PostSwitch & { readonly choice: PostChoice; readonly isDryRun: boolean },
    tx: Tx,
  ): Promise<SwitchResult> {
    const posts = await this.pick(caller, choice);
    const other = posts.filter(({ pausedAt }) => wish.paused !== (pausedAt !== undefined));
    const sum = { held: 0, tooLate: 0, released: 0, missed: 0 };
    // In one order for everybody, so that two such calls do not wait in a circle.
    const ids = other.map(({ id }) => id).sort();
    for (const postId of isDryRun ? [] : ids) {
      const done = await this.stop.setPaused({ ...caller, postId }, wish, tx);
      for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += done[key];
    }
    return { matched: posts.length, changed: ids.length, postIds: ids, ...sum };
  }

  /** After the commit of a pause, before its answer. */
  async latecomers(caller: Caller, postIds: readonly PostId[]): Promise<void> {
    for (const postId of postIds) await this.stop.latecomers({ ...caller, postId });
  }

  private async pick({ workspaceId }: Caller, choice: PostChoice) {
    if ('postIds' in choice) return this.library.snapshots(workspaceId, choice.postIds);
    const found = await this.library.list(workspaceId, choice.filter, { limit: MAX_BATCH_POSTS + 1 });
    if (found.length > MAX_BATCH_POSTS) throw batchTooLarge(MAX_BATCH_POSTS);
    return found;
  }
}
