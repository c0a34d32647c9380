import type { Step } from './target-state.js';
import type { TargetStatus } from './target-status.js';

/**
 * What a cancel means for a target: `take_version` passes the arbiter first, `give_up` closes what is in doubt,
 * `too_late` and `not_possible` are refusals, `done` changes nothing.
 */
export type CancelMove = 'take_version' | 'give_up' | 'too_late' | 'not_possible' | 'done';

export const cancelMoveOf = (status: TargetStatus): CancelMove => {
  switch (status) {
    case 'cancelled':
      return 'done';
    case 'publishing':
    case 'unconfirmed':
      return 'too_late';
    case 'draft':
    case 'scheduled':
    case 'held':
      return 'take_version';
    case 'needs_decision':
      return 'give_up';
    case 'published':
    case 'rerouted':
    case 'missed':
    case 'failed':
      return 'not_possible';
  }
};

/** The version was taken: it never goes out. */
export const CANCELLED: Step = {
  cause: 'cancelled',
  target: { status: 'cancelled', nextCheckAt: null },
  effects: [],
};

/** Its version belongs to the call in doubt; a person says it does not matter any more, and the account is free. */
export const GIVEN_UP: Step = {
  cause: 'given_up_by_hand',
  target: { status: 'cancelled', nextCheckAt: null },
  attempt: { state: 'abandoned' },
  effects: [],
};

/** A person sends what failed or was missed again. */
export const retriedByHand = (now: Date): Step => ({
  cause: 'retried_by_hand',
  target: { status: 'scheduled', bumpVersion: true, dueAt: now, tries: 0, error: null },
  effects: [],
});
