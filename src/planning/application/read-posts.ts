import { Injectable } from '@nestjs/common';
import type { PostId, WorkspaceId } from '../../kernel/ids.js';
import { type Listed, type ListPlace, type PostFilter, PostLibrary } from '../../library/index.js';
import type { PostStatus } from '../../publishing/domain/targets/post-status.js';
import { TargetReader } from '../../publishing/index.js';
import { type PostView, viewOf } from '../domain/post-view.js';

/** Posts looked at for one page of a status filter; a rare status makes short pages, never a long wait. */
const SCAN_LIMIT = 1_000;
const SCAN_STEP = 200;

/** A stretch of the list. */
export interface PostSlice {
  readonly views: readonly Listed<PostView>[];
  /** Where to go on when the stretch ended before `limit` was reached, but the list did not. */
  readonly resumeAfter?: { readonly at: string; readonly id: string };
}

/** Posts with their targets and status. */
@Injectable()
export class ReadPosts {
  constructor(
    private readonly library: PostLibrary,
    private readonly reader: TargetReader,
  ) {}

  /** @throws DomainError `post.not_found` */
  async get(workspaceId: WorkspaceId, postId: PostId): Promise<PostView> {
    const post = await this.library.snapshot(workspaceId, postId);
    return viewOf(post, (await this.reader.forPosts(workspaceId, [postId])).get(postId) ?? []);
  }

  /** At most `limit` posts, newest first. The status comes from the targets, so it is judged here, not by the query. */
  async list(
    workspaceId: WorkspaceId,
    { status, ...filter }: PostFilter & { readonly status?: PostStatus },
    place: ListPlace,
  ): Promise<PostSlice> {
    if (status === undefined) return { views: await this.views(workspaceId, filter, place) };
    const found: Listed<PostView>[] = [];
    let after = place.after;
    for (let scanned = 0; scanned < SCAN_LIMIT; scanned += SCAN_STEP) {
      const views = await this.views(workspaceId, filter, { limit: SCAN_STEP, after });
      found.push(...views.filter((view) => view.status === status));
      if (found.length >= place.limit || views.length < SCAN_STEP) return { views: found.slice(0, place.limit) };
      const last = views.at(-1);
      after = last && { at: last.at, id: last.post.id };
    }
    return { views: found, ...(after ? { resumeAfter: after } : {}) };
  }

  private async views(workspaceId: WorkspaceId, filter: PostFilter, place: ListPlace): Promise<Listed<PostView>[]> {
    const posts = await this.library.list(workspaceId, filter, place);
    const targets = await this.reader.forPosts(
      workspaceId,
      posts.map(({ id }) => id),
    );
    return posts.map((post) => ({ ...viewOf(post, targets.get(post.id) ?? []), at: post.at }));
  }
}
