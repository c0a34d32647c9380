import { DomainError, type Violation } from '../../../kernel/domain-error.js';

interface Destination {
  readonly id: string;
  readonly platform: string;
  readonly status: string;
}

/** The route names nobody who could take it. */
export const noFallback = (targetId: string): DomainError =>
  new DomainError(
    'conflict',
    'target.no_fallback',
    'The route of this target has no usable fallback. Name an accountId, or add fallbacks to the route.',
    { targetId },
  );

/** The account cannot publish now. */
export const accountNotActive = ({ id, status }: Destination): DomainError =>
  new DomainError(
    'conflict',
    'target.account_not_active',
    status === 'paused'
      ? 'This account is paused. Resume it with POST /v1/accounts/{id}/resume, or choose another account.'
      : `This account is ${status}. Connect it again, or choose another account.`,
    { accountId: id, status },
  );

/** A kill switch stops the account's platform or the workspace. */
export const destinationPaused = ({ id, platform }: Destination): DomainError =>
  new DomainError(
    'conflict',
    'target.destination_paused',
    `Publishing to ${platform} is paused. See GET /v1/pauses; resume it, or choose an account elsewhere.`,
    { accountId: id, platform },
  );

/** The account's platform would refuse the video or the words. */
export const doesNotFit = ({ id, platform }: Destination, violations: readonly Violation[]): DomainError =>
  new DomainError(
    'unprocessable',
    'target.does_not_fit',
    `${platform} does not take this video or text. Give the post a variant for ${platform}, or choose another account.`,
    { accountId: id, platform },
    violations,
  );

/** Account or app has used its publishes up. */
export const noQuotaLeft = ({ id, platform }: Destination, resetsAt: Date | undefined): DomainError =>
  new DomainError(
    'conflict',
    'target.no_quota',
    `No publish is left on this ${platform} account${resetsAt ? ` until ${resetsAt.toISOString()}` : ''}. ` +
      'Choose another account, or move it later.',
    { accountId: id, ...(resetsAt ? { resetsAt: resetsAt.toISOString() } : {}) },
  );
