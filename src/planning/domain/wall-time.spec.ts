import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { parseInstant, parseWallTime, resolveWallTime } from './wall-time.js';

const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kwajalein',
  'Antarctica/Troll',
];
const clocks = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' }),
  ]),
);
/** What Intl says clocks show: the witness, independent of the code under test. */
const localTimeIn = (zone: string, at: Date) => (clocks.get(zone)?.format(at) ?? '').replace(' ', 'T');
const wallOf = (text: string) => parseWallTime(text) ?? NaN;
const resolve = (text: string, zone: string) => {
  const { at, found } = resolveWallTime(wallOf(text), zone);
  return `${at.toISOString()} ${found}`;
};
const anyZone = fc.constantFrom(...ZONES);
/** Minutes of 1975 to 2035. */
const anyMinute = fc
  .integer({ min: Date.UTC(1975, 0, 3) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 })
  .map((minute) => minute * 60_000);

describe('resolveWallTime', () => {
  it.each([
    ['2026-03-29T02:30', 'Europe/Paris', '2026-03-29T01:00:00.000Z gap'],
    ['2026-03-29T01:59', 'Europe/Paris', '2026-03-29T00:59:00.000Z exact'],
    ['2026-03-29T03:00', 'Europe/Paris', '2026-03-29T01:00:00.000Z exact'],
    ['2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z overlap'],
    ['2026-10-25T03:00', 'Europe/Paris', '2026-10-25T02:00:00.000Z exact'],
    ['2026-03-08T02:00:30', 'America/New_York', '2026-03-08T07:00:00.000Z gap'],
    ['2026-11-01T01:15', 'America/New_York', '2026-11-01T05:15:00.000Z overlap'],
    ['2026-10-04T02:10', 'Australia/Lord_Howe', '2026-10-03T15:30:00.000Z gap'],
    ['2011-12-30T12:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z gap'],
    ['2026-06-01T00:00', 'Asia/Kathmandu', '2026-05-31T18:15:00.000Z exact'],
  ])('takes %s in %s for %s', (text, zone, expected) => {
    expect(resolve(text, zone)).toBe(expected);
  });

  it('comes back to an instant from the wall time Intl shows for it, or to its first pass', () => {
    fc.assert(
      fc.property(anyMinute, anyZone, (instant, zone) => {
        const shown = localTimeIn(zone, new Date(instant));
        const { at, found } = resolveWallTime(wallOf(shown), zone);
        expect(localTimeIn(zone, at)).toBe(shown);
        expect(found).not.toBe('gap');
        if (found === 'exact') expect(at.getTime()).toBe(instant);
        else expect(at.getTime()).toBeLessThanOrEqual(instant);
      }),
      { numRuns: 2_000 },
    );
  });

  it('shows the very time that was asked, except in a gap, where it shows the first later one that exists', () => {
    fc.assert(
      fc.property(anyMinute, anyZone, (wall, zone) => {
        const { at, found } = resolveWallTime(wall, zone);
        const shown = wallOf(localTimeIn(zone, at));
        if (found !== 'gap') {
          expect(shown).toBe(wall);
          return;
        }
        expect(shown).toBeGreaterThan(wall);
        expect(wallOf(localTimeIn(zone, new Date(at.getTime() - 1_000)))).toBeLessThan(wall);
      }),
      { numRuns: 2_000 },
    );
  });

  it('holds on every day on which a clock changes', () => {
    for (const zone of ZONES)
      for (let day = Date.UTC(2024, 0, 1); day < Date.UTC(2028, 0, 1); day += 86_400_000) {
        const midnights = [day, day + 86_400_000].map((at) => wallOf(localTimeIn(zone, new Date(at))) - at);
        if (midnights[0] === midnights[1]) continue;
        for (let wall = day - 43_200_000; wall < day + 172_800_000; wall += 600_000) {
          const { at, found } = resolveWallTime(wall, zone);
          const shown = wallOf(localTimeIn(zone, at));
          expect(found === 'gap' ? shown > wall && shown - wall <= 7_200_000 : shown === wall).toBe(true);
        }
      }
  });
});

describe('parseWallTime', () => {
  it.each(['2026-02-30T10:00', '2026-13-01T10:00', '2026-01-01T24:00', '2026-01-01T10:60', '2026-01-01', '10:00', ''])(
    'refuses %p',
    (text) => {
      expect(parseWallTime(text)).toBeUndefined();
    },
  );
});

describe('parseInstant', () => {
  it.each([
    ['2026-11-21T10:00:00Z', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21T10:00:00.123456Z', '2026-11-21T10:00:00.123Z'],
    ['2026-11-21T10:00Z', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21T10:00:00+05:30', '2026-11-21T04:30:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(parseInstant(text)?.toISOString()).toBe(iso);
  });

  it.each([
    '2026-02-30T10:00:00Z',
    '2026-11-21T10:00:00',
    '2026-11-21T10:00:00+99:00',
    '2026-11-21T10:00.5Z',
    'tomorrow',
  ])('refuses %p', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
