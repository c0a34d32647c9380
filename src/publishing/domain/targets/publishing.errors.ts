import { DomainError } from '../../../kernel/domain-error.js';

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

/** The account carries this run in another target that is not over. */
export const accountTaken = (): DomainError =>
  new DomainError(
    'conflict',
    'target.account_taken',
    'This account already carries this run of the post. Choose another account.',
  );

/** The platform's id belongs to another target of the account: one live post is never counted twice. */
export const postOwned = (): DomainError =>
  new DomainError(
    'conflict',
    'target.post_owned',
    'This live post already belongs to another target. Look at both on the platform and decide.',
  );
