import type { EarlierPost, EvidenceWindow, TargetEvidence } from './evidence.js';
import type { SeenReach } from './expected-reach.js';

/** Whose evidence is read, of which platform, and when. */
export interface EvidenceScope {
  readonly workspaceId: string;
  readonly incidentId: string;
  readonly platform: string;
  readonly region: string;
  readonly openedAt: Date;
  /** Now, while it is open. */
  readonly endedAt: Date;
  readonly window: EvidenceWindow;
}

/** Where the next page begins; instants as the database prints them. */
export interface EvidenceSlice {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

export type Placed<T> = T & { readonly sortKey: string };

/** What is known of an account's reach at one age. */
export interface ReachFacts {
  readonly accountId: string;
  readonly account: string;
  readonly ageSeconds: number;
  readonly planned: number;
  /** Views of earlier posts, newest first, trustworthy ones only. */
  readonly history: readonly number[];
  readonly here: SeenReach;
  readonly elsewhere: SeenReach;
}

/** Reads a workspace's own part in an incident, in pages; nothing is held in memory. */
export abstract class EvidenceReader {
  /** By due time: what was due in the window, and what the ledger names. */
  abstract targets(scope: EvidenceScope, slice: EvidenceSlice): Promise<readonly Placed<TargetEvidence>[]>;
  /** By publishing time: live before the incident, at most a week, with at least one look at its counters. */
  abstract earlierPosts(scope: EvidenceScope, slice: EvidenceSlice): Promise<readonly Placed<EarlierPost>[]>;
  /** Accounts of the platform and region that had posts due while it was open, by id, each with every age. */
  abstract reach(
    scope: EvidenceScope,
    slice: { readonly limit: number; readonly afterAccountId?: string | undefined },
  ): Promise<readonly ReachFacts[]>;
}
