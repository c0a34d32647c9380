import { HOUR_MS, MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { RemoveOutcome } from '../../../platforms/domain/publish-outcome.js';
import { platformTitle } from '../../../platforms/domain/platform-title.js';
import { detailOf } from '../firing/outcome.policy.js';

/**
 * What became of a late copy. `kept`: its route keeps late copies, or nothing else of the run is live any more;
 * `unsupported`: its platform cannot delete; `refused`: the platform said no, or gave no answer for too long.
 */
export const REMOVAL_STATES = ['kept', 'planned', 'intended', 'removed', 'refused', 'unsupported'] as const;
export type RemovalState = (typeof REMOVAL_STATES)[number];

/** What a removal's row says next. */
export interface RemovalStep {
  readonly state: RemovalState;
  /** When the call is made, or made again; absent: never. */
  readonly nextAt?: Date;
  readonly detail?: string;
}

/** Longest time a removal call may take; a call that was begun is begun again after this: deleting twice deletes once. */
export const REMOVE_LEASE_MS = 2 * MINUTE_MS;
const FIRST_RETRY_MS = MINUTE_MS;
const LONGEST_RETRY_MS = HOUR_MS;
/** About a day by the doubling wait. */
const MOST_TRIES = 30;

/** What is decided about a late copy when it is found. */
export const planRemoval = (
  copy: { readonly removeLate: boolean; readonly canRemove: boolean; readonly platform: string },
  now: Date,
): RemovalStep => {
  if (!copy.removeLate) return { state: 'kept', detail: 'The route keeps late copies.' };
  if (!copy.canRemove)
    return {
      state: 'unsupported',
      detail: `${platformTitle(copy.platform)} lets no program delete posts. Delete it in its app.`,
    };
  return { state: 'planned', nextAt: now };
};

/** After a call. @param tries this one included, integer >= 1 */
export const settleRemoval = (outcome: RemoveOutcome, tries: number, now: Date): RemovalStep => {
  switch (outcome.kind) {
    case 'removed':
      return { state: 'removed' };
    case 'unsupported':
      return { state: 'unsupported', detail: 'The platform lets no program delete this post. Delete it in its app.' };
    case 'rejected':
      return { state: 'refused', detail: detailOf(outcome) };
    case 'throttled':
      return again(outcome.retryAt, tries, detailOf(outcome));
    case 'unauthorised':
    case 'unavailable':
      return again(plusMs(now, waitMs(tries)), tries, detailOf(outcome));
  }
};

const again = (nextAt: Date, tries: number, detail: string): RemovalStep =>
  tries >= MOST_TRIES ? { state: 'refused', detail } : { state: 'planned', nextAt, detail };

/** Doubled with each try, an hour at most. */
const waitMs = (tries: number): number => Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), LONGEST_RETRY_MS);
