import { DateTime } from 'luxon';
import type { PlatformName } from '../../platforms/domain/platform-name.js';

/** How many publishes one account, or everybody through our app, may do in one calendar day of a zone. */
export interface QuotaRule {
  readonly scope: 'account' | 'app';
  readonly kind: string;
  /** Count per day, integer >= 1. */
  readonly limit: number;
  /** The day begins at midnight of this IANA zone. */
  readonly zone: string;
}

export type QuotaRules = Readonly<Record<PlatformName, readonly QuotaRule[]>>;

/**
 * Daily caps on publishing. A rolling day is kept as a calendar day: what that lets through too early the platform
 * answers with `throttled`, which is held and never lost.
 * Sources: `platforms.md` 1.9 (TikTok, about 15 per creator), 2.3 (Instagram, 50 in the stricter documents),
 * 3.2 (YouTube, 100 inserts per project and Pacific day), 4 (25 videos per account).
 */
export const PUBLISH_QUOTAS: QuotaRules = {
  tiktok: [{ scope: 'account', kind: 'publish', limit: 15, zone: 'UTC' }],
  reels: [{ scope: 'account', kind: 'publish', limit: 50, zone: 'UTC' }],
  shorts: [{ scope: 'app', kind: 'videos.insert', limit: 100, zone: 'America/Los_Angeles' }],
  skylight: [{ scope: 'account', kind: 'publish', limit: 25, zone: 'UTC' }],
  discord: [],
  telegram: [],
  upscrolled: [],
};

/** One counted day. */
export interface QuotaWindow {
  readonly scope: 'account' | 'app';
  readonly scopeId: string;
  readonly kind: string;
  readonly limit: number;
  readonly windowStart: Date;
  readonly resetsAt: Date;
}

/** The windows a publish at `at` counts in. Account windows come first, so that the shared row is locked last. */
export const windowsOf = (
  rules: QuotaRules,
  account: { readonly id: string; readonly platform: PlatformName },
  at: Date,
): QuotaWindow[] =>
  [...rules[account.platform]]
    .sort((one, other) => one.scope.localeCompare(other.scope))
    .map(({ scope, kind, limit, zone }) => {
      const start = DateTime.fromJSDate(at, { zone }).startOf('day');
      const scopeId = scope === 'account' ? account.id : account.platform;
      return {
        scope,
        scopeId,
        kind,
        limit,
        windowStart: start.toJSDate(),
        resetsAt: start.plus({ days: 1 }).toJSDate(),
      };
    });
