/** An id and when it was last seen, ms since the epoch. */
export type Seen = readonly [id: string, atMs: number];

/** A source that failed: when it last counted, its failures in that window, and how often it counted lately. */
export type Counted = readonly [id: string, atMs: number, missed: number, times: number];
