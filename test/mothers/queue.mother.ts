import type { EvergreenItem, Queue, QueueAccount, Slot, Span, Taken } from '../../src/planning/domain/queues/queue.js';

const DAY_MS = 86_400_000;

export const TIKTOK: QueueAccount = { id: 'tiktok-1', platform: 'tiktok' };
export const REELS: QueueAccount = { id: 'reels-1', platform: 'reels' };
export const SKYLIGHT: QueueAccount = { id: 'skylight-1', platform: 'skylight' };

export const NOTHING_TAKEN: Taken = { places: [], targets: [] };

/** `days` from midnight UTC of a date. */
export const spanOf = (date: string, days: number): Span => {
  const from = new Date(`${date}T00:00:00Z`);
  return { from, until: new Date(from.getTime() + days * DAY_MS) };
};

/** Every day at these times. */
export const dailySlots = (times: readonly string[], categories: readonly string[] = []): Slot[] =>
  ([1, 2, 3, 4, 5, 6, 7] as const).flatMap((isoDay) =>
    times.map((time) => ({ id: `${isoDay}-${time}`, isoDay, time, categories })),
  );

/** One account on Skylight, which rests a post for as short as a day; noon of every day in UTC. */
export const aQueue = (rest: Partial<Queue> = {}): Queue => ({
  id: 'queue',
  zone: 'UTC',
  accounts: [SKYLIGHT],
  slots: dailySlots(['12:00']),
  order: 'oldest',
  seed: 1,
  weighsViews: false,
  minGapSeconds: 0,
  blackouts: [],
  seasons: [],
  isPaused: false,
  ...rest,
});

type ItemWish = Partial<Omit<EvergreenItem, 'recycling' | 'past'>> & {
  readonly recycling?: Partial<EvergreenItem['recycling']>;
  readonly past?: Partial<EvergreenItem['past']>;
};

/** A post of no category that may return after a day wherever its platform allows. */
export const anItem = (postId: string, { recycling, past, ...rest }: ItemWish = {}): EvergreenItem => ({
  postId,
  categories: [],
  priority: 0,
  weight: 1,
  createdAt: new Date('2025-01-01T00:00:00Z'),
  recycling: { cooldownDays: { tiktok: 7, reels: 1, shorts: 30, skylight: 1 }, variations: 1, ...recycling },
  seasons: [],
  past: { count: 0, lastOn: new Map(), ...past },
  runs: [],
  views: [],
  ...rest,
});

/** `count` posts, named in the order of their creation. */
export const items = (count: number, rest: ItemWish = {}): EvergreenItem[] =>
  Array.from({ length: count }, (_, index) =>
    anItem(`post-${String(index).padStart(5, '0')}`, {
      createdAt: new Date(Date.UTC(2025, 0, 1) + index * 1_000),
      ...rest,
    }),
  );
