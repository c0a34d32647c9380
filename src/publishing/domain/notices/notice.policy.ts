import { MINUTE_MS, plusMs, SECOND_MS } from '../../../kernel/durations.js';
import type { PlatformNotice } from '../../../platforms/domain/platform-webhook.js';
import { settleLink } from '../reconcile/link.policy.js';
import { type ReconcileContext, settleSighting } from '../reconcile/reconcile.policy.js';
import type { AttemptView, Step, TargetState } from '../targets/target-state.js';

/** A notice about the outcome of one publish. */
export type PostNotice = Extract<PlatformNotice, { kind: 'published' | 'available' | 'failed' }>;
/** A notice that says the post is there. */
export type LiveNotice = Extract<PostNotice, { kind: 'published' | 'available' }>;

/** What a notice does now. `wait`: its time has not come, look at it again. `ignored`: it says nothing new. */
export type NoticeJudgement =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'wait' }
  /** Another try of the target is live already: both are told. */
  | { readonly kind: 'second_copy'; readonly platformPostId?: string }
  | { readonly kind: 'ignored'; readonly because: string };

/** How long a notice that has nothing to apply to is kept, ms: as long as platforms repeat theirs. */
export const NOTICE_KEPT_MS = 72 * 60 * MINUTE_MS;

/** Until a notice of this age is looked at again, ms: soon at first, 5 minutes at most. */
export const noticeRetryMs = (ageMs: number): number => Math.min(5 * MINUTE_MS, Math.max(SECOND_MS, ageMs / 4));

/**
 * One notice about one attempt. Applying it again, late or out of order changes nothing more: what it says is compared
 * with how the rows stand now. An attempt whose call still runs is its worker's: the notice waits.
 */
export const judgeNotice = (
  notice: PostNotice,
  target: TargetState & { readonly platformHandle?: string },
  attempt: AttemptView,
  context: ReconcileContext,
): NoticeJudgement => {
  if (attempt.state === 'armed' || attempt.state === 'intended') return { kind: 'wait' };
  if (notice.kind === 'failed') return failure(notice, target, attempt, context);
  if (target.status !== 'published') return adoption(notice, target, attempt, context);
  if (notice.kind === 'available' && notice.platformPostId === target.platformPostId) return ignored('known already');
  if (target.platformHandle !== notice.handle) return secondCopyOf(notice);
  if (notice.kind === 'published' || target.platformPostId !== undefined) return ignored('known already');
  const { platformPostId } = notice;
  return step(withLook(settleLink(target, { kind: 'published', platformPostId }, context), context));
};

const adoption = (
  notice: LiveNotice,
  target: TargetState,
  attempt: AttemptView,
  context: ReconcileContext,
): NoticeJudgement => {
  const id = notice.kind === 'available' ? { platformPostId: notice.platformPostId } : {};
  return step(withLook(settleSighting(target, attempt, { kind: 'published', ...id }, context), context));
};

/** What a notice tells of a copy beside the one that is carried. */
export const secondCopyOf = (notice: PostNotice): NoticeJudgement => ({
  kind: 'second_copy',
  ...(notice.kind === 'available' ? { platformPostId: notice.platformPostId } : {}),
});

const failure = (
  notice: Extract<PostNotice, { kind: 'failed' }>,
  target: TargetState,
  attempt: AttemptView,
  context: ReconcileContext,
): NoticeJudgement => {
  const isOpen = attempt.state === 'processing' || attempt.state === 'unknown';
  const isAsked = target.status === 'publishing' || target.status === 'unconfirmed';
  return isOpen && isAsked
    ? step(settleSighting(target, attempt, notice.outcome, context))
    : ignored('the publish it speaks of is settled');
};

/** A notice carries no link: one look at the platform completes it. */
const withLook = (given: Step, { now, timing }: ReconcileContext): Step => ({
  ...given,
  target: { ...given.target, nextCheckAt: plusMs(now, timing.processingCheckMs) },
});

const step = (given: Step): NoticeJudgement => ({ kind: 'step', step: given });
const ignored = (because: string): NoticeJudgement => ({ kind: 'ignored', because });
