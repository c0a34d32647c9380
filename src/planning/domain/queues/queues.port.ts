import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Queue, QueueRules, Slot, Span } from './queue.js';

/** A queue with the rest of its row. */
export interface StoredQueue extends Queue {
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  /** What the person who paused it said. */
  readonly pauseReason?: string;
  readonly pausedAt?: Date;
  /** Grows with every change: the ETag. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** All accounts of the queue; a disconnected one is not among `accounts`. */
  readonly accountIds: readonly string[];
}

/** A weekly time as asked for. */
export type SlotWish = Omit<Slot, 'id'>;

/** What a queue is to be, checked. */
export interface QueuePlanWish extends QueueRules {
  readonly name: string;
  readonly accountIds: readonly string[];
  readonly slots: readonly SlotWish[];
}

/** Where queues are kept. Deleted ones are never seen. */
export abstract class Queues {
  /** @throws DomainError `queue.name_taken` */
  abstract insert(workspaceId: WorkspaceId, wish: QueuePlanWish, tx: Tx): Promise<StoredQueue>;
  /**
   * Replaces all that a wish says and raises the version; a slot of the same day and time stays the same slot.
   * @throws DomainError `queue.name_taken`
   */
  abstract update(workspaceId: WorkspaceId, id: string, wish: QueuePlanWish, tx: Tx): Promise<void>;
  abstract setPaused(
    workspaceId: WorkspaceId,
    id: string,
    pause: { readonly paused: boolean; readonly reason?: string },
    tx: Tx,
  ): Promise<void>;
  abstract markDeleted(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void>;
  abstract find(workspaceId: WorkspaceId, id: string, tx?: Tx): Promise<StoredQueue | undefined>;
  /** All of a workspace, oldest first. */
  abstract all(workspaceId: WorkspaceId, tx?: Tx): Promise<readonly StoredQueue[]>;
  /** Newest first; `at` is the key of the page. */
  abstract list(
    workspaceId: WorkspaceId,
    place: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<readonly (StoredQueue & { readonly at: string })[]>;
  abstract count(workspaceId: WorkspaceId, tx: Tx): Promise<number>;
  /** True when runs of the queue ended without a copy since its last round: others may be due earlier now. */
  abstract hasLosses(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<boolean>;
  /** Queues that lost runs since their last round, or have runs in the span of posts that are gone or paused. */
  abstract unsettled(workspaceId: WorkspaceId, span: Span): Promise<ReadonlySet<string>>;
  abstract markPlanned(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void>;
  /** Workspaces that have a queue. */
  abstract workspaces(): Promise<readonly WorkspaceId[]>;
  /** Whoever plans or changes queues of this workspace next waits until `tx` ends: queues share posts and accounts. */
  abstract lockPlanning(workspaceId: WorkspaceId, tx: Tx): Promise<void>;
}
