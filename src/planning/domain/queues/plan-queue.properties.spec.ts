import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import {
  booksOf,
  isFree,
  isRepeat,
  keepApart,
  mayRunOn,
  type OracleRun,
  placesOf,
  plainAt,
} from '../../../../test/mothers/plan-oracle.js';
import { anItem, aQueue } from '../../../../test/mothers/queue.mother.js';
import { carryOver } from './carry-over.js';
import { planQueue } from './plan-queue.js';
import type { EvergreenItem, ItemRun, Queue, QueuePlan, Span, Taken } from './queue.js';
import { QUEUE_ORDERS } from './queue.js';

const DAY_MS = 86_400_000;
const CATEGORIES = ['tips', 'fun', 'promo'];
const ACCOUNTS = [
  { id: 'tiktok', platform: 'tiktok' },
  { id: 'reels', platform: 'reels' },
  { id: 'skylight', platform: 'skylight' },
] as const;

/** Around a change of clocks: zone and a day on which it happens. */
const CHANGES = [
  ['Europe/Paris', '2026-03-29'],
  ['Europe/Paris', '2026-10-25'],
  ['America/New_York', '2026-03-08'],
  ['America/St_Johns', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Africa/Casablanca', '2026-02-15'],
  ['America/Santiago', '2026-09-06'],
  ['Pacific/Apia', '2011-12-30'],
  ['Asia/Kathmandu', '2026-06-01'],
  ['UTC', '2026-12-31'],
] as const;

interface Facts {
  readonly queue: Queue;
  readonly items: readonly EvergreenItem[];
  readonly taken: Taken;
  readonly span: Span;
}

const categories = fc.subarray(CATEGORIES, { maxLength: 2 });
const time = fc
  .oneof(fc.integer({ min: 0, max: 4 * 12 }), fc.integer({ min: 0, max: 24 * 12 - 1 }))
  .map((five) => `${String(Math.floor(five / 12)).padStart(2, '0')}:${String((five % 12) * 5).padStart(2, '0')}`);
const slots = fc
  .uniqueArray(fc.record({ isoDay: fc.integer({ min: 1, max: 7 }), time, categories }), {
    minLength: 1,
    maxLength: 10,
    selector: ({ isoDay, time: at }) => `${isoDay} ${at}`,
  })
  .map((all) => all.map((slot, index) => ({ ...slot, id: `s${index}` })) as Queue['slots']);
const season = fc.constantFrom({ from: '03-01', until: '09-30' }, { from: '10-01', until: '02-28' });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3, nil: undefined });

const queueIn = (zone: string, day: number): fc.Arbitrary<Queue> =>
  fc
    .record({
      slots,
      accounts: fc.subarray([...ACCOUNTS], { minLength: 1 }),
      order: fc.constantFrom(...QUEUE_ORDERS),
      seed: fc.integer(),
      minGapSeconds: fc.constantFrom(0, 0, 3_600, 30_000),
      dailyCap: maybe(fc.integer({ min: 1, max: 3 })),
      blackouts: fc.subarray([3, 4, 10], { maxLength: 2 }),
      seasons: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(season) }),
    })
    .map(({ dailyCap, blackouts, ...rest }) =>
      aQueue({
        ...rest,
        zone,
        ...(dailyCap === undefined ? {} : { dailyCap }),
        blackouts: blackouts.map((offset) => {
          const date = new Date(day + offset * DAY_MS).toISOString().slice(0, 10);
          return { from: date, until: date };
        }),
      }),
    );

const dateNear = (day: number) =>
  fc.integer({ min: -5, max: 25 }).map((offset) => new Date(day + offset * DAY_MS).toISOString().slice(0, 10));
const instantNear = (day: number, min: number, max: number) =>
  fc.integer({ min: min * 288, max: max * 288 }).map((five) => new Date(day + five * 300_000));
const accountIds = fc.subarray(
  ACCOUNTS.map(({ id }) => id as string),
  { minLength: 1 },
);

const itemAt = (index: number, day: number): fc.Arbitrary<EvergreenItem> =>
  fc
    .record({
      categories,
      priority: fc.integer({ min: 0, max: 2 }),
      weight: fc.constantFrom(0.5, 1, 3),
      createdAt: instantNear(day, -400, -390),
      gap: maybe(
        fc.record({
          count: fc.integer({ min: 1, max: 4 }),
          unit: fc.constantFrom('day', 'week', 'month') as fc.Arbitrary<'day'>,
        }),
      ),
      skylight: fc.integer({ min: 0, max: 9 }),
      startDate: maybe(dateNear(day)),
      expireDate: maybe(dateNear(day)),
      expireCount: maybe(fc.integer({ min: 1, max: 6 })),
      variations: fc.integer({ min: 1, max: 3 }),
      fitsOn: maybe(accountIds),
      seasons: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(season) }),
      last: maybe(instantNear(day, -40, -1)),
      runs: fc.array(fc.record({ at: instantNear(day, 2, 30), variation: fc.constant(0), accountIds }), {
        maxLength: 1,
      }),
    })
    .map(({ gap, skylight, startDate, expireDate, expireCount, variations, fitsOn, last, ...rest }) =>
      anItem(`p${index}`, {
        ...rest,
        ...(fitsOn ? { fitsOn } : {}),
        recycling: {
          cooldownDays: { tiktok: 7, reels: 2, skylight },
          variations,
          ...(gap ? { gap } : {}),
          ...(startDate ? { startDate } : {}),
          ...(expireDate ? { expireDate } : {}),
          ...(expireCount ? { expireCount } : {}),
        },
        past: last ? { count: 1, lastAt: last, lastVariation: 0, lastOn: new Map([['reels', last]]) } : {},
      }),
    );

const factsArbitrary: fc.Arbitrary<Facts> = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -12, max: 0 }), fc.integer({ min: 0, max: 12 }))
  .chain(([[zone, date], before, count]) => {
    const day = Date.parse(`${date}T00:00:00Z`) + before * DAY_MS;
    return fc.record({
      queue: queueIn(zone, day),
      items: fc.tuple(...Array.from({ length: count }, (_, index) => itemAt(index, day))),
      strangers: fc.array(
        fc.record({ accountId: fc.constantFrom('tiktok', 'skylight'), at: instantNear(day, -1, 30) }),
        {
          maxLength: 4,
        },
      ),
      days: fc.integer({ min: 1, max: 28 }),
      start: instantNear(day, 0, 1),
    });
  })
  .map(({ queue, items, strangers, days, start }) => ({
    queue,
    items,
    span: { from: start, until: new Date(start.getTime() + days * DAY_MS) },
    taken: {
      places: [],
      targets: [
        ...strangers,
        ...items.flatMap(({ postId, runs }) =>
          runs.flatMap((run) => run.accountIds.map((accountId) => ({ accountId, at: run.at, postId }))),
        ),
      ],
    },
  }));

const planOf = ({ queue, items, taken, span }: Facts) => planQueue(queue, items, taken, span);
const check = (numRuns: number, fact: (facts: Facts, plan: QueuePlan) => void) =>
  fc.assert(
    fc.property(factsArbitrary, (facts) => fact(facts, planOf(facts))),
    { numRuns },
  );

/** All runs of a post that the facts know, and those planned before an instant. */
const runsOf = ({ queue }: Facts, item: EvergreenItem, { planned }: QueuePlan, before = Infinity): OracleRun[] => {
  const oracleRun = ({ at, variation, accountIds: ids }: ItemRun, isPlanned: boolean): OracleRun => ({
    at: at.getTime(),
    plain: plainAt(at.getTime(), queue.zone),
    variation,
    accountIds: ids,
    isPlanned,
  });
  const { lastAt, lastVariation = -1, lastOn } = item.past;
  const past = lastAt
    ? [oracleRun({ at: lastAt, variation: lastVariation, accountIds: [...lastOn.keys()] }, false)]
    : [];
  const own = planned.filter(({ postId, at }) => postId === item.postId && at.getTime() < before);
  return [
    ...past,
    ...item.runs.map((run) => oracleRun(run, false)),
    ...own.map((run) => oracleRun(run, true)),
  ].toSorted((one, other) => one.at - other.at);
};

describe('planQueue, over random queues around changes of clocks', () => {
  it('answers for every place that Temporal finds, once, at its instant: no drift, no double, no gap', () => {
    check(100, (facts, { planned, empty }) => {
      const name = ({ slotId, localDate, at }: { slotId: string; localDate: string; at: number | Date }) =>
        `${slotId} ${localDate} ${Number(at)}`;
      const answered = [...planned, ...empty].map(name).toSorted();
      expect(answered).toEqual(placesOf(facts.queue, facts.span).map(name).toSorted());
      const instants = planned.map(({ at }) => at.getTime());
      expect(new Set(instants).size).toBe(instants.length);
    });
  });

  it('keeps every gap, cooldown, first and last day, season, category and number of runs', () => {
    check(80, (facts, plan) => {
      const slotOf = new Map(facts.queue.slots.map((slot) => [slot.id, slot]));
      for (const item of facts.items) {
        const runs = runsOf(facts, item, plan);
        const own = plan.planned.filter(({ postId }) => postId === item.postId);
        if (own.length > 0) expect(runs.length).toBeLessThanOrEqual(item.recycling.expireCount ?? Infinity);
        for (const { at, slotId, accountIds: ids } of own) {
          const plain = plainAt(at.getTime(), facts.queue.zone);
          expect(mayRunOn(item, plain, slotOf.get(slotId)?.categories ?? [])).toBe(true);
          expect(ids.every((id) => item.fitsOn?.includes(id) ?? true)).toBe(true);
        }
        for (const one of runs.filter(({ isPlanned }) => isPlanned))
          for (const other of runs)
            if (one !== other) expect(keepApart(item, facts.queue.accounts, [one, other])).toBe(true);
      }
    });
  });

  it('never uses the same wording twice running', () => {
    check(80, (facts, plan) => {
      for (const item of facts.items.filter(({ recycling }) => recycling.variations > 1))
        for (const [index, run] of runsOf(facts, item, plan).entries()) {
          const before = runsOf(facts, item, plan)[index - 1];
          if (before && (run.isPlanned || before.isPlanned)) expect(run.variation).not.toBe(before.variation);
        }
    });
  });

  it('keeps cap, minimum gap and blackouts, and leaves no place empty that a post could take', () => {
    check(100, (facts, plan) => {
      const { queue, items, taken } = facts;
      const books = booksOf(queue, taken);
      const places = [...plan.planned, ...plan.empty].toSorted((one, other) => one.at.getTime() - other.at.getTime());
      const slotOf = new Map(queue.slots.map((slot) => [slot.id, slot]));
      for (const place of places) {
        const at = place.at.getTime();
        const plain = plainAt(at, queue.zone);
        const free = queue.accounts.filter((account) => isFree(queue, account, books.get(account.id) ?? [], at));
        if (!('code' in place)) {
          expect(place.accountIds.every((id) => free.some((account) => account.id === id))).toBe(true);
          expect(queue.blackouts.some(({ from }) => from === place.localDate)).toBe(false);
          for (const id of place.accountIds)
            books.get(id)?.push({ at, date: plain.toPlainDate().toString(), postId: place.postId });
        } else if (place.code === 'accounts_busy') expect(free).toEqual([]);
        else if (place.code === 'none_rested' || place.code === 'none_fits')
          for (const item of items) {
            const runs = runsOf(facts, item, plan, at);
            const isOver = runs.length >= (item.recycling.expireCount ?? Infinity);
            if (isOver || !mayRunOn(item, plain, slotOf.get(place.slotId)?.categories ?? [])) continue;
            for (const account of free) {
              if (!(item.fitsOn?.includes(account.id) ?? true)) continue;
              if (isRepeat(item, account, books.get(account.id) ?? [], at)) continue;
              const run = { at, plain, variation: 0, accountIds: [account.id], isPlanned: true };
              const isApart = runs.every((other) => keepApart(item, queue.accounts, [run, other]));
              expect(isApart && !isPinched(item, runs, at)).toBe(false);
            }
          }
      }
    });
  });

  it('gives the same plan for the same facts in any order, and in two parts the same as in one', () => {
    const cut = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(factsArbitrary, cut, (facts, share) => {
        const { queue, items, taken, span } = facts;
        const whole = planOf(facts);
        expect(planOf({ ...facts, items: items.toReversed() })).toEqual(whole);
        const middle = new Date(Math.round(span.from.getTime() + (span.until.getTime() - span.from.getTime()) * share));
        const first = planQueue(queue, items, taken, { from: span.from, until: middle });
        const next = carryOver(items, taken, first);
        const second = planQueue(queue, next.items, next.taken, { from: middle, until: span.until });
        expect([...first.planned, ...second.planned]).toEqual(whole.planned);
        expect([...first.empty, ...second.empty]).toEqual(whole.empty);
      }),
      { numRuns: 100 },
    );
  });

  it('planned again fills no place twice, and an empty one only where a later post now stands between a post and itself', () => {
    check(100, (facts, whole) => {
      const { queue, items, taken, span } = facts;
      const next = carryOver(items, taken, whole);
      for (const place of planQueue(queue, next.items, next.taken, span).planned) {
        const at = place.at.getTime();
        expect(whole.empty).toContainEqual(expect.objectContaining({ at: place.at, code: 'none_rested' }));
        const item = items.find(({ postId }) => postId === place.postId);
        const before = { planned: whole.planned.filter((one) => one.at.getTime() < at) };
        const books = booksOf(queue, carryOver(items, taken, before).taken);
        for (const account of queue.accounts.filter(({ id }) => place.accountIds.includes(id)))
          expect(item && isRepeat(item, account, books.get(account.id) ?? [], at)).toBe(true);
      }
    });
  });
});

/** Two wordings between two runs that have one each: neither may be used. */
const isPinched = ({ recycling: { variations } }: EvergreenItem, runs: readonly OracleRun[], at: number): boolean => {
  const before = runs.findLast((run) => run.at <= at)?.variation;
  const after = runs.find((run) => run.at > at)?.variation;
  return variations === 2 && before !== undefined && after !== undefined && before !== after;
};
