import type { Tx } from '../../../kernel/transaction.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { HoldReason } from '../../domain/targets/target-state.js';
import type { TargetSummary } from '../../domain/targets/target-summary.js';
import type { TargetStatus } from '../../domain/targets/target-status.js';

/** Filters of the target list; all optional, all combined. */
export interface TargetFilter {
  readonly status?: TargetStatus;
  /** Only those held, for this reason. */
  readonly holdReason?: HoldReason;
  readonly platform?: PlatformName;
  readonly accountId?: string;
  readonly postId?: string;
  readonly role?: string;
  readonly from?: Date;
  readonly to?: Date;
}

/** A stretch of a list, newest `scheduledAt` first. */
export interface TargetSlice {
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string };
}

/** A summary with its place in the list. */
export interface ListedTarget extends TargetSummary {
  /** `scheduledAt` as the database prints it, with microseconds. */
  readonly sortKey: string;
}

/** Reads targets of one workspace. */
export abstract class TargetReader {
  abstract byIds(workspaceId: string, ids: readonly string[], tx?: Tx): Promise<readonly TargetSummary[]>;
  abstract forPosts(
    workspaceId: string,
    postIds: readonly string[],
    tx?: Tx,
  ): Promise<ReadonlyMap<string, readonly TargetSummary[]>>;
  /** At most `limit + 1`, so that the caller sees whether there is more. */
  abstract list(workspaceId: string, filter: TargetFilter, slice: TargetSlice): Promise<readonly ListedTarget[]>;
  abstract attempts(workspaceId: string, targetId: string): Promise<readonly AttemptSummary[]>;
  abstract history(workspaceId: string, targetId: string): Promise<readonly HistoryEntry[]>;
}

/** One try as the API shows it: no tokens, no upload addresses. */
export interface AttemptSummary {
  readonly id: string;
  readonly no: number;
  readonly version: number;
  readonly state: string;
  readonly handle: string | null;
  readonly intentAt: Date | null;
  readonly callStartedAt: Date | null;
  readonly callDeadlineAt: Date | null;
  readonly outcomeAt: Date | null;
  readonly absentReads: number;
  /** What the platform answered: HTTP status, its own code, its id of the request, its words. */
  readonly httpStatus: number | null;
  readonly platformCode: string | null;
  readonly requestId: string | null;
  readonly answerDetail: string | null;
  readonly createdAt: Date;
  /** A person's word that ended the doubt against the rule. */
  readonly override: { readonly by: string; readonly at: string; readonly said: string } | null;
  /** What it left live although its absence was believed. */
  readonly secondCopy: {
    readonly platformPostId: string | null;
    readonly permalink: string | null;
    readonly foundAt: string;
  } | null;
}

/** One change of status. */
export interface HistoryEntry {
  readonly seq: number;
  readonly from: string | null;
  readonly to: string;
  readonly cause: string;
  readonly actor: string;
  readonly reasons: unknown;
  readonly at: Date;
}
