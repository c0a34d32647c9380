import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { fc } from '../../../../test/support/properties.js';
import { isInSeason, isoDayOf, localDateOf, openInSeason, plusUnits, wallOfDate } from './local-days.js';

const anyWall = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) });
const plainOf = (wall: number) => Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, -1));

describe('days of the calendar', () => {
  it('moves along the calendar as Temporal does', () => {
    const unit = fc.constantFrom('day' as const, 'week' as const, 'month' as const);
    fc.assert(
      fc.property(anyWall, fc.integer({ min: 0, max: 60 }), unit, (wall, count, of) => {
        const moved = plainOf(wall).add({ [`${of}s`]: count });
        expect(plainOf(plusUnits(wall, count, of)).toString()).toBe(moved.toString());
      }),
    );
  });

  it('names each day and its place in the week as Temporal does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 30_000 }), (day) => {
        const date = Temporal.PlainDate.from('1970-01-01').add({ days: day });
        expect([localDateOf(day), isoDayOf(day)]).toEqual([date.toString(), date.dayOfWeek]);
      }),
    );
  });

  it.each([
    ['2026-07-01', [{ from: '06-01', until: '08-31' }], '2026-07-01'],
    ['2026-09-01', [{ from: '06-01', until: '08-31' }], '2027-06-01'],
    ['2026-11-01', [{ from: '12-20', until: '01-05' }], '2026-12-20'],
    ['2027-01-03', [{ from: '12-20', until: '01-05' }], '2027-01-03'],
    ['2026-03-05', [{ from: '02-29', until: '02-29' }], '2028-02-29'],
    [
      '2026-09-01',
      [
        { from: '06-01', until: '06-30' },
        { from: '10-01', until: '10-02' },
      ],
      '2026-10-01',
    ],
    ['2026-09-01', [], '2026-09-01'],
  ])('waits from %s in seasons %j until %s', (date, seasons, open) => {
    expect(openInSeason(wallOfDate(date), seasons)).toBe(wallOfDate(open));
    expect(isInSeason(open, seasons)).toBe(true);
  });
});
