type Fault = Readonly<Record<string, unknown>>;

/** The irreversible calls whose answers may get lost: of a bot's message nobody could tell afterwards. */
const COMMITS = [
  { platform: 'tiktok', step: 'upload' },
  { platform: 'reels', step: 'publish' },
  { platform: 'shorts', step: 'upload' },
  { platform: 'skylight', step: 'put' },
] as const;
const ALL_COMMITS = [...COMMITS, { platform: 'telegram', step: 'send' }] as const;

/** Reversible work and reads. */
const OTHERS = [
  { platform: 'tiktok', step: 'init' },
  { platform: 'tiktok', step: 'status' },
  { platform: 'reels', step: 'create' },
  { platform: 'reels', step: 'container' },
  { platform: 'reels', step: 'list' },
  { platform: 'shorts', step: 'start' },
  { platform: 'shorts', step: 'probe' },
  { platform: 'shorts', step: 'list' },
  { platform: 'skylight', step: 'video-upload' },
  { platform: 'skylight', step: 'get' },
] as const;

/** Where "too many requests" means a minute; Instagram's means a quarter of an hour, longer than a run. */
const LIMITED = [
  { platform: 'tiktok', step: 'init' },
  { platform: 'tiktok', step: 'status' },
  { platform: 'skylight', step: 'get' },
] as const;

const MINUTE_MS = 60_000;
/** Within the hour for which a Reel's absence is not believed. */
const LATE_MS = 9 * MINUTE_MS;

/**
 * Everything that goes wrong while targets are due. The oldest fault whose dice fall decides a call. What a platform
 * takes to show a post shrinks with `timeScale` as our waits for it do; what a call takes does not.
 */
export const outages = (seed: number, timeScale: number): readonly Fault[] =>
  [
    // Slow enough that a kill finds calls in flight.
    ...ALL_COMMITS.map((at) => ({ ...at, kind: 'slow', rate: 0.15, delayMs: 2_500 })),
    ...COMMITS.flatMap((at) => [
      { ...at, kind: 'drop-after', rate: 0.05 },
      { ...at, kind: 'drop-before', rate: 0.03 },
      { ...at, kind: 'error-after', rate: 0.03 },
      { ...at, kind: 'error-before', rate: 0.03, code: 503 },
      { ...at, kind: 'hang-after', rate: 0.02, delayMs: 6_000 },
    ]),
    ...OTHERS.map((at) => ({ ...at, kind: 'error-before', rate: 0.05, code: 502 })),
    ...LIMITED.map((at) => ({ ...at, kind: 'rate', rate: 0.02 })),
    ...['tiktok', 'reels', 'shorts'].map((platform) => ({
      platform,
      kind: 'late',
      rate: 0.15,
      delayMs: LATE_MS / timeScale,
    })),
  ].map((fault, index) => ({ ...fault, seed: seed * 1_000 + index }));

/** Lists that know a new post only after a while. */
export const listingLag = (timeScale: number): Readonly<Record<string, number>> => ({
  shortsListLagMs: (4 * MINUTE_MS) / timeScale,
  reelsReadLagMs: (3 * MINUTE_MS) / timeScale,
  skylightAppViewLagMs: (3 * MINUTE_MS) / timeScale,
});
