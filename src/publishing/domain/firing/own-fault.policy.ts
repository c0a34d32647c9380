import { plusMs } from '../../../kernel/durations.js';
import type { StepContext } from './step-context.js';
import { retryDelayMs } from './retry.policy.js';
import { whileFresh } from '../targets/while-fresh.js';
import type { Step, TargetState } from '../targets/target-state.js';

/** Our own code or storage failed before the call: nothing was sent, and the platform is not to blame. */
export const settleOwnFault = (target: TargetState, detail: string, { now, jitter }: StepContext): Step => {
  const again = plusMs(now, retryDelayMs(target.tries + 1, jitter()));
  return {
    cause: 'own_fault_before_call',
    target: {
      status: 'scheduled',
      bumpVersion: true,
      tries: target.tries + 1,
      dueAt: whileFresh(target, again),
      error: { category: 'system_error', source: 'system', outcome: 'not_sent', detail },
    },
    attempt: { state: 'abandoned' },
    effects: [],
  };
};

/** Its platform went down while it waited for its turn: it goes back, and routing decides anew (design 4.5). */
export const settlePlatformDown = (target: TargetState, { now }: StepContext): Step => ({
  cause: 'platform_down_before_call',
  target: { status: 'scheduled', bumpVersion: true, dueAt: whileFresh(target, now) },
  attempt: { state: 'abandoned' },
  effects: [],
});

/** Our own connection is gone: it waits until that is over, and nobody is blamed. */
export const settleCutOff = (target: TargetState, afterMs: number, context: StepContext): Step => ({
  ...settleOverBudget(target, afterMs, context),
  cause: 'self_suspect',
});

/** The platform's retries of this minute are used up: it comes again later, and that is no try. */
export const settleOverBudget = (target: TargetState, afterMs: number, { now }: StepContext): Step => {
  const again = plusMs(now, afterMs);
  return {
    cause: 'retry_budget_spent',
    target: { status: 'scheduled', bumpVersion: true, dueAt: whileFresh(target, again) },
    attempt: { state: 'abandoned' },
    effects: [],
  };
};

/** It got stale while it was made ready: it goes back, and the next look misses it. */
export const settleStale = (target: TargetState, { now }: StepContext): Step => ({
  cause: 'stale_before_call',
  target: { status: 'scheduled', bumpVersion: true, dueAt: whileFresh(target, now) },
  attempt: { state: 'abandoned' },
  effects: [],
});
