import type { Tx } from '../../../kernel/transaction.js';
import type { FollowedEvent } from './entry-of-event.js';
import type { Impact } from './impact.js';
import type { EntryDraft, EntryKind, LedgerEntry } from './ledger-entry.js';
import type { SignalCount } from './signal-counts.js';

export interface EntryFilter {
  readonly kinds?: readonly EntryKind[] | undefined;
  /** Only what was decided about this target. */
  readonly targetId?: string | undefined;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** A line with its place in the list: `at` as the database prints it, with microseconds. */
export type ListedEntry = LedgerEntry & { readonly sortKey: string };

/** What happened in incidents. Every line is written once; what comes again is left out. */
export abstract class Ledger {
  /** Lines whose incident is named; others' incidents are not asked for. @returns how many were new */
  abstract append(incidentId: string, drafts: readonly EntryDraft[], tx: Tx): Promise<number>;
  /**
   * Lines about targets: to the incidents that the target's platform was in at that time (what did not go well, `leadMs`
   * before its opening too), and to those that the target or its root met at most `tailMs` before.
   */
  abstract appendOfTargets(
    drafts: readonly { readonly draft: EntryDraft; readonly targetId: string }[],
    window: { readonly leadMs: number; readonly tailMs: number },
    tx: Tx,
  ): Promise<number>;
  /** A line about a platform in one region or all: to its incidents of that time, `leadMs` before their opening too. */
  abstract appendOfPlatform(
    draft: EntryDraft,
    place: { readonly platform: string; readonly region: string | null; readonly leadMs: number },
    tx: Tx,
  ): Promise<number>;
  /** Copies the changes of health of these incidents that the ledger does not have yet. */
  abstract copyTransitions(incidentIds: readonly string[], tx: Tx): Promise<number>;
  /** Copies what status pages said of the platform in this span. */
  abstract copyNews(span: SignalSpan, tx: Tx): Promise<number>;
  /** Whether any incident is open or was within `withinMs`. */
  abstract hasRecent(withinMs: number, tx: Tx): Promise<boolean>;
  /** How many people each broadcast reached, and how many it could not. */
  abstract recipients(
    broadcastIds: readonly string[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, { readonly told: number; readonly failed: number }>>;
  /** Oldest first: the workspace's own lines and those of the platform itself. */
  abstract list(workspaceId: string, incidentId: string, filter: EntryFilter): Promise<readonly ListedEntry[]>;
  abstract impact(workspaceId: string, incidentId: string): Promise<Impact>;
}

/** What was told before a place in the outbox. */
export abstract class EarlierEvents {
  /** The last `limit` events before this one, oldest first. */
  abstract before(event: Pick<FollowedEvent, 'id' | 'xid'>, limit: number, tx: Tx): Promise<readonly FollowedEvent[]>;
}

/** An incident whose signals are not all counted. */
export interface SignalSpan {
  readonly incidentId: string;
  readonly platform: string;
  readonly region: string;
  readonly from: Date;
  readonly to: Date;
}

/** Signals of incidents, counted per span of time. One counter at a time: it runs in one process of the cluster. */
export abstract class SignalCounts {
  /** What is over and not counted yet, of incidents that are open or closed lately; at most `mostMs` of each. */
  abstract due(
    timing: { readonly leadMs: number; readonly bucketMs: number; readonly settleMs: number },
    mostMs: number,
    tx: Tx,
  ): Promise<readonly SignalSpan[]>;
  abstract count(span: SignalSpan, bucketMs: number, tx: Tx): Promise<readonly SignalCount[]>;
  abstract mark(span: SignalSpan, tx: Tx): Promise<void>;
}
