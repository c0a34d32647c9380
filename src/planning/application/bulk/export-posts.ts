import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../../kernel/ids.js';
import type { PostFilter } from '../../../library/index.js';
import { exportRow } from '../../domain/bulk/export-row.js';
import { ReadPosts } from '../read-posts.js';

/** Posts read at once. */
const PAGE = 200;

/** Posts as rows of our own layout, newest first, a page in memory at a time. */
@Injectable()
export class ExportPosts {
  constructor(private readonly posts: ReadPosts) {}

  async *rows(workspaceId: WorkspaceId, filter: PostFilter): AsyncIterable<string[]> {
    let after: { readonly at: string; readonly id: string } | undefined;
    for (;;) {
      const { views } = await this.posts.list(workspaceId, filter, { limit: PAGE, after });
      for (const view of views) yield exportRow(view);
      const last = views.at(-1);
      if (!last || views.length < PAGE) return;
      after = { at: last.at, id: last.post.id };
    }
  }
}
