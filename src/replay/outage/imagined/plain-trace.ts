import type { AccountFault, Behaviour, Minutes, OutageTrace, Phase, TruthSpan } from '../trace/trace.js';
import type { Dice } from './dice.js';

export const PLATFORMS = ['tiktok', 'reels', 'shorts', 'skylight'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** How each platform behaves while nothing is wrong: what differs between them. */
const USUAL: Readonly<
  Record<Platform, { readonly errorRate: number; readonly latencyMs: number; readonly views: number }>
> = {
  tiktok: { errorRate: 0.015, latencyMs: 900, views: 400 },
  reels: { errorRate: 0.01, latencyMs: 1_100, views: 250 },
  shorts: { errorRate: 0.008, latencyMs: 1_300, views: 300 },
  skylight: { errorRate: 0.02, latencyMs: 600, views: 60 },
};

/** What a family changes about the plain trace; all lists are added to. */
export interface Trouble {
  readonly days: number;
  /** Left out: 60. */
  readonly postsPerHour?: number;
  /** Left out: most. */
  readonly onTheHourShare?: number;
  readonly phases?: Partial<Readonly<Record<Platform, readonly Phase[]>>>;
  readonly truth?: Partial<Readonly<Record<Platform, readonly TruthSpan[]>>>;
  readonly accountFaults?: readonly AccountFault[];
  readonly cuts?: readonly Minutes[];
}

/** Four platforms on which little goes wrong, with some trouble. The whole of it is checked like any other trace. */
export const plainTrace = (name: string, seed: number, dice: Dice, trouble: Trouble): OutageTrace => ({
  format: 'outage-trace/1',
  name,
  seed,
  // No two have the same hour of the day, nor all a full one.
  start: new Date(Date.UTC(2026, 4, 4, dice.whole('hour', 0, 23), dice.pick('minute', [0, 0, 0, 20]))).toISOString(),
  durationMinutes: trouble.days * 1_440,
  platforms: Object.fromEntries(
    PLATFORMS.map((platform) => [
      platform,
      {
        normal: usualOf(platform, dice),
        phases: trouble.phases?.[platform] ?? [],
        truth: trouble.truth?.[platform] ?? [],
      },
    ]),
  ),
  accounts: { tiktok: 40, reels: 40, shorts: 40, skylight: 40 },
  workspaces: 20,
  regions: { us: 0.6, eu: 0.4 },
  accountFaults: trouble.accountFaults ?? [],
  localFaults: (trouble.cuts ?? []).map((cut) => ({ ...cut, kind: 'no_connectivity' })),
  workload: {
    postsPerHour: trouble.postsPerHour ?? 60,
    onTheHourShare: trouble.onTheHourShare ?? 0.7,
    targetsPerPost: { tiktok: 1, reels: 0.4, shorts: 0.4, skylight: 0.1 },
    evergreenShare: 0.3,
  },
  policy: {
    onDegraded: 'publish',
    onDown: 'reroute',
    onUnknown: 'reroute',
    onAccountTrouble: 'reroute',
    fallbacks: {
      tiktok: ['reels', 'shorts', 'skylight'],
      reels: ['shorts', 'tiktok'],
      shorts: ['reels', 'tiktok'],
      skylight: ['shorts'],
    },
    holdForMinutes: 30,
    staleAfterMinutes: 2_880,
    failback: 'catch_up',
  },
  quota: {},
});

const usualOf = (platform: Platform, dice: Dice): Behaviour => {
  const { errorRate, latencyMs, views } = USUAL[platform];
  return {
    upload: {
      errorRate: errorRate * dice.between(`${platform} errors`, 0.5, 1.5),
      timeoutRate: dice.between(`${platform} timeouts`, 0.001, 0.005),
      acceptedLostRate: 0.0005,
      rateLimitRate: dice.between(`${platform} limits`, 0, 0.006),
      retryAfterSeconds: 60,
      latencyMs: { p50: latencyMs, p95: 4 * latencyMs },
    },
    process: { delaySeconds: { p50: 40, p95: 240 }, rejectRate: 0.002, stallRate: 0 },
    read: { errorRate: 0.005, latencyMs: { p50: 120, p95: 600 }, listLagMinutes: 1, omitRate: 0.01 },
    auth: { errorRate: 0.001 },
    counters: 'live',
    views: { firstHourMedian: views },
  };
};
