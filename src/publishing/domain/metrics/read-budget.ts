import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
import type { PlatformName } from '../../../platforms/domain/platform-name.js';

/** How many calls may be spent on counters in one window of the clock. */
export interface ReadBudget {
  readonly scope: 'account' | 'app';
  readonly calls: number;
  readonly windowMs: number;
}

/** What reading the counters of one platform costs, and may cost. */
export interface ReadCost {
  /** Calls for each read of `metricsPerCall` posts. */
  readonly callsPerRead: number;
  readonly budgets: readonly ReadBudget[];
}

const FREE: ReadCost = { callsPerRead: 1, budgets: [] };

/**
 * Shares of the platforms' own limits, small enough to leave publishing and reconciliation the rest (read Nov 2026):
 * TikTok `video/query` 600 a minute per app; Instagram 4,800 calls x impressions a day per account, two calls a medium;
 * YouTube 10,000 units a day per project, one a call; the public AppView 3,000 in 5 minutes per address.
 */
const COSTS: Readonly<Partial<Record<PlatformName, ReadCost>>> = {
  tiktok: {
    callsPerRead: 1,
    budgets: [
      { scope: 'account', calls: 60, windowMs: HOUR_MS },
      { scope: 'app', calls: 100, windowMs: MINUTE_MS },
    ],
  },
  reels: { callsPerRead: 2, budgets: [{ scope: 'account', calls: 100, windowMs: HOUR_MS }] },
  shorts: { callsPerRead: 1, budgets: [{ scope: 'app', calls: 3_000, windowMs: DAY_MS }] },
  skylight: { callsPerRead: 1, budgets: [{ scope: 'app', calls: 600, windowMs: 5 * MINUTE_MS }] },
};

export const readCostOf = (platform: PlatformName): ReadCost => COSTS[platform] ?? FREE;
