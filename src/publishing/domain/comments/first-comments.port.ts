import type { PlatformName } from '../../../platforms/domain/platform-name.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { AnnouncementState, AnnouncementStep } from '../rerouting/announcement.policy.js';

/** A comment whose time has come. */
export interface FirstCommentDue {
  readonly targetId: string;
  readonly workspaceId: string;
  readonly accountId: string;
  readonly platform: PlatformName;
  readonly platformPostId: string;
  readonly publishedAt: Date;
  readonly text: string;
  readonly createdAt: Date;
}

/** What became of a target's first comment. */
export interface FirstCommentState {
  readonly state: AnnouncementState;
  readonly text: string;
  readonly tries: number;
  readonly messageId: string | null;
  readonly detail: string | null;
  readonly outcomeAt: Date | null;
}

/** The ledger of first comments: one row for each target, its intent before the call. */
export abstract class FirstComments {
  /** For those of the targets that are live on such a platform and have a comment. What is in the ledger stays. */
  abstract plan(targetIds: readonly string[], platforms: readonly PlatformName[], tx: Tx): Promise<void>;
  /** Due ones. Ends those that are older than `forMs`, and those whose call was begun and has no outcome in time. */
  abstract due(limit: number, forMs: number): Promise<readonly FirstCommentDue[]>;
  /** Commits the intent. @param lostMs after it a call without an outcome counts as lost @returns false: another has it */
  abstract intend(comment: FirstCommentDue, lostMs: number): Promise<boolean>;
  abstract settle(comment: FirstCommentDue, step: AnnouncementStep): Promise<void>;
  /** null: it has none. @returns undefined when the workspace has no such target */
  abstract of(workspaceId: string, targetId: string): Promise<FirstCommentState | null | undefined>;
}
