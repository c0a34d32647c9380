import { isUnapproved } from './approval-state.js';
import type { Step, TargetChange, TargetState } from '../targets/target-state.js';

/**
 * What becomes of a target whose time passes while nobody has approved it: it waits until it is stale and goes out when it
 * is approved, or it is missed.
 */
export const DEADLINE_RULES = ['hold', 'miss'] as const;
export type DeadlineRule = (typeof DEADLINE_RULES)[number];

/**
 * Until when an unapproved target waits.
 * What was meant for "now" has no time that could pass unapproved: it waits until it is stale, whatever the rule.
 */
export const approvalUntil = (
  { scheduledAt, staleAt }: Pick<TargetState, 'scheduledAt' | 'staleAt'>,
  rule: DeadlineRule,
  now: Date,
): Date => (rule === 'miss' && scheduledAt > now ? scheduledAt : staleAt);

const held = (until: Date, approval: 'waiting' | 'rejected'): TargetChange => ({
  status: 'held',
  dueAt: until,
  hold: { reason: 'approval', until },
  approval,
});

/** A waiting target is asked about (again). The caller has taken or raised its version. */
export const askedStep = (until: Date): Step => ({
  cause: 'approval_requested',
  target: held(until, 'waiting'),
  effects: [],
});

/** An approval was taken back in time. */
export const withdrawnStep = (until: Date): Step => ({
  cause: 'approval_withdrawn',
  target: { ...held(until, 'waiting'), bumpVersion: true },
  effects: [],
});

/** Approved: it goes out at its time, at once when that is past, and is missed when it is stale. */
export const approvedStep = ({ scheduledAt, staleAt }: TargetState, now: Date): Step => {
  const isStale = staleAt <= now;
  return {
    cause: isStale ? 'stale' : 'approved',
    target: {
      status: isStale ? 'missed' : 'scheduled',
      bumpVersion: true,
      approval: 'given',
      dueAt: scheduledAt > now ? scheduledAt : now,
    },
    effects: [],
  };
};

/** Refused: it stays held; an edit asks again, a cancel ends it, its deadline stands. */
export const REJECTED: Step = {
  cause: 'approval_rejected',
  target: { status: 'held', approval: 'rejected' },
  effects: [],
};

/** Nobody approved it in time. */
export const UNAPPROVED_IN_TIME: Step = { cause: 'unapproved', target: { status: 'missed' }, effects: [] };

/**
 * The last gate before the tables: a step that would let an unapproved target go holds it instead. Most steps know nothing
 * of approvals (a retry, a proven absence); none of them may pass by.
 */
export const gated = (step: Step, target: TargetState): Step => {
  if (step.target.status !== 'scheduled' || step.target.approval === 'given') return step;
  if (!isUnapproved(target.approval)) return step;
  const { dueAt = target.staleAt } = step.target;
  const until = dueAt > target.staleAt ? dueAt : target.staleAt;
  return { ...step, target: { ...step.target, ...held(until, 'waiting'), bumpVersion: true } };
};
