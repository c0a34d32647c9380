import { describe, expect, it } from '@jest/globals';
import { bestTimes, MIN_BUCKET, type TimedViews } from './best-times.js';

const DAY = 86_400_000;
const START = Date.parse('2026-06-01T00:00:00Z');

/** Numbers in (0, 1), the same for the same seed. */
const randomOf = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return (seed + 0.5) / 4_294_967_296;
};

/** Views as they are: many small, a few huge. */
const heavy = (random: () => number): number =>
  Math.exp(Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random()));

/** One post a day at hours in turn. */
const posts = (count: number, viewsOf: (hour: number, index: number) => number, hours = [9, 19]): TimedViews[] =>
  Array.from({ length: count }, (_, index) => {
    const hour = hours[index % hours.length] ?? 0;
    const publishedAt = new Date(START + index * DAY + hour * 3_600_000);
    return { publishedAt, hour, isoDay: (index % 7) + 1, views: Math.round(viewsOf(hour, index)) };
  });

describe('bestTimes', () => {
  it('needs ten posts of a time before it says anything, since fifteen times are looked at', () => {
    expect(MIN_BUCKET).toBe(10);
  });

  it('says how many posts are missing instead of guessing', () => {
    expect(bestTimes([])).toMatchObject({ state: 'too_few_posts', sampleSize: 0, missingPosts: 20, best: [] });
    const thin = bestTimes(posts(16, (hour) => (hour === 19 ? 9_000 : 10)));
    expect(thin).toMatchObject({ state: 'too_few_posts', missingPosts: 4, best: [] });
    expect(thin.hours[6]).toMatchObject({ fromHour: 18, toHour: 21, sampleSize: 8, missingPosts: 2 });
    expect(thin.hours[6]?.ratio).toBeUndefined();
    expect(thin.hours[0]).toMatchObject({ sampleSize: 0, missingPosts: 10, verdict: 'too_few_posts' });
  });

  it('has nothing to compare where every post went out at the same time', () => {
    const random = randomOf(1);
    expect(bestTimes(posts(100, () => 100 * heavy(random), [9]))).toMatchObject({
      state: 'too_few_posts',
      missingPosts: 10,
    });
  });

  it('finds a time that is better, with its size and how sure it is', () => {
    const random = randomOf(7);
    const found = bestTimes(posts(120, (hour) => (hour === 19 ? 6_000 : 1_000) * heavy(random)));
    expect(found.state).toBe('found');
    expect(found.best[0]).toMatchObject({ fromHour: 18, toHour: 21, sampleSize: 60, verdict: 'better' });
    expect(found.best[0]?.interval?.low).toBeGreaterThan(1);
    expect(found.best[0]?.ratio).toBeGreaterThan(found.best[0]?.interval?.low ?? Infinity);
    expect(found.hours[3]).toMatchObject({ fromHour: 9, verdict: 'worse' });
  });

  it('does not take an account that grows for a time that is good', () => {
    const random = randomOf(3);
    const views = (_: number, index: number) => 10 * 1.05 ** index * heavy(random);
    const grown = [...posts(60, views, [9]), ...posts(120, views, [19]).slice(60)];
    expect(bestTimes(grown).best).toEqual([]);
  });

  it('says a time is better where none is in at most one of twenty answers', () => {
    let wrong = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = randomOf(seed);
      if (bestTimes(posts(80, () => 500 * heavy(random), [8, 12, 17, 20])).best.length > 0) wrong += 1;
    }
    expect(wrong).toBeLessThanOrEqual(10);
  });

  it('says nothing of posts that nobody saw', () => {
    expect(bestTimes(posts(60, () => 0))).toMatchObject({ state: 'too_few_posts', sampleSize: 0 });
  });
});
