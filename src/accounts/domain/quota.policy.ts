import { DateTime } from 'luxon';
import { MINUTE_MS } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';

/** How many publishes one account, or everybody through our app, may begin in one day or minute. */
export interface QuotaRule {
  readonly scope: 'account' | 'app';
  readonly kind: string;
  readonly per: 'day' | 'minute';
  /** Count per window, integer >= 1. */
  readonly limit: number;
  /** The day begins at midnight of this IANA zone. */
  readonly zone: string;
}

export type QuotaRules = Readonly<Record<PlatformName, readonly QuotaRule[]>>;

/**
 * Caps on publishing. A rolling day is kept as a calendar day: what that lets through too early the platform
 * answers with `throttled`, which is held, kept as a reported cap and never lost.
 * Sources: `platforms.md` 1.9 (TikTok, about 15 per creator and day, 6 inits per minute), 2.3 (Instagram, 50 in the
 * stricter documents), 3.2 (YouTube, 100 inserts per project and Pacific day), 4 (25 videos per account).
 * @param youtubeDailyInserts what Google grants the project, integer >= 0; 0: not counted by us
 */
export const publishQuotas = (youtubeDailyInserts: number): QuotaRules => ({
  tiktok: [
    { scope: 'account', kind: 'publish', per: 'day', limit: 15, zone: 'UTC' },
    { scope: 'account', kind: 'init', per: 'minute', limit: 6, zone: 'UTC' },
  ],
  reels: [{ scope: 'account', kind: 'publish', per: 'day', limit: 50, zone: 'UTC' }],
  shorts:
    youtubeDailyInserts === 0
      ? []
      : [{ scope: 'app', kind: 'videos.insert', per: 'day', limit: youtubeDailyInserts, zone: 'America/Los_Angeles' }],
  skylight: [{ scope: 'account', kind: 'publish', per: 'day', limit: 25, zone: 'UTC' }],
  discord: [],
  telegram: [],
  upscrolled: [],
});

/** Nothing is counted; platforms' own reports still hold. */
export const NO_QUOTAS: QuotaRules = {
  tiktok: [],
  reels: [],
  shorts: [],
  skylight: [],
  discord: [],
  telegram: [],
  upscrolled: [],
};

/** Whose quota is meant. */
export interface QuotaHolder {
  readonly id: string;
  readonly platform: PlatformName;
}

/** Which day or minute of which quota. */
export interface WindowName {
  readonly scope: 'account' | 'app';
  readonly scopeId: string;
  readonly kind: string;
  readonly windowStart: Date;
}

/** One counted day or minute. */
export interface QuotaWindow extends WindowName {
  readonly limit: number;
  readonly resetsAt: Date;
}

/** The windows a publish at `at` counts in. */
export const windowsOf = (rules: QuotaRules, holder: QuotaHolder, at: Date): QuotaWindow[] =>
  rules[holder.platform].map(({ scope, kind, per, limit, zone }) => {
    const start = DateTime.fromJSDate(at, { zone }).startOf(per);
    return {
      scope,
      scopeId: scopeIdOf(scope, holder),
      kind,
      limit,
      windowStart: start.toJSDate(),
      resetsAt: start.plus(per === 'day' ? { days: 1 } : { minutes: 1 }).toJSDate(),
    };
  });

/** Who a cap of this scope belongs to: the account, or our app on the platform. */
export const scopeIdOf = (scope: QuotaRule['scope'], { id, platform }: QuotaHolder): string =>
  scope === 'account' ? id : platform;

/** The same window has the same key. */
export const windowKey = ({ scope, scopeId, kind, windowStart }: WindowName): string =>
  `${scope}|${scopeId}|${kind}|${windowStart.getTime()}`;

/** `windowsOf` for a batch: reckoned once per platform and minute, since no window begins within a minute. */
export const windowsByMinute = (rules: QuotaRules): ((holder: QuotaHolder, at: Date) => QuotaWindow[]) => {
  const known = new Map<string, QuotaWindow[]>();
  return (holder, at) => {
    const minute = `${holder.platform}|${Math.floor(at.getTime() / MINUTE_MS)}`;
    const windows = known.get(minute) ?? windowsOf(rules, holder, at);
    known.set(minute, windows);
    return windows.map((window) => ({ ...window, scopeId: scopeIdOf(window.scope, holder) }));
  };
};
