import type { WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { Broadcast, BroadcastContent, BroadcastKind, BroadcastStatus } from './broadcast.js';

export interface NewBroadcast extends BroadcastContent {
  readonly workspaceId: WorkspaceId;
  readonly kind: BroadcastKind;
  readonly tags: readonly string[];
}

export type BroadcastEdit = Partial<BroadcastContent & { readonly tags: readonly string[] }>;

export interface BroadcastFilter {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** An outage as a notice is drafted for it. */
export interface NoticeDraft {
  readonly incidentId: string;
  readonly platform: string;
  readonly region: string;
  readonly content: BroadcastContent;
}

/** Broadcasts and their status. */
export abstract class Broadcasts {
  abstract insert(fresh: NewBroadcast, tx: Tx): Promise<Broadcast>;
  abstract get(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<Broadcast | undefined>;
  abstract lock(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<Broadcast | undefined>;
  abstract list(
    workspaceId: WorkspaceId,
    filter: BroadcastFilter,
  ): Promise<readonly (Broadcast & { readonly at: string })[]>;
  abstract edit(broadcast: Broadcast, edit: BroadcastEdit, tx: Tx): Promise<Broadcast>;
  abstract freeze(broadcast: Broadcast, approval: { hash: Buffer; approvedBy: string }, tx: Tx): Promise<Broadcast>;
  abstract setStatus(broadcast: Broadcast, status: BroadcastStatus, tx: Tx): Promise<Broadcast>;
  /** Ends every broadcast none of whose rows can still move, with its event `broadcast.sent`. @returns how many */
  abstract finishDone(): Promise<number>;
}

/** Notices that outages cause; one per workspace, incident and kind. */
export abstract class Notices {
  /** For every workspace with an active account there and someone to tell. @returns how many were drafted */
  abstract draftBlackouts(draft: NoticeDraft, tx: Tx): Promise<number>;
  /** For every workspace whose blackout notice reached the mail server for someone. @returns how many were drafted */
  abstract draftAllClears(draft: NoticeDraft, tx: Tx): Promise<number>;
  /**
   * Blackout drafts of incidents that are still open, whose workspace lets them go out by themselves
   * (`broadcastAfterSeconds` of its route, counted from the opening and divided by `scale`) and whose time has come.
   */
  abstract due(scale: number): Promise<readonly { readonly workspaceId: WorkspaceId; readonly id: string }[]>;
}
