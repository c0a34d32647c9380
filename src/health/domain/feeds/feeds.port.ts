import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { FeedKnowledge } from './advisory.js';
import type { Feed, FeedDraft, Severity } from './feed.js';

/** A feed with what is known from it. */
export interface KnownFeed extends Feed {
  /** Absent before the first look. */
  readonly knowledge?: FeedKnowledge;
  /** Last look, whatever came of it. */
  readonly lookedAt?: Date;
  /** Failures in a row. */
  readonly failures: number;
}

/** A feed that is due, with what its server wants to hear. */
export interface DueFeed extends KnownFeed {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** What a look leaves behind. */
export interface LookResult {
  readonly lookedAt: Date;
  readonly nextAt: Date;
  readonly failures: number;
  readonly knowledge?: FeedKnowledge | undefined;
  /** Absent: none; the next look asks for the whole document. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/** Bad news as it is kept. */
export interface FeedEvidence {
  readonly feedId: string;
  /** `feed:<name>`. */
  readonly source: string;
  readonly platform: PlatformName;
  readonly region?: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly seenAt: Date;
  readonly until: Date;
}

export abstract class Feeds {
  /** @throws DomainError `feed.name_taken`, `feed.too_many` */
  abstract insert(draft: FeedDraft, tx: Tx): Promise<KnownFeed>;
  /**
   * Makes the built-in feeds those of the configuration. One that an operator removed stays away; a name that an
   * operator has given to another feed is left alone.
   */
  abstract syncBuiltIn(drafts: readonly FeedDraft[]): Promise<void>;
  /** @returns the feed that is gone, undefined when there was none */
  abstract remove(id: string, tx: Tx): Promise<KnownFeed | undefined>;
  abstract list(page: {
    readonly limit: number;
    readonly after?: { readonly at: string; readonly id: string } | undefined;
    readonly platform?: string | undefined;
  }): Promise<(KnownFeed & { readonly at: string })[]>;
  /** Leases feeds that are due. */
  abstract takeDue(limit: number, leaseMs: number): Promise<DueFeed[]>;
  /** @returns false when the feed is gone meanwhile */
  abstract settle(id: string, result: LookResult, tx: Tx): Promise<boolean>;
  abstract append(evidence: FeedEvidence, tx: Tx): Promise<void>;
  /** Regions in which this platform has accounts or has been observed. */
  abstract regionsOf(platform: PlatformName, tx: Tx): Promise<string[]>;
  /** Forgets evidence older than this. @returns how many */
  abstract purge(olderThanMs: number): Promise<number>;
}

/** The way to a page. */
export abstract class FeedDoor {
  /** @throws DomainError `url.refused` */
  abstract assertUsable(url: string): Promise<void>;
  abstract read(request: {
    readonly url: string;
    readonly etag?: string | undefined;
    readonly lastModified?: string | undefined;
  }): Promise<FeedAnswer>;
}

/** What came of asking for a page; never an exception. */
export type FeedAnswer =
  | {
      readonly kind: 'document';
      readonly contentType: string;
      readonly body: string;
      readonly etag?: string;
      readonly lastModified?: string;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfterMs?: number };
