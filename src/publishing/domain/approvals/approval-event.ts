import type { EventTypeOf } from '../../../kernel/event-catalogue.js';
import type { DomainEvent } from '../../../kernel/event-log.port.js';
import type { EventSubject } from '../targets/target-event.js';
import type { TargetStatus } from '../targets/target-status.js';

/** What happened to an approval. */
export interface ApprovalHappening {
  /** Of the target, after it. */
  readonly status: TargetStatus;
  readonly actor: string;
  readonly comment?: string;
  readonly waitsUntil?: Date;
}

/** The public event about the approval of one target. */
export const approvalEvent = (
  type: EventTypeOf<'approval'>,
  target: EventSubject,
  { status, actor, comment, waitsUntil }: ApprovalHappening,
): DomainEvent => ({
  workspaceId: target.workspaceId,
  type,
  subjectId: target.id,
  payload: {
    targetId: target.id,
    postId: target.postId,
    occurrenceId: target.occurrenceId,
    accountId: target.accountId,
    platform: target.platform,
    scheduledAt: target.scheduledAt.toISOString(),
    status,
    actor,
    ...(comment === undefined ? {} : { comment }),
    ...(waitsUntil === undefined ? {} : { waitsUntil: waitsUntil.toISOString() }),
  },
});
