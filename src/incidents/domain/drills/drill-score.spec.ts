import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { type DrillFigures, hasPassed, SCORE_ITEMS, scoreDrill } from './drill-score.js';

const WELL: DrillFigures = {
  affected: 100,
  reached: 100,
  onTime: 100,
  withoutFallback: 0,
  secondsToMove: 5,
  turnedAway: 0,
  tokensAtRisk: 0,
  accounts: 4,
};
const itemOf = (figures: DrillFigures, code: string) => scoreDrill(figures)?.items.find((item) => item.code === code);

describe('scoreDrill', () => {
  it('gives a hundred points where every post is on time elsewhere', () => {
    const score = scoreDrill(WELL);
    expect(score?.points).toBe(100);
    expect(score && hasPassed(score)).toBe(true);
    expect(score?.items.every(({ next }) => next.startsWith('Nothing to do'))).toBe(true);
  });

  it('scores nothing where nothing was due', () => {
    expect(scoreDrill({ ...WELL, affected: 0 })).toBeUndefined();
  });

  it('says of each shortcoming how many and what to do', () => {
    const poor = { ...WELL, reached: 60, onTime: 40, withoutFallback: 40, secondsToMove: 1_800, turnedAway: 20 };
    expect(itemOf(poor, 'reached')).toMatchObject({ value: 0.6, points: 21, verdict: 'poor' });
    expect(itemOf(poor, 'with_fallback')?.next).toBe(
      "40 of the posts find no other account: see the report's obstacles, and add or mend fallbacks.",
    );
    expect(itemOf(poor, 'seconds_to_move')).toMatchObject({
      value: 1_800,
      unit: 'seconds',
      points: 0,
      verdict: 'poor',
    });
    expect(itemOf({ ...WELL, secondsToMove: 930 }, 'seconds_to_move')).toMatchObject({ points: 5, verdict: 'fair' });
    expect(itemOf(poor, 'within_load')?.value).toBe(0.8);
    expect(itemOf({ ...WELL, tokensAtRisk: 1 }, 'tokens')).toMatchObject({ value: 0.75, points: 7.5, verdict: 'poor' });
  });

  it('passes with an even chance of a small loss, not with a poor item', () => {
    const fair = scoreDrill({ ...WELL, reached: 95, onTime: 92 });
    const poor = scoreDrill({ ...WELL, onTime: 80 });
    expect([fair && hasPassed(fair), poor && hasPassed(poor)]).toEqual([true, false]);
  });

  it('gives nothing at all where a post was live twice', () => {
    const score = scoreDrill({ ...WELL, duplicates: 1 });
    expect([score?.points, score && hasPassed(score)]).toEqual([0, false]);
    expect(scoreDrill({ ...WELL, duplicates: 0 })?.points).toBe(100);
  });

  it('stays between 0 and 100, never rewards a loss, and names every item once', () => {
    const count = (max: number) => fc.integer({ min: 0, max });
    const figures = fc.integer({ min: 1, max: 50_000 }).chain((affected) =>
      fc.record({
        affected: fc.constant(affected),
        reached: count(affected),
        onTime: count(affected),
        withoutFallback: count(affected),
        secondsToMove: count(200_000),
        turnedAway: count(affected),
        tokensAtRisk: count(3),
        accounts: fc.integer({ min: 3, max: 9 }),
      }),
    );
    fc.assert(
      fc.property(figures, (one) => {
        const points = scoreDrill(one)?.points ?? -1;
        expect(points).toBeGreaterThanOrEqual(0);
        expect(points).toBeLessThanOrEqual(100);
        const worse = scoreDrill({ ...one, reached: Math.floor(one.reached / 2), tokensAtRisk: 3 })?.points ?? 101;
        expect(worse).toBeLessThanOrEqual(points);
        expect(scoreDrill({ ...one, duplicates: 0 })?.items.map(({ code }) => code)).toEqual([...SCORE_ITEMS]);
      }),
    );
  });
});
