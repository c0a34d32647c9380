import { HOUR_MS, MINUTE_MS, plusMs, scaledMs, SECOND_MS, type TimeScale } from '../../kernel/durations.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import type { ProbePace } from './probe-rhythm.js';

/** Probing may be fast, but a platform is never asked more often than this, ms. */
const LEAST_INTERVAL_MS = 250;
/** A probe without an answer is a failure after this, ms; shorter under a time scale, but never hasty. */
const PROBE_TIMEOUT_MS = 5 * SECOND_MS;
const LEAST_TIMEOUT_MS = 2 * SECOND_MS;
/** Spread around the interval, so that instances do not march in step. */
const JITTER = 0.2;

/** When the platforms are looked at, all in ms. */
export interface ProbeTiming {
  readonly isEnabled: boolean;
  readonly pace: ProbePace;
  readonly timeoutMs: number;
  readonly scale: TimeScale;
}

export const probeTiming = (intervalSeconds: number, isEnabled: boolean, scale: TimeScale): ProbeTiming => ({
  isEnabled,
  pace: {
    intervalMs: Math.max(LEAST_INTERVAL_MS, scaledMs(intervalSeconds * SECOND_MS, scale)),
    quickMs: Math.max(LEAST_INTERVAL_MS, scaledMs(5 * SECOND_MS, scale)),
    leastMs: LEAST_INTERVAL_MS,
    jitter: JITTER,
  },
  timeoutMs: Math.max(LEAST_TIMEOUT_MS, scaledMs(PROBE_TIMEOUT_MS, scale)),
  scale,
});

/** Least time between two upload probes, ms. */
interface Spacing {
  readonly perAccountMs: number;
  /** Over all accounts: what an app shares. 0: no limit of its own. */
  readonly perAppMs: number;
}

/**
 * `probeBudget` (design section 5): TikTok 1 in 5 min per account; Instagram 20 an hour per account, but its containers
 * are 400 a day (`platforms.md` section 2), so 12 an hour; YouTube 500 units a day, at 100 a session five for the app.
 */
const SPACINGS: Readonly<Record<PlatformName, Spacing>> = {
  tiktok: { perAccountMs: 5 * MINUTE_MS, perAppMs: 0 },
  reels: { perAccountMs: 5 * MINUTE_MS, perAppMs: 0 },
  shorts: { perAccountMs: 5 * HOUR_MS, perAppMs: 5 * HOUR_MS },
  skylight: { perAccountMs: 5 * MINUTE_MS, perAppMs: 0 },
  discord: { perAccountMs: 5 * MINUTE_MS, perAppMs: 0 },
  telegram: { perAccountMs: 5 * MINUTE_MS, perAppMs: 0 },
  upscrolled: { perAccountMs: 0, perAppMs: 0 },
};

/** An account that could be probed and when it last was. */
export interface ProbeAccount {
  readonly accountId: string;
  readonly region: string;
  readonly lastProbeAt?: Date;
}

/** How far back a probe can matter for the budget, ms. */
export const budgetMemoryMs = (platform: PlatformName, scale: TimeScale): number =>
  scaledMs(Math.max(SPACINGS[platform].perAccountMs, SPACINGS[platform].perAppMs), scale);

/** At most one account per region, the one unprobed for longest, within the budget. */
export const accountsToProbe = (
  platform: PlatformName,
  accounts: readonly ProbeAccount[],
  now: Date,
  scale: TimeScale,
): readonly ProbeAccount[] => {
  const { perAccountMs, perAppMs } = SPACINGS[platform];
  const isFree = ({ lastProbeAt }: ProbeAccount, spacingMs: number) =>
    lastProbeAt === undefined || spacingMs === 0 || lastProbeAt <= plusMs(now, -scaledMs(spacingMs, scale));
  if (!accounts.every((account) => isFree(account, perAppMs))) return [];
  const free = accounts.filter((account) => isFree(account, perAccountMs));
  const oldestFirst = free.toSorted((a, b) => (a.lastProbeAt?.getTime() ?? 0) - (b.lastProbeAt?.getTime() ?? 0));
  const perRegion = [...Map.groupBy(oldestFirst, ({ region }) => region).values()].flatMap((group) =>
    group.slice(0, 1),
  );
  return perAppMs > 0 ? perRegion.slice(0, 1) : perRegion;
};
