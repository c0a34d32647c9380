import type { PublishingTiming } from '../publishing-timing.js';
import type { AttemptView, Step, TargetState } from '../targets/target-state.js';
import { type ReconcileContext, settleSighting, type Sighting } from './reconcile.policy.js';

/**
 * What a late sign of life means. `adopt`: nothing else of the target is live, so it is this. `second_copy`: another
 * one is; both are told. `wait`: another try is under way; its end decides. `nothing`: no sign, or known already.
 */
export type LateSign =
  | { readonly kind: 'adopt'; readonly step: Step }
  | { readonly kind: 'second_copy' }
  | { readonly kind: 'wait' }
  | { readonly kind: 'nothing' };

/** How the target stands beside the attempt that was believed absent. */
export interface Beside extends TargetState {
  readonly platformHandle?: string;
  readonly otherIsOpen: boolean;
}

/** One look at an attempt that was believed absent. */
export const judgeLateSign = (
  target: Beside,
  attempt: AttemptView,
  sighting: Sighting,
  context: ReconcileContext,
): LateSign => {
  if (sighting.kind !== 'published') return { kind: 'nothing' };
  if (target.status === 'published') return isOther(target, attempt, sighting) ? { kind: 'second_copy' } : NOTHING;
  if (target.otherIsOpen) return { kind: 'wait' };
  return { kind: 'adopt', step: settleSighting(target, attempt, sighting, context) };
};

/** One handle is one post, and so is one id. */
const isOther = (
  target: Beside,
  attempt: AttemptView,
  { platformPostId }: Extract<Sighting, { kind: 'published' }>,
): boolean => {
  if (attempt.handle !== undefined && attempt.handle === target.platformHandle) return false;
  return platformPostId === undefined || platformPostId !== target.platformPostId;
};

const NOTHING: LateSign = { kind: 'nothing' };

/** Until the look after `done` looks, ms; undefined when that was the last. */
export const nextSecondLookMs = ({ secondLooksMs }: PublishingTiming, done: number): number | undefined => {
  const next = secondLooksMs[done];
  return next === undefined ? undefined : next - (secondLooksMs[done - 1] ?? 0);
};
