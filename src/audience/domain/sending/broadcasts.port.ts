import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Broadcast, BroadcastContent, BroadcastKind, BroadcastStatus } from './broadcast.js';

export interface NewBroadcast extends BroadcastContent {
  readonly workspaceId: WorkspaceId;
  readonly kind: BroadcastKind;
  readonly tags: readonly string[];
  readonly bodyMjml: string | null;
  readonly segmentId: string | null;
}

export type BroadcastEdit = Partial<BroadcastContent & Pick<Broadcast, 'tags' | 'bodyMjml' | 'segmentId'>>;

export interface BroadcastFilter {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
}

/** A scheduled one whose time has come, as it was when that was seen. */
export interface DueBroadcast {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly approvedBy: string;
  readonly version: number;
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
  /** @param reason why, when no person did it */
  abstract setStatus(broadcast: Broadcast, status: BroadcastStatus, tx: Tx, reason?: string): Promise<Broadcast>;
  abstract schedule(
    broadcast: Broadcast,
    plan: { readonly at: Date; readonly approvedBy: string },
    tx: Tx,
  ): Promise<Broadcast>;
  /** A draft again. @param reason why it could not start; null: a person took it back */
  abstract unschedule(broadcast: Broadcast, reason: string | null, tx: Tx): Promise<Broadcast>;
  /** Scheduled ones whose time has come, at most 100. */
  abstract scheduledDue(): Promise<readonly DueBroadcast[]>;
  /** Those being sent, but for what a person let go on although a guard had paused it. */
  abstract guarded(): Promise<readonly { workspaceId: WorkspaceId; id: string }[]>;
  /** Ends every broadcast none of whose rows can still move, with its event `broadcast.sent`. @returns how many */
  abstract finishDone(): Promise<number>;
}
