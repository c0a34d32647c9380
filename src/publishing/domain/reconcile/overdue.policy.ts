import { plusMs } from '../../../kernel/durations.js';
import type { StepContext } from '../firing/step-context.js';
import { nextCheckDelayMs } from '../publishing-timing.js';
import type { Step, TargetState } from '../targets/target-state.js';
import type { Sighting } from './reconcile.policy.js';

/**
 * A look before the first send of an overdue target. No intent is known, so one clean read without it is enough, and
 * where nothing can be read it is sent. A look that failed keeps it held: `wait`, and routing may move it meanwhile.
 */
export const settleOverdue = (
  target: TargetState,
  sighting: Sighting | 'unsupported',
  context: StepContext,
): Step | 'wait' => {
  if (sighting !== 'unsupported' && sighting.kind === 'published') return foundBeforeSend(sighting, context);
  if (context.now >= target.staleAt) return end('missed', 'stale', [{ kind: 'event', type: 'post.missed' }]);
  if (sighting === 'unsupported' || sighting.kind === 'absent' || sighting.kind === 'untellable')
    return release(target, context);
  return sighting.kind === 'ambiguous' ? severalFit(sighting.candidates) : 'wait';
};

/** The same target, looked at again later. */
export const lookAgainBeforeSend = (target: TargetState, { now, timing }: StepContext): Step => {
  const next = plusMs(now, nextCheckDelayMs(timing, target.checks));
  return {
    cause: 'look_again',
    target: {
      status: 'held',
      checks: target.checks + 1,
      dueAt: next < target.staleAt ? next : target.staleAt,
      hold: { reason: 'overdue', until: target.staleAt },
    },
    effects: [],
  };
};

const foundBeforeSend = (sighting: Extract<Sighting, { kind: 'published' }>, { now }: StepContext): Step => ({
  cause: 'found_before_send',
  target: {
    status: 'published',
    error: null,
    checks: 0,
    nextCheckAt: null,
    live: {
      ...(sighting.platformPostId === undefined ? {} : { platformPostId: sighting.platformPostId }),
      ...(sighting.permalink === undefined ? {} : { permalink: sighting.permalink }),
      publishedAt: sighting.publishedAt ?? now,
      late: true,
    },
  },
  effects: [
    { kind: 'event', type: 'post.reconciled' },
    { kind: 'event', type: 'post.published' },
  ],
});

const release = ({ scheduledAt }: TargetState, { now }: StepContext): Step => ({
  cause: 'looked_before_send',
  target: { status: 'scheduled', bumpVersion: true, checks: 0, dueAt: scheduledAt > now ? scheduledAt : now },
  effects: [],
});

const severalFit = (candidates: readonly string[]): Step => ({
  ...end('needs_decision', 'several_candidates', [{ kind: 'event', type: 'post.needs_decision' }]),
  target: {
    status: 'needs_decision',
    nextCheckAt: null,
    error: {
      category: 'unknown',
      source: 'platform',
      outcome: 'unknown',
      detail: `Before sending it late we looked, and several posts could be this one: ${candidates.join(', ')}.`,
    },
  },
});

const end = (status: 'missed' | 'needs_decision', cause: string, effects: Step['effects']): Step => ({
  cause,
  target: { status, nextCheckAt: null },
  effects,
});
