import type { CommitOutcome } from '../../../platforms/domain/publish-outcome.js';
import { whileFresh } from '../targets/while-fresh.js';
import type { AttemptView, Step, TargetState } from '../targets/target-state.js';
import { type PrepareFailure, settleCommit, settleDeath, settlePrepare } from './outcome.policy.js';
import type { StepContext } from './step-context.js';
import { settleCutOff, settleOverBudget, settleOwnFault, settlePlatformDown, settleStale } from './own-fault.policy.js';

/** Why a target's irreversible call was not begun. */
export type NotReady =
  | PrepareFailure
  | { readonly kind: 'own_fault'; readonly detail: string }
  | { readonly kind: 'stale' }
  | { readonly kind: 'platform_down' }
  /** Our own connection is gone; ask again after that, ms. */
  | { readonly kind: 'self_suspect'; readonly afterMs: number }
  /** No retry of the platform is left; ask again after that, ms. */
  | { readonly kind: 'over_budget'; readonly afterMs: number };

/** What became of a try that did not come to its call; undefined: somebody else has settled it. */
export const settleNotReady = (
  target: TargetState,
  attempt: AttemptView,
  outcome: NotReady,
  context: StepContext,
): Step | undefined => {
  if (attempt.state !== 'intended') return undefined;
  switch (outcome.kind) {
    case 'own_fault':
      return settleOwnFault(target, outcome.detail, context);
    case 'stale':
      return settleStale(target, context);
    case 'platform_down':
      return settlePlatformDown(target, context);
    case 'self_suspect':
      return settleCutOff(target, outcome.afterMs, context);
    case 'over_budget':
      return settleOverBudget(target, outcome.afterMs, context);
    default:
      return settlePrepare(target, outcome, context);
  }
};

/**
 * The answer of the irreversible call, as its own worker brings it. After a takeover only good news still counts: the
 * doubt is the reconciler's.
 */
export const settleAnswer = (
  target: TargetState,
  attempt: AttemptView,
  outcome: CommitOutcome,
  context: StepContext,
): Step | undefined => {
  const mine = attempt.state === 'intended' && target.status === 'publishing';
  const lateTruth = attempt.state === 'unknown' && outcome.kind === 'published';
  return mine || lateTruth ? settleCommit(target, outcome, context) : undefined;
};

/** A worker that stops gives back what it has not begun; undefined: its call has begun, or somebody else has it. */
export const settleHandedBack = (target: TargetState, attempt: AttemptView, { now }: StepContext): Step | undefined =>
  attempt.state === 'intended' && attempt.commitStartedAt === undefined
    ? {
        cause: 'handed_back',
        target: { status: 'scheduled', bumpVersion: true, dueAt: whileFresh(target, now) },
        attempt: { state: 'abandoned' },
        effects: [],
      }
    : undefined;

/** What a worker that is gone, or lost sight of its target, left with a written intent. */
export const settleLeftover = (target: TargetState, attempt: AttemptView, context: StepContext): Step | undefined =>
  attempt.state === 'armed' || attempt.state === 'intended'
    ? settleDeath(target, attempt.commitStartedAt !== undefined, context)
    : undefined;
