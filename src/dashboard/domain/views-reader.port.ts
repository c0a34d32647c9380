import type { WorkspaceId } from '../../kernel/ids.js';
import type { BestPost, SuspectSpan, ViewsFilter, ViewsGroup, ViewsRow } from './views.js';

/** Reads counters for charts; always of one workspace. */
export abstract class ViewsReader {
  /** Days of the series that gained most in the span, the strongest first. */
  abstract series(
    workspaceId: WorkspaceId,
    filter: ViewsFilter,
    by: { readonly group: ViewsGroup; readonly zone: string; readonly limit: number },
  ): Promise<readonly ViewsRow[]>;
  /** Where and when the counters of the workspace's accounts could not be believed. */
  abstract suspectSpans(workspaceId: WorkspaceId, filter: ViewsFilter): Promise<readonly SuspectSpan[]>;
  /** @returns the best of those measured, and how many were */
  abstract bestPosts(
    workspaceId: WorkspaceId,
    filter: ViewsFilter,
    limit: number,
  ): Promise<{ readonly items: readonly BestPost[]; readonly sampleSize: number }>;
}
