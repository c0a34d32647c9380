import { shuffled } from './plan.ts';

export const PLATFORMS = ['tiktok', 'reels', 'shorts', 'skylight', 'telegram'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** How many of a hundred runs each platform gets. A bot's message cannot be looked up: those may need a person. */
const SHARES: Readonly<Record<Platform, number>> = { tiktok: 30, reels: 25, shorts: 20, skylight: 20, telegram: 5 };

/** One post to be scheduled; `atMs` after the start. Every run is one target. */
export interface PlannedPost {
  /** Stands in the words, so that ground truth can be linked without our help. */
  readonly marker: string;
  readonly tenant: 0 | 1;
  readonly runs: readonly { readonly atMs: number }[];
  /** Where each of its runs goes: index of an account of the platform, within the tenant. */
  readonly places: readonly Place[];
  /** Somebody changes their mind about so long before (or after) the instant. */
  readonly race?: { readonly kind: 'cancel' | 'edit'; readonly leadMs: number };
}

export interface Place {
  readonly platform: Platform;
  readonly account: number;
}

export interface Workload {
  readonly posts: readonly PlannedPost[];
  /** Accounts per tenant and platform. */
  readonly accounts: Readonly<Record<Platform, readonly [number, number]>>;
  /** From the first to the last instant. */
  readonly windowMs: number;
}

/** Gap between two instants; a burst now and then. */
const MS_PER_TARGET = 250;
const SHORTEST_WINDOW_MS = 12_000;
const SECOND_TENANT_RATIO = 0.15;
const RECURRING_RATIO = 0.05;
const TWO_PLACES_RATIO = 0.15;
const RUNS = 3;
const PER_ACCOUNT = 8;
/** Races come beside the targets that are counted: a cancelled run has no fate of its own. */
const RACES_RATIO = 0.08;
const RACE_SPREAD_MS = 400;

/** Exactly `targets` runs without a race, and some with one; the same for the same seed. */
export const planWorkload = (random: () => number, targets: number): Workload => {
  const windowMs = Math.max(SHORTEST_WINDOW_MS, targets * MS_PER_TARGET);
  const accounts = accountsFor(targets);
  const at = (): number => {
    const free = random() * windowMs;
    // A burst: everything of some five seconds at one instant.
    return Math.round(random() < 0.2 ? Math.ceil(free / 5_000) * 5_000 : free);
  };
  const post = (index: number, places: readonly Place[], tenant: 0 | 1): PlannedPost => {
    const first = at();
    const isRecurring = places.length === 1 && random() < RECURRING_RATIO;
    const gapMs = 800 + Math.floor(random() * 4_000);
    const runs = Array.from({ length: isRecurring ? RUNS : 1 }, (_, run) => ({ atMs: first + run * gapMs }));
    return { marker: `[t:${index}]`, tenant, runs, places };
  };
  const posts: PlannedPost[] = [];
  for (let left = targets; left > 0;) {
    const tenant = random() < SECOND_TENANT_RATIO ? 1 : 0;
    const planned = post(posts.length, placesOf(random, accounts, tenant), tenant);
    const fitting = fit(planned, left);
    posts.push(fitting);
    left -= fitting.runs.length * fitting.places.length;
  }
  const races = Array.from({ length: Math.ceil(targets * RACES_RATIO) }, (_, race) => {
    const kind = race % 2 === 0 ? ('cancel' as const) : ('edit' as const);
    const [place] = placesOf(random, accounts, 0);
    const leadMs = Math.round((random() - 0.3) * RACE_SPREAD_MS);
    return { ...post(posts.length + race, place ? [place] : [], 0), runs: [{ atMs: at() }], race: { kind, leadMs } };
  });
  return { posts: [...posts, ...races], accounts, windowMs };
};

/** The last post may be too large for what is left. */
const fit = (post: PlannedPost, left: number): PlannedPost =>
  post.runs.length * post.places.length <= left
    ? post
    : { ...post, runs: post.runs.slice(0, 1), places: post.places.slice(0, 1) };

const accountsFor = (targets: number): Workload['accounts'] => {
  const count = (platform: Platform, share: number): number =>
    Math.max(share === 1 ? 2 : 1, Math.ceil((targets * SHARES[platform] * share) / 100 / PER_ACCOUNT));
  return Object.fromEntries(
    PLATFORMS.map((platform) => [platform, [count(platform, 1), count(platform, SECOND_TENANT_RATIO)]]),
  ) as unknown as Workload['accounts'];
};

const placesOf = (random: () => number, accounts: Workload['accounts'], tenant: 0 | 1): readonly Place[] => {
  const all = shuffled(PLATFORMS, random);
  const first = drawPlatform(random);
  const second = all.find((platform) => platform !== first && platform !== 'telegram') ?? 'tiktok';
  const chosen = random() < TWO_PLACES_RATIO ? [first, second] : [first];
  return chosen.map((platform) => ({ platform, account: Math.floor(random() * accounts[platform][tenant]) }));
};

const drawPlatform = (random: () => number): Platform => {
  let left = random() * 100;
  for (const platform of PLATFORMS) {
    left -= SHARES[platform];
    if (left < 0) return platform;
  }
  return 'tiktok';
};
