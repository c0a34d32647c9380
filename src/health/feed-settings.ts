import type { FeedDraft } from './domain/feeds/feed.js';

/** What feeds take from the configuration. */
export class FeedSettings {
  constructor(
    readonly builtIn: readonly FeedDraft[],
    /** How long bad news is evidence, ms. */
    readonly lifetimeMs: number,
    /** 0..1, drawn anew at each call; fixed in tests. */
    readonly random: () => number,
  ) {}
}
