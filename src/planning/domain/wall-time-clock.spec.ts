import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { fc } from '../../../test/support/properties.js';
import { zoneClock } from './wall-time-clock.js';

const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Gaza',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Antarctica/Troll',
];
const anyZone = fc.constantFrom(...ZONES);
const anyMinute = fc
  .integer({ min: Date.UTC(1976, 0, 3) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 })
  .map((minute) => minute * 60_000);
const plainOf = (wall: number) => Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, -1));
const zoned = (at: number, zone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** What Temporal, which the code does not use, says of a wall time. */
const oracle = (wall: number, zone: string) => {
  const plain = plainOf(wall);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (!earlier.toPlainDateTime().equals(plain))
    return { at: earlier.getTimeZoneTransition('next')?.epochMilliseconds, found: 'gap' };
  return { at: earlier.epochMilliseconds, found: earlier.equals(later) ? 'exact' : 'overlap' };
};

describe('zoneClock', () => {
  it('resolves every wall time as Temporal does, gaps to their end and overlaps to their first pass', () => {
    fc.assert(
      fc.property(anyMinute, anyZone, (wall, zone) => {
        expect(zoneClock(zone).resolve(wall)).toEqual(oracle(wall, zone));
      }),
      { numRuns: 500 },
    );
  });

  it('agrees with Temporal around the changes of clocks, at each of their sides and beyond', () => {
    for (const zone of ZONES) {
      let change = zoned(Date.UTC(2010, 0, 1), zone).getTimeZoneTransition('next');
      for (let turn = 0; change && turn < 6; turn += 1, change = change.getTimeZoneTransition('next')) {
        const wallAtChange = Date.parse(`${change.toPlainDateTime().toString()}Z`);
        for (let minutes = -150; minutes <= 150; minutes += 15) {
          const wall = wallAtChange + minutes * 60_000;
          expect({ zone, ...zoneClock(zone).resolve(wall) }).toEqual({ zone, ...oracle(wall, zone) });
        }
      }
    }
  });

  it('shows at every instant what Temporal shows', () => {
    fc.assert(
      fc.property(anyMinute, anyZone, (at, zone) => {
        expect(plainOf(zoneClock(zone).wallOf(at)).toString()).toBe(zoned(at, zone).toPlainDateTime().toString());
      }),
      { numRuns: 500 },
    );
  });

  it('meets no zone that changes its offset twice within seven days', () => {
    const zones = ['Africa/Cairo', 'Africa/Casablanca', 'Africa/El_Aaiun', 'America/Argentina/San_Luis', 'Asia/Gaza'];
    for (const zone of [...zones, 'Asia/Hebron', 'Antarctica/Casey', 'Europe/Istanbul', 'America/Scoresbysund']) {
      let last = -Infinity;
      let change = zoned(Date.UTC(1975, 0, 1), zone).getTimeZoneTransition('next');
      while (change && change.epochMilliseconds < Date.UTC(2038, 0, 1)) {
        expect({ zone, days: (change.epochMilliseconds - last) / 86_400_000 > 7 }).toEqual({ zone, days: true });
        last = change.epochMilliseconds;
        change = change.getTimeZoneTransition('next');
      }
    }
  });
});
