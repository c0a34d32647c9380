import { DomainError, type Violation } from '../../../kernel/domain-error.js';
import type { Reason } from '../../../routing/domain/route-decision.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';

interface Destination {
  readonly id: string;
  readonly platform: string;
  readonly status: string;
}

/** The route names nobody who could take it. */
export const noFallback = (targetId: string, reasons: readonly Reason[]): DomainError =>
  new DomainError(
    'conflict',
    'target.no_fallback',
    'The route of this target has no usable fallback. Name an accountId, or add fallbacks to the route.',
    { targetId, reasons },
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
    `Publishing to ${platformTitle(platform)} is paused. See GET /v1/pauses; resume it, or choose an account elsewhere.`,
    { accountId: id, platform },
  );

/** Somebody else got the place between decision and write; the next look chooses again. */
export const fallbackLost = (accountId: string, why: string): DomainError =>
  new DomainError('conflict', 'target.fallback_lost', `This account cannot take the post any more: ${why}.`, {
    accountId,
  });

/** Whether a replacement could not be written because another origin was quicker. */
export const isPlaceLost = (error: unknown): boolean =>
  error instanceof DomainError && (error.code === 'target.account_taken' || error.code === 'target.fallback_lost');

/** Nothing stands for it elsewhere. */
export const notRerouted = (targetId: string): DomainError =>
  new DomainError(
    'conflict',
    'target.not_rerouted',
    'Nothing stands for this target elsewhere, so there is no move to take back. See GET /v1/targets/{id}.',
    { targetId },
  );

/** Too old to go out on its own account. */
export const tooStaleToReturn = (targetId: string, staleAt: Date): DomainError =>
  new DomainError(
    'conflict',
    'target.stale',
    `This post was worth nothing on its own account after ${staleAt.toISOString()}; leave it where it is.`,
    { targetId, staleAt: staleAt.toISOString() },
  );

/** The account's platform would refuse the video or the words. */
export const doesNotFit = ({ id, platform }: Destination, violations: readonly Violation[]): DomainError =>
  new DomainError(
    'unprocessable',
    'target.does_not_fit',
    `${platformTitle(platform)} does not take this video or text. ` +
      `Give the post a variant for ${platformTitle(platform)}, or choose another account.`,
    { accountId: id, platform },
    violations,
  );

/** Account or app has used its publishes up. */
export const noQuotaLeft = ({ id, platform }: Destination, resetsAt: Date | undefined): DomainError =>
  new DomainError(
    'conflict',
    'target.no_quota',
    `No publish is left on this ${platformTitle(platform)} account${resetsAt ? ` until ${resetsAt.toISOString()}` : ''}. ` +
      'Choose another account, or move it later.',
    { accountId: id, ...(resetsAt ? { resetsAt: resetsAt.toISOString() } : {}) },
  );
