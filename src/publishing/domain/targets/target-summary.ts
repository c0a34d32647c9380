import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { ApprovalState } from '../approvals/approval-state.js';
import type { ErrorCategory, ErrorSource, SendOutcome } from './target-state.js';
import type { TargetStatus } from './target-status.js';

export const TARGET_ROLES = ['origin', 'reroute', 'catch_up', 'fill'] as const;
export type TargetRole = (typeof TARGET_ROLES)[number];

/** A copy that proved live beside the one the target carries. */
export interface DuplicateCopy {
  readonly platformPostId?: string;
  readonly permalink?: string;
  /** ISO instant. */
  readonly foundAt: string;
}

/** What was decided about a copy that landed late beside its live replacement. */
export interface LateCopyRemoval {
  /** As in `removal.policy.ts`. */
  readonly state: string;
  /** ISO instant of the platform's last answer. */
  readonly at?: string;
  readonly detail?: string;
}

/** A target as posts, lists and screens show it. */
export interface TargetSummary {
  readonly id: string;
  readonly postId: string;
  readonly occurrenceId: string;
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly role: TargetRole;
  readonly rootId: string;
  readonly replacementId?: string;
  readonly status: TargetStatus;
  readonly holdReason?: string;
  readonly holdUntil?: Date;
  /** Absent: it needs no person's approval. */
  readonly approval?: ApprovalState;
  readonly scheduledAt: Date;
  /** The time that was asked for, when it goes out within `spreadSeconds` after it. */
  readonly plannedAt?: Date;
  readonly spreadSeconds?: number;
  readonly localTime: string;
  readonly zone: string;
  readonly staleAt: Date;
  readonly publishedAt?: Date;
  readonly platformPostId?: string;
  readonly permalink?: string;
  /** Its truth came after doubt: found live by reconciliation. */
  readonly late: boolean;
  /** Absent: it is no late copy beside another one. */
  readonly removal?: LateCopyRemoval;
  /** What came out other than asked, as sentences; absent when all is as asked. */
  readonly notices?: readonly string[];
  /** Second copies; absent when there are none. */
  readonly duplicates?: readonly DuplicateCopy[];
  readonly error?: {
    readonly category: ErrorCategory;
    readonly source: ErrorSource;
    readonly outcome: SendOutcome;
    readonly detail: string;
  };
  readonly version: number;
}
