import type { Tx } from '../../../kernel/transaction.js';
import type { DeadlineRule } from './approval.policy.js';

/** A target whose need of approval is asked. */
export interface ApprovalQuestion {
  readonly targetId: string;
  readonly workspaceId: string;
  readonly accountId: string;
  /** The target it stands for: approved there is approved here, and refused there is not free here. */
  readonly standsFor?: string;
}

/** `given`: what it stands for was approved. */
export type ApprovalNeed = { readonly kind: 'ask'; readonly onDeadline: DeadlineRule } | { readonly kind: 'given' };

export const APPROVAL_ACTIONS = ['requested', 'given', 'rejected', 'withdrawn', 'expired'] as const;
export type ApprovalAction = (typeof APPROVAL_ACTIONS)[number];

/** One line of a target's approval history. */
export interface ApprovalNote {
  readonly targetId: string;
  readonly workspaceId: string;
  readonly action: ApprovalAction;
  readonly actor: string;
  readonly comment?: string;
}

/** Whose targets need approval, and what was said about each. */
export abstract class Approvals {
  /** The need of each; a target that is absent needs none. */
  abstract needed(asked: readonly ApprovalQuestion[], tx: Tx): Promise<ReadonlyMap<string, ApprovalNeed>>;
  /** Writes the history, each with the content as it is now. */
  abstract note(notes: readonly ApprovalNote[], tx: Tx): Promise<void>;
  /** What targets say now, as hex of a hash. */
  abstract contentHashes(targetIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, string>>;
  /** The ids with those of every target that stands for one of them. */
  abstract withReplacements(workspaceId: string, targetIds: readonly string[], tx: Tx): Promise<readonly string[]>;
  /** Notes it on targets that nothing is to happen to now: a step of theirs meets it. */
  abstract mark(targetIds: readonly string[], approval: 'waiting' | 'given', tx: Tx): Promise<void>;
  /** Unapproved targets whose deadline has passed, at most `limit`. */
  abstract overdue(limit: number): Promise<readonly string[]>;
}
