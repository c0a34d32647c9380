import type { Tx } from '../../../kernel/transaction.js';
import type { Heard } from './firehose-tally.js';
import type { RadarAlarm, RadarAlert, RadarPoint, RadarWatch, RadarWatchDraft } from './radar-watch.js';

/** What a watch remembers from one look to the next. */
export interface WatchMemory {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** The place at the last look. */
  readonly rank?: number | null;
  /** Items of an RSS feed that were there, newest first; absent before the first look. */
  readonly seen?: readonly string[];
}

export interface KnownWatch extends RadarWatch {
  readonly memory: WatchMemory;
  readonly failures: number;
  readonly lookedAt?: Date;
  /** Why the last look brought nothing. */
  readonly error?: string;
}

export interface LookOutcome {
  readonly memory: WatchMemory;
  readonly failures: number;
  readonly error?: string | undefined;
  readonly lookedAt: Date;
  readonly nextAt: Date;
}

/** Where the instance's watches are. */
export abstract class RadarWatches {
  /** @throws DomainError `radar.too_many` */
  abstract insert(draft: RadarWatchDraft, tx: Tx): Promise<KnownWatch>;
  /** With its series and alerts. @returns the watch that is gone, undefined when there was none */
  abstract remove(id: string, tx: Tx): Promise<RadarWatch | undefined>;
  /** All, oldest first; there are at most fifty. */
  abstract all(): Promise<KnownWatch[]>;
  /** Those that listen to the firehose. */
  abstract onFirehose(): Promise<KnownWatch[]>;
  /** Leases watches whose document is due. */
  abstract takeDue(limit: number, leaseMs: number): Promise<KnownWatch[]>;
  /** @returns false when the watch is gone meanwhile */
  abstract settle(id: string, outcome: LookOutcome, tx: Tx): Promise<boolean>;
}

/** Series and where the stream was left. */
export abstract class RadarSeries {
  abstract putRank(watchId: string, at: Date, value: number | null, tx: Tx): Promise<void>;
  /** Adds to the hours what was heard. */
  abstract add(heard: Omit<Heard, 'cursorUs'>, watchIds: readonly string[], tx: Tx): Promise<void>;
  /** Oldest first. */
  abstract points(watchId: string, since: Date, tx: Tx): Promise<RadarPoint[]>;
  /** The same of all watches, for charts; mentions from further back, since what is usual needs weeks. */
  abstract allPoints(since: Date, mentionsSince: Date): Promise<ReadonlyMap<string, readonly RadarPoint[]>>;
  /** Microseconds since the epoch. */
  abstract cursor(): Promise<number | undefined>;
  /** @returns false when somebody else has moved it from there */
  abstract moveCursor(fromUs: number | undefined, toUs: number, tx: Tx): Promise<boolean>;
  /** @returns how many points were forgotten */
  abstract purge(olderThanMs: number): Promise<number>;
}

export abstract class RadarAlerts {
  abstract openOf(watchId: string, tx: Tx): Promise<RadarAlert | undefined>;
  /** Those that stand, of all watches. */
  abstract standing(): Promise<RadarAlert[]>;
  /** @returns undefined when one stands already */
  abstract open(watchId: string, alarm: RadarAlarm, at: Date, tx: Tx): Promise<RadarAlert | undefined>;
  abstract close(id: string, at: Date, tx: Tx): Promise<void>;
  /** Newest first. */
  abstract list(page: {
    readonly limit: number;
    readonly after?: { readonly at: string; readonly id: string } | undefined;
  }): Promise<(RadarAlert & { readonly title: string; readonly at: string })[]>;
}

/** How listening ended. */
export interface Listened {
  /** Messages that came; none means that the connection was worth nothing. */
  readonly messages: number;
  readonly why: string;
}

/** The public stream of new posts. */
export abstract class PostStream {
  /**
   * Listens until `signal` aborts, the connection ends or falls silent, or a turn says so. `onTurn` runs every
   * `turnMs`, one at a time, and once at the end; it answers whether to go on. Never throws.
   */
  abstract listen(order: {
    readonly fromUs: number | undefined;
    readonly signal: AbortSignal;
    readonly turnMs: number;
    readonly onMessage: (raw: string) => void;
    readonly onTurn: () => Promise<boolean>;
  }): Promise<Listened>;
}
