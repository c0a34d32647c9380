import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { type QuietHours, quietUntil } from './quiet-hours.js';

const paris = { from: '22:00', to: '07:00', zone: 'Europe/Paris' };
const until = (hours: QuietHours, now: string) => quietUntil(hours, new Date(now))?.toISOString();

describe('quiet hours', () => {
  it('last across midnight, on the wall of their zone', () => {
    expect(until(paris, '2026-01-27T20:59:59Z')).toBeUndefined();
    expect(until(paris, '2026-01-27T21:00:00Z')).toBe('2026-01-28T06:00:00.000Z');
    expect(until(paris, '2026-01-28T05:59:59Z')).toBe('2026-01-28T06:00:00.000Z');
    expect(until(paris, '2026-01-28T06:00:00Z')).toBeUndefined();
  });

  it('lie within a day when they begin before they end', () => {
    const lunch = { from: '12:00', to: '13:30', zone: 'Asia/Kolkata' };
    expect(until(lunch, '2026-05-05T06:29:59Z')).toBeUndefined();
    expect(until(lunch, '2026-05-05T06:30:00Z')).toBe('2026-05-05T08:00:00.000Z');
    expect(until(lunch, '2026-05-05T08:00:00Z')).toBeUndefined();
  });

  it('end at seven on the clock in the night that loses an hour', () => {
    // Paris, 29 March 2026: 02:00 becomes 03:00, so 07:00 is 05:00 UTC.
    expect(until(paris, '2026-03-28T22:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(until(paris, '2026-03-29T04:59:00Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(until(paris, '2026-03-29T05:00:00Z')).toBeUndefined();
  });

  it('end at seven on the clock in the night that gains an hour', () => {
    // Paris, 25 October 2026: 03:00 becomes 02:00, so 07:00 is 06:00 UTC.
    expect(until(paris, '2026-10-24T20:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
    expect(until(paris, '2026-10-25T05:59:00Z')).toBe('2026-10-25T06:00:00.000Z');
  });

  it('begin at the first minute that exists when the clocks jump over their beginning', () => {
    // New York, 8 March 2026: 02:00 becomes 03:00 at 07:00 UTC.
    const early = { from: '02:30', to: '05:00', zone: 'America/New_York' };
    expect(until(early, '2026-03-08T06:59:59Z')).toBeUndefined();
    expect(until(early, '2026-03-08T07:00:00Z')).toBe('2026-03-08T09:00:00.000Z');
  });

  it('leave out a day whose span lies in the gap altogether', () => {
    const gap = { from: '02:10', to: '02:50', zone: 'America/New_York' };
    expect(until(gap, '2026-03-08T07:00:00Z')).toBeUndefined();
    expect(until(gap, '2026-03-09T06:20:00Z')).toBe('2026-03-09T06:50:00.000Z');
  });

  it('end at the first of two equal times', () => {
    // New York, 1 November 2026: 02:00 becomes 01:00; 01:30 comes at 05:30 and at 06:30 UTC.
    const night = { from: '23:00', to: '01:30', zone: 'America/New_York' };
    expect(until(night, '2026-11-01T05:00:00Z')).toBe('2026-11-01T05:30:00.000Z');
    expect(until(night, '2026-11-01T06:15:00Z')).toBeUndefined();
  });

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu'])('hold in %s, far from UTC', (zone) => {
    const hours = { from: '00:00', to: '00:10', zone };
    const day = Array.from({ length: 24 * 6 }, (_, tenth) => new Date(Date.UTC(2026, 5, 1, 0, 10 * tenth)));
    expect(day.filter((now) => quietUntil(hours, now))).toHaveLength(1);
  });

  it.each(['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Tokyo'])(
    'agree with the clock on the wall of %s through a year',
    (zone) => {
      const hours = { from: '22:15', to: '06:45', zone };
      const wrong: string[] = [];
      const start = DateTime.fromISO('2026-01-01T00:00:00Z');
      for (let now = start; now.year < 2027; now = now.plus({ hours: 31, minutes: 13 })) {
        const wall = now.setZone(zone).toFormat('HH:mm');
        const end = quietUntil(hours, now.toJSDate());
        const endsWell = !end || DateTime.fromJSDate(end, { zone }).toFormat('HH:mm') === hours.to;
        if ((end !== undefined) !== (wall >= hours.from || wall < hours.to) || !endsWell) wrong.push(now.toISO() ?? '');
      }
      expect(wrong).toEqual([]);
    },
  );
});
