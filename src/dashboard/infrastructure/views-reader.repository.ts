import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { BestPost, SuspectSpan, ViewsFilter, ViewsGroup, ViewsRow } from '../domain/views.js';
import { ViewsReader } from '../domain/views-reader.port.js';
import { BEST_POSTS, seriesSql, SUSPECT_SPANS } from './views.sql.js';

/** The workspace is part of every statement. */
@Injectable()
export class ViewsReaderRepository extends ViewsReader {
  constructor(private readonly database: Database) {
    super();
  }

  series(
    workspaceId: WorkspaceId,
    filter: ViewsFilter,
    { group, zone, limit }: { readonly group: ViewsGroup; readonly zone: string; readonly limit: number },
  ): Promise<readonly ViewsRow[]> {
    return this.database.rows<ViewsRow>(seriesSql(group), [...asked(workspaceId, filter), zone, limit]);
  }

  suspectSpans(workspaceId: WorkspaceId, filter: ViewsFilter): Promise<readonly SuspectSpan[]> {
    return this.database.rows<SuspectSpan>(SUSPECT_SPANS, asked(workspaceId, filter).slice(0, 5));
  }

  async bestPosts(
    workspaceId: WorkspaceId,
    filter: ViewsFilter,
    limit: number,
  ): Promise<{ items: readonly BestPost[]; sampleSize: number }> {
    type Row = BestPost & { readonly sampleSize: number };
    const items = await this.database.rows<Row>(BEST_POSTS, [...asked(workspaceId, filter), limit]);
    return { items, sampleSize: items[0]?.sampleSize ?? 0 };
  }
}

const asked = (workspaceId: WorkspaceId, { from, to, platform, accountId, postId }: ViewsFilter): unknown[] => [
  ...[workspaceId, from, to, platform ?? null, accountId ?? null, postId ?? null],
];
