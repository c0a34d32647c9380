import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { fc } from '../../../../test/support/properties.js';
import { DAY_MS, HOUR_MS } from '../../../kernel/durations.js';
import { isTooLate, nextRunAfter } from './drill-schedule.js';

const berlin = { dayOfWeek: 1, time: '09:30', zone: 'Europe/Berlin' };

describe('nextRunAfter', () => {
  it('is the next such day and time of the zone', () => {
    expect(nextRunAfter(berlin, new Date('2026-01-24T12:00:00Z'))).toEqual(new Date('2026-01-26T08:30:00Z'));
  });

  it('is a week later at the instant of a run', () => {
    expect(nextRunAfter(berlin, new Date('2026-01-26T08:30:00Z'))).toEqual(new Date('2026-02-02T08:30:00Z'));
    expect(nextRunAfter(berlin, new Date('2026-01-26T08:29:59Z'))).toEqual(new Date('2026-01-26T08:30:00Z'));
  });

  it('moves a time that clocks skip to the first minute after, and takes the first of a time shown twice', () => {
    const sunday = { dayOfWeek: 7, time: '02:30', zone: 'Europe/Berlin' };
    expect(nextRunAfter(sunday, new Date('2026-03-28T12:00:00Z'))).toEqual(new Date('2026-03-29T01:00:00Z'));
    expect(nextRunAfter(sunday, new Date('2026-10-24T12:00:00Z'))).toEqual(new Date('2026-10-25T00:30:00Z'));
  });

  it('comes once a week on its day and at its time, in every zone', () => {
    const schedule = fc.record({
      dayOfWeek: fc.integer({ min: 1, max: 7 }),
      time: fc.constantFrom('00:00', '06:15', '12:00', '23:59'),
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland'),
    });
    const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(schedule, instants, (weekly, after) => {
        const next = nextRunAfter(weekly, after);
        const local = DateTime.fromJSDate(next, { zone: weekly.zone });
        expect([local.weekday, local.toFormat('HH:mm')]).toEqual([weekly.dayOfWeek, weekly.time]);
        const ahead = next.getTime() - after.getTime();
        expect(ahead > 0 && ahead <= 7 * DAY_MS + HOUR_MS).toBe(true);
      }),
    );
  });
});

describe('isTooLate', () => {
  it('lets a run catch up after a short downtime only', () => {
    const startsAt = new Date('2026-01-26T08:30:00Z');
    expect(isTooLate(startsAt, new Date('2026-01-27T08:30:00Z'))).toBe(false);
    expect(isTooLate(startsAt, new Date('2026-01-27T08:30:01Z'))).toBe(true);
  });
});
