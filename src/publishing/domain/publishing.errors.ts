import { DomainError } from '../../kernel/domain-error.js';

/** The call of this version has begun; nothing can take it back. */
export const tooLate = (targetId: string): DomainError =>
  new DomainError(
    'conflict',
    'target.too_late',
    'This target is already being published. Wait for its outcome, then decide what to do with the live post.',
    { targetId },
  );

/** The target's state does not allow what was asked. */
export const notPossible = (targetId: string, status: string, what: string): DomainError =>
  new DomainError('conflict', 'target.not_possible', `A target that is ${status} cannot be ${what}.`, {
    targetId,
    status,
  });
