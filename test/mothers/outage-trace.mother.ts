import { parseTrace } from '../../src/replay/outage/trace/parse-trace.js';
import type { OutageTrace } from '../../src/replay/outage/trace/trace.js';

/** A platform on which nothing goes wrong and everything takes exactly as long as its median. */
export const FLAWLESS = {
  upload: {
    errorRate: 0,
    timeoutRate: 0,
    acceptedLostRate: 0,
    rateLimitRate: 0,
    retryAfterSeconds: 60,
    latencyMs: { p50: 1000, p95: 1000 },
  },
  process: { delaySeconds: { p50: 40, p95: 40 }, rejectRate: 0, stallRate: 0 },
  read: { errorRate: 0, latencyMs: { p50: 100, p95: 100 }, listLagMinutes: 1, omitRate: 0 },
  auth: { errorRate: 0 },
  counters: 'live',
  views: { firstHourMedian: 400 },
};

/** The smallest trace worth playing: two platforms, two workspaces, one post each hour at the full hour, two hours. */
export const TINY = {
  format: 'outage-trace/1',
  name: 'tiny',
  seed: 1,
  start: '2026-01-25T06:00:00Z',
  durationMinutes: 120,
  platforms: {
    tiktok: { normal: FLAWLESS, phases: [] as unknown[], truth: [] as unknown[] },
    reels: { normal: FLAWLESS, phases: [] as unknown[], truth: [] as unknown[] },
  },
  accounts: { tiktok: 2, reels: 2 },
  workspaces: 2,
  regions: { us: 1 },
  accountFaults: [] as unknown[],
  localFaults: [] as unknown[],
  workload: { postsPerHour: 1, onTheHourShare: 1, targetsPerPost: { tiktok: 1, reels: 0 }, evergreenShare: 0 },
  policy: {
    onDegraded: 'publish',
    onDown: 'reroute',
    onUnknown: 'reroute',
    onAccountTrouble: 'reroute',
    fallbacks: { tiktok: ['reels'] },
    holdForMinutes: 30,
    staleAfterMinutes: 2880,
    failback: 'none',
  },
};

type Tiny = typeof TINY;

/** The tiny trace with something changed, as the text of its file. */
export const tinyText = (change: (trace: Tiny) => void = () => undefined): string => {
  // Not `structuredClone`: both platforms would share one table of rates.
  const trace = JSON.parse(JSON.stringify(TINY)) as Tiny;
  change(trace);
  return JSON.stringify(trace);
};

/** The same, parsed. */
export const tinyTrace = (change?: (trace: Tiny) => void): OutageTrace => parseTrace(tinyText(change));
