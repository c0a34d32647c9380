import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { WallTime } from '../wall-time-clock.js';
import type { RecurrenceTarget } from './planned-run.js';
import type { OccurrenceChange, Recurrence } from './recurrence.js';

/** What a recurrence says; written as a whole. */
export interface RecurrenceWish {
  readonly recurrence: Recurrence;
  readonly targets: readonly RecurrenceTarget[];
  readonly isPaused: boolean;
}

/** A recurrence of a post with the rest of its row. */
export interface StoredRecurrence extends RecurrenceWish {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly postId: PostId;
  readonly pausedAt?: Date;
  /** Every run before it is planned. */
  readonly plannedUntil?: Date;
  /** Why planning failed last; it is tried again. */
  readonly problem?: string;
  /** Grows by one with every change of the recurrence itself, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** How far planning came: until when, or why not. */
export interface PlanningProgress {
  readonly recurrenceId: string;
  readonly plannedUntil?: Date | undefined;
  readonly problem?: string | undefined;
}

/** Posts that recur. Removed recurrences are never seen. */
export abstract class Recurrences {
  abstract find(workspaceId: WorkspaceId, postId: PostId, tx?: Tx): Promise<StoredRecurrence | undefined>;
  /** Those of a workspace that run: neither paused, nor of a paused post, nor with a rule that cannot be read any more. */
  abstract running(workspaceId: WorkspaceId): Promise<readonly StoredRecurrence[]>;
  /** Keeps others waiting until `tx` ends. The caller has locked the post: all lock it first. */
  abstract lock(workspaceId: WorkspaceId, postId: PostId, tx: Tx): Promise<StoredRecurrence | undefined>;
  /** Creates it, revives it, or replaces what it says; the caller has locked the post. */
  abstract put(
    workspaceId: WorkspaceId,
    postId: PostId,
    wish: RecurrenceWish & { readonly ruleText: string },
    tx: Tx,
  ): Promise<StoredRecurrence>;
  abstract remove(workspaceId: WorkspaceId, id: string, tx: Tx): Promise<void>;
  /** A workspace with recurrences that are not planned until then, and their posts, those longest unplanned first. */
  abstract nextToPlan(
    until: Date,
    limit: number,
  ): Promise<{ readonly workspaceId: WorkspaceId; readonly postIds: readonly PostId[] } | undefined>;
  /** Locks those of the posts that are still not planned until then. */
  abstract lockToPlan(
    workspaceId: WorkspaceId,
    postIds: readonly PostId[],
    until: Date,
    tx: Tx,
  ): Promise<readonly StoredRecurrence[]>;
  abstract notePlanned(workspaceId: WorkspaceId, progress: readonly PlanningProgress[], tx: Tx): Promise<void>;
  /** Out of any transaction: planning this one failed; it is left alone for `forMs`. */
  abstract postpone(workspaceId: WorkspaceId, postId: PostId, problem: string, forMs: number): Promise<void>;
}

/** What persons said about single occurrences. */
export abstract class OccurrenceChanges {
  /** By recurrence, each in order of local time. */
  abstract of(
    workspaceId: WorkspaceId,
    recurrenceIds: readonly string[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, readonly OccurrenceChange[]>>;
  /** Writes it in place of what was said before. */
  abstract put(workspaceId: WorkspaceId, recurrenceId: string, change: OccurrenceChange, tx: Tx): Promise<void>;
  abstract remove(workspaceId: WorkspaceId, recurrenceId: string, localTime: WallTime, tx: Tx): Promise<void>;
}

/** A run that planning has made of an occurrence. */
export interface RecurrenceRun {
  readonly recurrenceId: string;
  readonly localTime: WallTime;
  readonly at: Date;
  readonly fingerprint: string;
  readonly occurrenceId: string;
  /** As `occurrence.variation`, of what is stored. */
  readonly variation?: number;
}

/** A planned run of which nothing has begun, as it is now. */
export interface WaitingRun {
  readonly accountIds: readonly string[];
  /** As `occurrence.variation`. */
  readonly variation: number;
}

/** Which occurrences have become runs. */
export abstract class RecurrenceRuns {
  /** Those at `from` or later, and those whose name is later: moved to before it, they hold their name all the same. */
  abstract since(
    workspaceId: WorkspaceId,
    recurrenceIds: readonly string[],
    from: Date,
    tx?: Tx,
  ): Promise<readonly RecurrenceRun[]>;
  /**
   * Takes the local times for these runs, whose occurrences are written in the same transaction.
   * @returns the occurrence ids of those that nobody had taken
   */
  abstract reserve(workspaceId: WorkspaceId, runs: readonly RecurrenceRun[], tx: Tx): Promise<ReadonlySet<string>>;
  /** Those of which every target waits, by occurrence id. */
  abstract waiting(
    workspaceId: WorkspaceId,
    occurrenceIds: readonly string[],
    tx: Tx,
  ): Promise<ReadonlyMap<string, WaitingRun>>;
  /** Their local times are free again. */
  abstract release(workspaceId: WorkspaceId, occurrenceIds: readonly string[], tx: Tx): Promise<void>;
}
