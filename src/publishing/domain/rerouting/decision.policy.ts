import { plusMs } from '../../../kernel/durations.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import type { StepContext } from '../firing/step-context.js';
import type { HoldReason, Step, TargetState } from '../targets/target-state.js';

type When = Pick<StepContext, 'now' | 'timing'>;

/** What a waiting target (`scheduled` or `held`) does after routing has decided; the caller takes its version first. */
export const stepOfDecision = (target: TargetState, decision: RouteDecision, when: When): Step => {
  switch (decision.kind) {
    case 'publish':
      return {
        cause: 'released',
        // A hold may begin while a target is armed ahead of time; its end must not bring it forward.
        target: { status: 'scheduled', bumpVersion: true, dueAt: latest(when.now, target.scheduledAt) },
        effects: [],
      };
    case 'hold':
      return holdStep(target, decision, when);
    case 'broadcast':
      return holdStep(target, { reason: 'platform', until: target.staleAt }, when);
    case 'reroute':
      return { cause: 'rerouted', target: { status: 'rerouted', nextCheckAt: null }, effects: [] };
    case 'miss':
      return { cause: 'stale', target: { status: 'missed', nextCheckAt: null }, effects: [] };
    default:
      return exhausted(decision);
  }
};

/** Another run of the post is still open on the account: this one waits for its end. */
export const waitForEarlierStep = (target: TargetState, when: When): Step =>
  holdStep(target, { reason: 'earlier_occurrence', until: target.staleAt }, when);

/** A held target asks again after a while, at the latest when its hold ends or it gets stale. */
export const holdStep = (
  target: TargetState,
  { reason, until }: { readonly reason: HoldReason; readonly until: Date },
  { now, timing }: When,
): Step => {
  const inAWhile = plusMs(now, timing.reconsiderMs);
  const next = target.staleAt > now && target.staleAt < inAWhile ? target.staleAt : inAWhile;
  const stays = target.status === 'held';
  return {
    cause: 'held',
    target: {
      status: 'held',
      bumpVersion: !stays,
      // Nothing to ask before a kill switch is off: that itself lets it go.
      dueAt: reason !== 'paused' && (until > next || (stays && until <= now)) ? next : until,
      hold: { reason, until },
    },
    effects: [],
  };
};

const latest = (a: Date, b: Date): Date => (a > b ? a : b);

const exhausted = (value: never): never => {
  throw new Error(`Unhandled decision ${JSON.stringify(value)}`);
};
