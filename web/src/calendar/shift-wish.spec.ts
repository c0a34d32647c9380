import { describe, expect, it } from '@jest/globals';
import type { CalendarPlace } from './place.ts';
import { firstWish, opposite, shiftOf } from './shift-wish.ts';

const PARIS = 'Europe/Paris';
const NOW = Date.parse('2026-11-22T10:00:00Z');
const place: CalendarPlace = {
  ...{ view: 'month', date: '2026-11-22', zone: 'workspace' },
  ...{ account: ['a'], platform: [], queue: [], state: [] },
};
const wish = firstWish(place, PARIS, NOW);

describe('a wish to move many', () => {
  it('begins with what the calendar shows from now on, by a day', () => {
    expect(shiftOf(wish, PARIS)).toEqual({
      filter: { from: '2026-11-22T10:00:00Z', to: '2026-12-06T22:59:00Z', accountId: 'a' },
      by: { days: 1, minutes: 0 },
    });
  });

  it('lets one type a minus, which is no number yet, on the way to an earlier day', () => {
    expect(shiftOf({ ...wish, days: '-' }, PARIS)?.by).toEqual({ days: 0, minutes: 0 });
    expect(shiftOf({ ...wish, days: -1, minutes: '' }, PARIS)?.by).toEqual({ days: -1, minutes: 0 });
  });

  it('is none while an end of its span is no time', () => {
    expect(shiftOf({ ...wish, to: '' }, PARIS)).toBeUndefined();
  });

  it('has a way back', () => {
    expect(opposite({ days: 2, minutes: -30 })).toEqual({ days: -2, minutes: 30 });
    expect(opposite({ minutes: 5 })).toEqual({ days: 0, minutes: -5 });
  });
});
