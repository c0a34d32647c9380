import type { WorkspaceId } from '../../../kernel/ids.js';
import type { DeadlineRule } from '../../../publishing/domain/approvals/approval.policy.js';

/** A target that waits for an approver, with what it would say. */
export interface WaitingApproval {
  readonly targetId: string;
  readonly postId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly state: 'waiting' | 'rejected';
  readonly scheduledAt: Date;
  /** After it the target is missed. */
  readonly waitsUntil: Date;
  readonly caption: string;
  readonly title: string | null;
  readonly mediaId: string | null;
  /** Hex; name it with a verdict, so that it is about these very words. */
  readonly contentHash: string;
  /** Who asked, or said no, last; null for what was never noted. */
  readonly lastActor: string | null;
  readonly lastComment: string | null;
  /** `scheduledAt` as the database prints it. */
  readonly at: string;
}

export interface WaitingQuery {
  readonly state: 'waiting' | 'rejected';
  readonly accountId?: string;
  readonly limit: number;
  readonly after?: { readonly at: string; readonly id: string };
}

/** One line of a target's approval history. */
export interface ApprovalEntry {
  readonly action: string;
  readonly actor: string;
  readonly comment: string | null;
  readonly contentHash: string;
  readonly at: Date;
}

/** A rule as it is stored; `accountId` null: of the workspace. */
export interface ApprovalRule {
  readonly accountId: string | null;
  readonly needsApproval: boolean;
  readonly onDeadline: DeadlineRule;
}

/** Reads approvals of one workspace. */
export abstract class ApprovalReader {
  /** The soonest first. */
  abstract waiting(workspaceId: WorkspaceId, query: WaitingQuery): Promise<readonly WaitingApproval[]>;
  /** The oldest first; at most 1,000. @returns undefined when the workspace has no such target */
  abstract history(workspaceId: WorkspaceId, targetId: string): Promise<readonly ApprovalEntry[] | undefined>;
}
