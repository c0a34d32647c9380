import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { CalendarFeed } from './calendar-feed.js';
import type { FeedEntry } from './feed-entry.js';

/** Place in a list, newest first. */
export interface FeedPlace {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** The table of feeds; of a token only its hash is ever here. */
export abstract class CalendarFeeds {
  /** How many there are; other inserts of the workspace wait until `tx` ends. */
  abstract countUnderLock(workspaceId: WorkspaceId, tx: Tx): Promise<number>;
  abstract insert(
    feed: { readonly workspaceId: WorkspaceId; readonly name: string; readonly tokenHash: Buffer },
    tx: Tx,
  ): Promise<CalendarFeed>;
  abstract list(workspaceId: WorkspaceId, place: FeedPlace): Promise<(CalendarFeed & { readonly at: string })[]>;
  /** The old address is dead at once. @returns undefined when there is no such feed */
  abstract rotate(workspaceId: WorkspaceId, id: string, tokenHash: Buffer, tx: Tx): Promise<CalendarFeed | undefined>;
  /** @returns whether there was one */
  abstract delete(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean>;
  abstract byToken(tokenHash: Buffer): Promise<CalendarFeed | undefined>;
  /**
   * Notes what a feed says now.
   * @returns since when it says so; whole seconds, and never the same for two contents
   */
  abstract noteContent(feed: CalendarFeed, contentHash: Buffer): Promise<Date>;
}

/** What a calendar shows around an instant. */
export interface FeedSpan {
  readonly now: Date;
  readonly from: Date;
  readonly until: Date;
  /** Most entries on either side of `now`; the nearest are kept. */
  readonly sideLimit: number;
}

/** Reads the plan of one workspace for its feeds. */
export abstract class FeedEntries {
  /** In order of time. `isWhole` is false when more lies in the span. */
  abstract around(
    workspaceId: WorkspaceId,
    span: FeedSpan,
  ): Promise<{ readonly entries: readonly FeedEntry[]; readonly isWhole: boolean }>;
}
