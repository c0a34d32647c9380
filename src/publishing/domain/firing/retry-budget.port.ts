import type { RetryAllowance } from './retry-budget.policy.js';

/** The retries of a platform in the current minute, counted for all workers together. */
export abstract class RetryBudget {
  /**
   * Takes a place for one retry.
   * @param firstTries first tries of this worker that nobody has counted yet, of the last minute
   * @returns false when none is left: then the retry must wait
   */
  abstract take(platform: string, allowance: RetryAllowance, firstTries: number): Promise<boolean>;
}
