import { MINUTE_MS } from '../../../kernel/durations.js';
import {
  askAgainMs,
  hasRetryLeft,
  retryAllowanceOf,
  type RetryWindow,
} from '../../../publishing/domain/firing/retry-budget.policy.js';
import type { HealthState } from '../../../health/domain/health-state.js';

/** The platforms' shared retry budgets, per minute of the clock and the one before. */
export class RetryPlaces {
  private readonly windows = new Map<string, RetryWindow>();

  firstTry(platform: string, nowMs: number): void {
    const window = this.windowOf(platform, nowMs);
    this.windows.set(keyOf(platform, nowMs), { ...window, firstTries: window.firstTries + 1 });
  }

  /** @returns undefined: go; else after how many ms to ask again */
  take(platform: string, nowMs: number, { state, jitter }: { state: HealthState; jitter: number }): number | undefined {
    const allowance = retryAllowanceOf(state);
    if (!allowance) return undefined;
    const window = this.windowOf(platform, nowMs);
    const before = this.windowOf(platform, nowMs - MINUTE_MS);
    const counted = { ...window, firstTries: window.firstTries + before.firstTries };
    if (!hasRetryLeft(counted, allowance)) return askAgainMs(jitter);
    this.windows.set(keyOf(platform, nowMs), { ...window, retries: window.retries + 1 });
    return undefined;
  }

  private windowOf(platform: string, nowMs: number): RetryWindow {
    return this.windows.get(keyOf(platform, nowMs)) ?? { firstTries: 0, retries: 0 };
  }
}

const keyOf = (platform: string, nowMs: number): string => `${platform}|${Math.floor(nowMs / MINUTE_MS)}`;
