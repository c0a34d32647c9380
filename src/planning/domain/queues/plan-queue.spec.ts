import { describe, expect, it } from '@jest/globals';
import {
  anItem,
  aQueue,
  dailySlots,
  items,
  NOTHING_TAKEN,
  REELS,
  SKYLIGHT,
  spanOf,
  TIKTOK,
} from '../../../../test/mothers/queue.mother.js';
import { carryOver } from './carry-over.js';
import { planQueue } from './plan-queue.js';
import type { EvergreenItem, Queue, Taken } from './queue.js';

const week = spanOf('2026-06-01', 7);
const plan = (queue: Partial<Queue>, posts: readonly EvergreenItem[], { taken = NOTHING_TAKEN, span = week } = {}) =>
  planQueue(aQueue(queue), posts, taken, span);
const postsOf = ({ planned }: ReturnType<typeof plan>) => planned.map(({ postId }) => postId).join(' ');
const codes = ({ empty }: ReturnType<typeof plan>) => empty.map(({ code }) => code);
const days = (dates: readonly string[]) => dates.map((date) => new Date(`${date}T12:00:00Z`));
const ranOn = (date: string, accountId = SKYLIGHT.id): EvergreenItem['past'] => {
  const at = new Date(`${date}T12:00:00Z`);
  return { count: 1, lastAt: at, lastVariation: 0, lastOn: new Map([[accountId, at]]) };
};

describe('planQueue', () => {
  it('gives the slots of a week in turn, new posts first, then what rested longest', () => {
    const posts = [anItem('c', { past: ranOn('2026-05-30') }), anItem('b', { past: ranOn('2026-05-01') }), anItem('a')];
    const answer = plan({}, posts);
    expect(postsOf(answer)).toBe('a b c a b c a');
    expect(answer.planned[0]?.why).toBe('Rested longest: it never ran before.');
    expect(answer.planned[1]?.why).toBe('Rested longest: it last ran 32 days ago.');
    expect(answer.planned.map(({ at }) => at.toISOString())[0]).toBe('2026-06-01T12:00:00.000Z');
  });

  it('goes by priority, and lets the lower through while the higher rests', () => {
    const posts = [anItem('low'), anItem('high', { priority: 5, recycling: { cooldownDays: { skylight: 3 } } })];
    expect(postsOf(plan({ order: 'priority' }, posts))).toBe('high low low high low low high');
  });

  it('shuffles by the seed, each post about once a lap, never soon again', () => {
    const span = spanOf('2026-06-01', 200);
    const twenty = items(20, { recycling: { cooldownDays: { skylight: 1 } } });
    const orders = [1, 2].map((seed) => postsOf(plan({ order: 'shuffled', seed }, twenty, { span })).split(' '));
    expect(orders[0]).not.toEqual(orders[1]);
    expect(orders[0]).toEqual(postsOf(plan({ order: 'shuffled', seed: 1 }, twenty, { span })).split(' '));
    for (const order of orders) {
      expect(order.slice(0, 20)).not.toEqual(order.slice(20, 40));
      for (const { postId } of twenty) {
        const turns = order.flatMap((id, turn) => (id === postId ? [turn] : []));
        expect(turns.length).toBeGreaterThanOrEqual(8);
        for (const [index, turn] of turns.entries())
          if (index > 0) expect(turn - (turns[index - 1] ?? 0)).toBeGreaterThan(5);
      }
    }
  });

  it('repeats a post as often as its weight says', () => {
    const posts = [...items(9), anItem('heavy', { weight: 3 })];
    const order = postsOf(plan({ order: 'weighted' }, posts, { span: spanOf('2026-06-01', 360) })).split(' ');
    const count = (id: string) => order.filter((one) => one === id).length;
    expect(count('heavy')).toBeGreaterThanOrEqual(80);
    expect(count('heavy')).toBeLessThanOrEqual(100);
    expect(count('post-00000')).toBeGreaterThanOrEqual(26);
  });

  it('lets views raise a weight, to double at most, and thin evidence hardly', () => {
    const seen = (id: string, mean: number, runs: number) =>
      anItem(id, { views: [{ platform: 'skylight', mean, runs }] });
    const posts = [
      seen('hit', 90_000, 40),
      ...['b', 'c', 'd', 'e'].map((id) => seen(id, 1_000, 40)),
      seen('thin', 90_000, 1),
    ];
    const order = postsOf(plan({ order: 'weighted', weighsViews: true }, posts, { span: spanOf('2026-06-01', 360) }));
    const count = (id: string) => order.split(' ').filter((one) => one === id).length;
    expect(count('hit') / count('b')).toBeGreaterThan(2.5);
    expect(count('hit') / count('b')).toBeLessThan(4.5);
    expect(count('thin')).toBeLessThan(count('hit'));
  });

  it('serves a slot only with its categories, and says which post is missing', () => {
    const slots = [...dailySlots(['12:00'], ['tips']), ...dailySlots(['18:00'], ['fun', 'promo'])];
    const answer = plan({ slots }, [anItem('tip', { categories: ['tips', 'other'] })], {
      span: spanOf('2026-06-01', 1),
    });
    expect(postsOf(answer)).toBe('tip');
    expect(answer.empty).toMatchObject([
      { code: 'none_fits', why: expect.stringContaining('no evergreen post of "fun", "promo"') },
    ]);
  });

  it('keeps the cooldown, and says when the next post may return', () => {
    const posts = [anItem('a', { recycling: { cooldownDays: { skylight: 3 } } })];
    const answer = plan({}, posts);
    expect(answer.planned.map(({ at }) => at)).toEqual(days(['2026-06-01', '2026-06-04', '2026-06-07']));
    expect(answer.empty[0]).toMatchObject({
      code: 'none_rested',
      why: 'The only post is resting, out of season or at its end. The next may return on 2026-06-04.',
    });
  });

  it('keeps a weekly post at its hour when clocks change', () => {
    const slots = [{ id: 's', isoDay: 7 as const, time: '09:00', categories: [] }];
    const posts = [anItem('a', { recycling: { cooldownDays: { skylight: 7 } } })];
    const { planned } = plan({ slots, zone: 'Europe/Paris' }, posts, { span: spanOf('2026-03-16', 21) });
    expect(planned.map(({ at }) => at.toISOString())).toEqual([
      '2026-03-22T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-04-05T07:00:00.000Z',
    ]);
  });

  it('counts a gap in months on the calendar', () => {
    const posts = [anItem('a', { recycling: { gap: { count: 1, unit: 'month' } } })];
    const { planned } = plan({}, posts, { span: spanOf('2026-01-31', 100) });
    expect(planned.map(({ at }) => at)).toEqual(days(['2026-01-31', '2026-02-28', '2026-03-28', '2026-04-28']));
  });

  it('lets a post run between its first and last day, in its season, and as often as it may', () => {
    const ofDays = (recycling: Partial<EvergreenItem['recycling']>) =>
      plan({}, [anItem('a', { recycling })]).planned.map(({ localDate }) => localDate);
    expect(ofDays({ startDate: '2026-06-03', expireDate: '2026-06-04' })).toEqual(['2026-06-03', '2026-06-04']);
    expect(ofDays({ expireCount: 2 })).toEqual(['2026-06-01', '2026-06-02']);
    const seasonal = anItem('a', { seasons: [{ from: '12-20', until: '01-02' }] });
    const winter = plan({}, [seasonal], { span: spanOf('2026-11-01', 100) }).planned;
    expect([winter[0]?.localDate, winter.at(-1)?.localDate, winter.length]).toEqual(['2026-12-20', '2027-01-02', 14]);
  });

  it('rotates wordings, and steps round those of runs already planned', () => {
    const posts = [anItem('a', { recycling: { variations: 3 }, past: { count: 4, lastVariation: 1 } })];
    expect(plan({}, posts).planned.map(({ variation }) => variation)).toEqual([2, 0, 1, 2, 0, 1, 2]);
    const at = new Date('2026-06-03T15:00:00Z');
    const ahead = anItem('a', { recycling: { variations: 3 }, runs: [{ at, variation: 1, accountIds: [TIKTOK.id] }] });
    expect(plan({}, [ahead]).planned.map(({ variation }) => variation)).toEqual([0, 2, 0, 2, 0, 1, 2]);
  });

  it('keeps the cooldown on both sides of a run that is already planned', () => {
    const at = new Date('2026-06-04T12:00:00Z');
    const runs = [{ at, variation: 0, accountIds: [SKYLIGHT.id] }];
    const taken: Taken = { places: [], targets: [{ accountId: SKYLIGHT.id, at, postId: 'a' }] };
    const answer = plan({}, [anItem('a', { recycling: { cooldownDays: { skylight: 2 } }, runs })], { taken });
    expect(answer.planned.map(({ at: day }) => day)).toEqual(days(['2026-06-01', '2026-06-06']));
  });

  it('plans no reserved place again, and counts what stands there', () => {
    const taken: Taken = { places: [{ slotId: '1-12:00', localDate: '2026-06-01' }], targets: [] };
    const answer = plan({}, items(9), { taken });
    expect(answer.planned).toHaveLength(6);
    expect(answer.empty).toEqual([]);
  });

  it('keeps the cap of a day and the least gap on each account, whatever stands there', () => {
    const slots = dailySlots(['09:00', '09:20', '12:00', '15:00']);
    const targets = [{ accountId: SKYLIGHT.id, at: new Date('2026-06-01T12:10:00Z') }];
    const queue = { slots, dailyCap: 2, minGapSeconds: 1_800, accounts: [SKYLIGHT, REELS] };
    const answer = plan(queue, items(30), { taken: { places: [], targets }, span: spanOf('2026-06-01', 1) });
    expect(answer.planned.map(({ slotId, accountIds }) => [slotId, ...accountIds])).toEqual([
      ['1-09:00', SKYLIGHT.id, REELS.id],
      ['1-12:00', REELS.id],
    ]);
    expect(answer.planned[1]?.leftOut).toEqual([{ accountId: SKYLIGHT.id, why: 'It has its 2 posts of the day.' }]);
    expect(answer.empty.map(({ code, why }) => `${code}: ${why}`)).toEqual([
      'accounts_busy: No account is free: It has its 2 posts of the day. It would stand within 30 minutes of another post.',
      'accounts_busy: No account is free: It has its 2 posts of the day.',
    ]);
  });

  it('waits until a post has rested on all accounts, unless nothing else is there', () => {
    const queue = { accounts: [TIKTOK, SKYLIGHT] };
    const answer = plan(queue, [anItem('a', { past: ranOn('2026-05-29', TIKTOK.id) }), anItem('b')]);
    expect(postsOf(answer)).toBe('b a b a a b a');
    expect(answer.planned[1]).toMatchObject({ accountIds: [SKYLIGHT.id] });
    expect(answer.planned[1]?.why).toContain('on some of its accounts only');
    expect(answer.planned[1]?.leftOut[0]?.why).toMatch(/^The post rests there until 2026-06-05\. TikTok refuses/);
  });

  it('leaves out paused accounts and those whose platform does not take the post', () => {
    const queue = { accounts: [{ ...TIKTOK, isPaused: true }, REELS, SKYLIGHT] };
    const [first] = plan(queue, [anItem('a', { fitsOn: [TIKTOK.id, SKYLIGHT.id] })]).planned;
    expect(first).toMatchObject({ accountIds: [SKYLIGHT.id] });
    expect(first?.leftOut.map(({ why }) => why)).toEqual([
      'The account is paused.',
      'Its platform does not take this post.',
    ]);
  });

  it('never sets a post directly after itself where the platform refuses a duplicate, unless in other words', () => {
    const taken: Taken = {
      places: [],
      targets: [{ accountId: REELS.id, at: new Date('2026-05-30T12:00:00Z'), postId: 'a' }],
    };
    const past = ranOn('2026-05-30', REELS.id);
    const alone = plan({ accounts: [REELS] }, [anItem('a', { past })], { taken });
    expect(codes(alone)).toEqual(Array(7).fill('none_rested'));
    expect(postsOf(plan({ accounts: [REELS] }, [anItem('a', { past }), anItem('b')], { taken }))).toBe('b a b a b a b');
    expect(
      plan({ accounts: [REELS] }, [anItem('a', { past, recycling: { variations: 2 } })], { taken }).planned,
    ).toHaveLength(7);
  });

  it('fills a place left empty for that, once another post stands in between', () => {
    const at = new Date('2026-06-10T12:00:00Z');
    const known = { at, variation: 0, accountIds: [REELS.id] };
    const posts = [anItem('kept', { runs: [known] }), anItem('new', { recycling: { startDate: '2026-06-08' } })];
    const queue = { accounts: [REELS], slots: dailySlots(['12:00']).filter(({ isoDay }) => isoDay === 1) };
    const taken = { places: [], targets: [{ accountId: REELS.id, at, postId: 'kept' }] };
    const span = spanOf('2026-06-01', 9);
    const first = plan(queue, posts, { taken, span });
    expect(first.planned.map(({ postId, localDate }) => [postId, localDate])).toEqual([['new', '2026-06-08']]);
    const next = carryOver(posts, taken, first);
    const again = plan(queue, next.items, { taken: next.taken, span });
    expect(again.planned.map(({ postId, localDate }) => [postId, localDate])).toEqual([['kept', '2026-06-01']]);
  });

  it('leaves places empty with the reason while paused, in blackouts and out of season', () => {
    expect(new Set(codes(plan({ isPaused: true }, items(9))))).toEqual(new Set(['paused']));
    const blackouts = [{ from: '2026-06-02', until: '2026-06-03', name: 'fair' }];
    const answer = plan({ blackouts }, items(9));
    expect(answer.empty.map(({ localDate }) => localDate)).toEqual(['2026-06-02', '2026-06-03']);
    expect(answer.empty[0]?.why).toBe('Blackout: fair. Nothing is planned on this day.');
    expect(codes(plan({ seasons: [{ from: '06-05', until: '08-31' }] }, items(9)))).toEqual(
      Array(4).fill('out_of_season'),
    );
    expect(codes(plan({ accounts: [{ ...SKYLIGHT, isPaused: true }] }, items(9)))).toEqual(Array(7).fill('no_account'));
  });

  it('fires two slots that a gap throws together as one place', () => {
    const slots = dailySlots(['02:15', '02:45', '03:00']);
    const span = spanOf('2026-03-29', 1);
    const answer = plan({ slots, zone: 'Europe/Paris' }, items(9), { span });
    expect(answer.planned.map(({ slotId, at }) => [slotId, at.toISOString()])).toEqual([
      ['7-03:00', '2026-03-29T01:00:00.000Z'],
    ]);
    expect(answer.empty.map(({ slotId, code }) => [slotId, code])).toEqual([
      ['7-02:15', 'clock_change'],
      ['7-02:45', 'clock_change'],
    ]);
    expect(answer.empty[0]?.why).toContain('Clocks in Europe/Paris skip 02:15');
  });
});
