import type { HealthState } from '../../../health/domain/health-state.js';
import { MINUTE_MS, SECOND_MS } from '../../../kernel/durations.js';

/** How many retries one platform may get in a minute, from all workers together. */
export interface RetryAllowance {
  /** Per first try of this minute and the one before. */
  readonly ratio: number;
  /** At least so many. */
  readonly floor: number;
}

/** Counts of one platform's current minute. */
export interface RetryWindow {
  readonly firstTries: number;
  readonly retries: number;
}

/**
 * Healthy: as many as there were first tries, so that a short fault heals at once and an unnoticed outage cannot grow
 * into a storm. Unwell: a tenth. Recovering: the ramp has admitted the very target, nothing else limits it.
 * Source: `resilience.md` (retry budget of 10 %); 10 a minute let a small instance notice that it is over.
 */
export const retryAllowanceOf = (state: HealthState): RetryAllowance | undefined => {
  switch (state) {
    case 'healthy':
      return { ratio: 1, floor: 60 };
    case 'degraded':
    case 'down':
      return { ratio: 0.1, floor: 10 };
    case 'recovering':
      return undefined;
  }
};

/** Whether one more retry fits. The statement that takes it says the same (`retry-budget.repository.ts`). */
export const hasRetryLeft = ({ firstTries, retries }: RetryWindow, { ratio, floor }: RetryAllowance): boolean =>
  retries < Math.max(floor, Math.floor(ratio * firstTries));

const LEAST_WAIT_MS = 10 * SECOND_MS;
const WAIT_SPAN_MS = 5 * MINUTE_MS;

/** How long a retry without a place waits before it asks again, ms; full jitter, so that they do not come back together. */
export const askAgainMs = (jitterRatio: number): number => Math.round(LEAST_WAIT_MS + WAIT_SPAN_MS * jitterRatio);
