import type { EvergreenItem, Queue, Slot } from '../../src/planning/domain/queues/queue.ts';

export const QUEUES = 20;
export const SLOTS_A_WEEK = 21;
export const WEEKS = 52;
export const POSTS = 10_000;

const CATEGORIES = ['tips', 'stories', 'faq', 'behind', 'guests', 'promo', 'seasonal', 'classics', 'quotes', 'tools'];
const ZONES = ['America/New_York', 'Europe/Paris', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo'];
const ORDERS = ['oldest', 'shuffled', 'weighted', 'priority'] as const;
const PLATFORMS = ['tiktok', 'reels', 'shorts', 'skylight'] as const;
const TIMES = ['08:15', '12:40', '19:05'];

const at = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index % values.length];
  if (value === undefined) throw new RangeError('An empty list has no value.');
  return value;
};

/** Twenty-one slots; every third takes any post, the others two categories. */
export const slotsOf = (queue: number): Slot[] =>
  ([1, 2, 3, 4, 5, 6, 7] as const).flatMap((isoDay) =>
    TIMES.map((time, place) => ({
      id: `${queue}-${isoDay}-${place}`,
      isoDay,
      time,
      categories: place === 2 ? [] : [...new Set([at(CATEGORIES, queue + place), at(CATEGORIES, queue + isoDay)])],
    })),
  );

/** Four accounts of its own, an order, a zone, a cap, a gap and a blackout. */
export const queueOf = (number: number): Queue => ({
  id: `queue-${number}`,
  zone: at(ZONES, number),
  accounts: PLATFORMS.map((platform) => ({ id: `${platform}-${number}`, platform })),
  slots: slotsOf(number),
  order: at(ORDERS, number),
  seed: number,
  weighsViews: number % 2 === 0,
  minGapSeconds: 3_600,
  dailyCap: 4,
  blackouts: [{ from: '2027-12-24', until: '2027-12-26' }],
  seasons: [],
  isPaused: false,
});

const lists = new Map<string, readonly string[]>();

/** The same list for the same words, as the app's reader shares them. */
const shared = (words: readonly string[]): readonly string[] => {
  const key = words.join();
  const known = lists.get(key) ?? words;
  lists.set(key, known);
  return known;
};

/** Half of the posts ran before, on accounts of one queue; a third has wordings, a fifth a gap, a few an end. */
export const itemOf = (number: number, startsAt: Date): EvergreenItem => {
  const last = new Date(startsAt.getTime() - (number % 200) * 86_400_000);
  const hasRun = number % 2 === 0;
  return {
    postId: `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`,
    categories: shared([...new Set([at(CATEGORIES, number), at(CATEGORIES, Math.floor(number / 10))])]),
    priority: number % 5,
    weight: 1 + (number % 3),
    createdAt: new Date(startsAt.getTime() - 400 * 86_400_000 + number * 1_000),
    recycling: {
      cooldownDays: { tiktok: 60, reels: 45 },
      variations: number % 3 === 0 ? 4 : 1,
      ...(number % 5 === 0 ? { gap: { count: 2, unit: 'month' } as const } : {}),
      ...(number % 50 === 0 ? { expireCount: 3 } : {}),
    },
    seasons: number % 40 === 0 ? [{ from: '11-15', until: '01-10' }] : [],
    past: hasRun
      ? {
          count: 1,
          lastAt: last,
          lastVariation: 0,
          lastOn: new Map(PLATFORMS.map((platform) => [`${platform}-${number % QUEUES}`, last])),
        }
      : { count: 0, lastOn: new Map() },
    runs: [],
    views: hasRun ? PLATFORMS.map((platform) => ({ platform, mean: 100 + ((number * 7_919) % 5_000), runs: 3 })) : [],
  };
};
