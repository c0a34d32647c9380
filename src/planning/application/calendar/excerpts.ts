import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import { PostLibrary } from '../../../library/index.js';
import { excerptOf } from '../../domain/calendar/calendar.js';

/** What the posts of runs to come are called, as their words are now. */
@Injectable()
export class Excerpts {
  constructor(private readonly posts: PostLibrary) {}

  /** @param postIds may repeat themselves. @returns by post id; none for a post that is gone */
  async of(workspaceId: WorkspaceId, postIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (postIds.length === 0) return new Map();
    const headings = await this.posts.headings(workspaceId, [...new Set(postIds)]);
    return new Map(headings.map(({ id, title, caption }) => [id, excerptOf({ title: title ?? undefined, caption })]));
  }
}
