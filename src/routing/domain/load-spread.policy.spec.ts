import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { HOUR_MS, MINUTE_MS, plusMs } from '../../kernel/durations.js';
import { extraPerHour, type FallbackLoad, fullBecause, loadTiming, NO_LOAD } from './load-spread.policy.js';

const timing = loadTiming(1);
const at = new Date('2026-01-26T12:00:00Z');
const ago = (...minutes: readonly number[]) => minutes.map((count) => plusMs(at, -count * MINUTE_MS));
const load = (rest: Partial<FallbackLoad>): FallbackLoad => ({ ...NO_LOAD, ...rest });

describe('a fallback', () => {
  it('takes over a quarter of its usual hour at first, and no more', () => {
    const usual = load({ usualHour: 40 });
    expect(extraPerHour(usual, at, timing)).toBe(10);
    const taken = ago(...Array.from({ length: 10 }, () => 1));
    expect(fullBecause(load({ usualHour: 40, takenAt: taken.slice(1) }), { at }, timing)).toBeUndefined();
    expect(fullBecause(load({ usualHour: 40, takenAt: taken }), { at }, timing)).toBe('hour');
  });

  it('takes one post at first where it has no history', () => {
    expect(fullBecause(NO_LOAD, { at }, timing)).toBeUndefined();
    expect(fullBecause(NO_LOAD, { at, givenCount: 1 }, timing)).toBe('hour');
  });

  it('takes a quarter more after ten minutes and after each five minutes more', () => {
    const since = (minutes: number) => extraPerHour(load({ usualHour: 40, takenAt: ago(minutes) }), at, timing);
    expect([9, 10, 14, 15, 20, 59].map(since)).toEqual([10, 20, 20, 30, 40, 110]);
  });

  it('begins anew after an hour without', () => {
    expect(extraPerHour(load({ usualHour: 40, takenAt: ago(200, 150, 90) }), at, timing)).toBe(10);
    expect(extraPerHour(load({ usualHour: 40, takenAt: ago(100, 50, 1) }), at, timing)).toBe(200);
  });

  it('stays at the first share while more than a tenth of what it took meets trouble', () => {
    const takenAt = ago(...Array.from({ length: 20 }, (_, n) => 20 - n));
    expect(extraPerHour(load({ usualHour: 40, takenAt, troubledCount: 2 }), at, timing)).toBe(40);
    expect(extraPerHour(load({ usualHour: 40, takenAt, troubledCount: 3 }), at, timing)).toBe(10);
  });

  it('takes no more in a day than the route allows', () => {
    const takenAt = ago(1_000, 700);
    expect(fullBecause(load({ takenAt }), { at, maxExtraPerDay: 2 }, timing)).toBe('day');
    expect(fullBecause(load({ takenAt }), { at, maxExtraPerDay: 3 }, timing)).toBeUndefined();
    expect(fullBecause(load({ takenAt: ago(1_441, 700) }), { at, maxExtraPerDay: 2 }, timing)).toBeUndefined();
  });

  it('takes what comes where a person posts, up to what the route allows', () => {
    const byHand = load({ takenAt: ago(...Array.from({ length: 30 }, () => 1)), byHand: true });
    expect(fullBecause(byHand, { at }, timing)).toBeUndefined();
    expect(fullBecause(byHand, { at, maxExtraPerDay: 30 }, timing)).toBe('day');
    expect(fullBecause(byHand, { at, maxExtraPerDay: 31, givenCount: 1 }, timing)).toBe('day');
  });

  it('follows the time scale', () => {
    expect(loadTiming(1)).toEqual({ hourMs: 3_600_000, dayMs: 86_400_000, steadyMs: 600_000, stepMs: 300_000 });
    expect(loadTiming(60).hourMs).toBe(MINUTE_MS);
  });

  it('never takes more than a quarter of its usual hour in the first ten minutes, whatever the order', () =>
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.array(fc.integer({ min: 0, max: 10 * 60 - 1 }), { maxLength: 200 }),
        (usualHour, wishes) => {
          const taken: Date[] = [];
          for (const seconds of wishes.toSorted((a, b) => a - b)) {
            const when = plusMs(at, seconds * 1_000);
            if (!fullBecause(load({ usualHour, takenAt: taken }), { at: when }, timing)) taken.push(when);
          }
          expect(taken.length).toBeLessThanOrEqual(Math.floor(0.25 * Math.max(usualHour, 4)));
          expect(taken.every((when) => when.getTime() < at.getTime() + HOUR_MS)).toBe(true);
        },
      ),
      { numRuns: 300, seed: 20260126 },
    ));
});
