import { DomainError } from '../../../kernel/domain-error.js';

/** Every state a target can be in. */
export const TARGET_STATUSES = [
  'draft',
  'scheduled',
  'held',
  'publishing',
  'published',
  'unconfirmed',
  'needs_decision',
  'rerouted',
  'missed',
  'failed',
  'cancelled',
] as const;
export type TargetStatus = (typeof TARGET_STATUSES)[number];

/** Nothing more happens by itself. */
export const TERMINAL_STATUSES: readonly TargetStatus[] = ['published', 'rerouted', 'missed', 'failed', 'cancelled'];

/**
 * Allowed changes; all others are refused. Late truth (`published` after any attempt) is in `canBecome`.
 * From `publishing` to `cancelled` and `needs_decision` leads only a hand-off that a person skipped or nobody answered;
 * from `unconfirmed` to `failed` only the platform's own refusal; from `held` to `needs_decision` a look before sending
 * that met several posts; from `scheduled` and `held` to `unconfirmed` only a restored database, which forgot its intents;
 * from `unconfirmed`, `needs_decision`, `missed` and `failed` to `held` what would go again and lacks a person's approval.
 */
const NEXT: Readonly<Record<TargetStatus, readonly TargetStatus[]>> = {
  draft: ['scheduled', 'cancelled'],
  scheduled: ['publishing', 'held', 'unconfirmed', 'rerouted', 'missed', 'cancelled'],
  held: ['scheduled', 'unconfirmed', 'needs_decision', 'rerouted', 'missed', 'cancelled'],
  publishing: ['published', 'unconfirmed', 'scheduled', 'held', 'rerouted', 'failed', 'needs_decision', 'cancelled'],
  unconfirmed: ['published', 'needs_decision', 'scheduled', 'held', 'rerouted', 'missed', 'failed'],
  needs_decision: ['published', 'scheduled', 'held', 'rerouted', 'missed', 'cancelled'],
  published: [],
  rerouted: [],
  missed: ['scheduled', 'held'],
  failed: ['scheduled', 'held'],
  cancelled: [],
};

/**
 * Whether a target may go from one state to another.
 * @param hasAttempt a try was made: then a copy found live makes it `published` from anywhere
 */
export const canBecome = (from: TargetStatus, to: TargetStatus, hasAttempt: boolean): boolean =>
  NEXT[from].includes(to) || (to === 'published' && hasAttempt && from !== 'published');

/** @throws DomainError `target.bad_transition`: a bug in the caller */
export const assertCanBecome = (from: TargetStatus, to: TargetStatus, hasAttempt: boolean): void => {
  if (canBecome(from, to, hasAttempt)) return;
  throw new DomainError('conflict', 'target.bad_transition', `A target cannot go from ${from} to ${to}.`, { from, to });
};
