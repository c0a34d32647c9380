import { DomainError } from '../../../kernel/domain-error.js';

export const approvalNotNeeded = (targetId: string): DomainError =>
  new DomainError('conflict', 'approval.not_needed', 'This target needs no approval. See GET /v1/approval-rules.', {
    targetId,
  });

/** The approver has looked at other words than would go out. */
export const contentChanged = (targetId: string): DomainError =>
  new DomainError(
    'stale',
    'approval.content_changed',
    'Somebody changed this target since you looked at it. Read it again, then decide.',
    { targetId },
  );

export const notWaiting = (targetId: string, status: string): DomainError =>
  new DomainError(
    'conflict',
    'approval.not_waiting',
    `This target does not wait for an approval: it is ${status}. Withdraw an approval that was given, or cancel it.`,
    { targetId, status },
  );

export const nothingToDecide = (postId: string): DomainError =>
  new DomainError('conflict', 'approval.nothing_to_decide', 'No target of this post is in a state to decide about.', {
    postId,
  });
