import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { zoneClock } from '../../../planning/domain/wall-time-clock.js';
import { isQuiet, minuteOfDay, type QuietHours, writableAt, writableInAll } from './quiet-hours.js';

const NIGHT: QuietHours = { from: '22:00', until: '08:00' };
const ZONES = [
  'UTC',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'Europe/Berlin',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
];
const MINUTE_MS = 60_000;
const at = (iso: string) => new Date(iso);
const hhmm = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const someQuiet = fc
  .tuple(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 1, max: 1_439 }))
  .map(([from, length]): QuietHours => ({ from: hhmm(from), until: hhmm((from + length) % 1_440) }));
const someInstant = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2031, 0) }).map((ms) => new Date(ms));
/** Two hours around each change of clocks, where the mistakes are. */
const nearAChange = fc
  .constantFrom('2026-03-08T07:00Z', '2026-11-01T06:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z', '2026-04-04T15:00Z')
  .chain((iso) =>
    fc.integer({ min: -720, max: 120 }).map((minutes) => new Date(Date.parse(iso) + minutes * MINUTE_MS)),
  );

/** What the function promises, found by looking at every minute. */
const walked = (from: Date, zone: string, quiet: QuietHours): Date => {
  const clock = zoneClock(zone);
  if (!isQuiet(clock.wallOf(from.getTime()), quiet)) return from;
  let minute = Math.floor(from.getTime() / MINUTE_MS) * MINUTE_MS;
  do minute += MINUTE_MS;
  while (isQuiet(clock.wallOf(minute), quiet));
  return new Date(minute);
};

describe('writableAt', () => {
  it('is the first minute that is not quiet, in every zone and around every change of clocks', () => {
    fc.assert(
      fc.property(fc.oneof(someInstant, nearAChange), fc.constantFrom(...ZONES), someQuiet, (now, zone, quiet) => {
        expect(writableAt(now, zone, quiet)).toEqual(walked(now, zone, quiet));
      }),
      { numRuns: 400 },
    );
  });

  it('waits for the morning of the reader, not of the sender', () => {
    const evening = at('2026-01-28T21:30:00Z');
    expect(writableAt(evening, 'Europe/Berlin', NIGHT)).toEqual(at('2026-01-29T07:00:00Z'));
    expect(writableAt(evening, 'America/New_York', NIGHT)).toEqual(evening);
  });

  it('moves an end that clocks skip to the first minute after', () => {
    const quiet = { from: '22:00', until: '02:30' };
    expect(writableAt(at('2026-03-29T00:00:00Z'), 'Europe/Berlin', quiet)).toEqual(at('2026-03-29T01:00:00Z'));
  });

  it('keeps an hour that comes twice quiet both times', () => {
    const quiet = { from: '22:00', until: '03:00' };
    expect(writableAt(at('2026-10-25T00:10:00Z'), 'Europe/Berlin', quiet)).toEqual(at('2026-10-25T02:00:00Z'));
  });

  it('lets everything go without quiet hours', () => {
    expect(writableAt(at('2026-01-28T03:00:00Z'), 'UTC')).toEqual(at('2026-01-28T03:00:00Z'));
  });
});

describe('writableInAll', () => {
  it('suits every zone of the country at once', () => {
    const zones = ['America/New_York', 'America/Los_Angeles', 'Pacific/Honolulu'];
    const quiet = { from: '21:00', until: '08:00' };
    // 08:00 in Honolulu is 13:00 in New York.
    expect(writableInAll(at('2026-01-28T13:00:00Z'), zones, quiet)).toEqual(at('2026-01-28T18:00:00Z'));
  });

  it('says so when no time of the day suits them all', () => {
    const zones = ['Pacific/Auckland', 'Europe/London', 'America/Los_Angeles'];
    expect(writableInAll(at('2026-01-28T13:00:00Z'), zones, { from: '18:00', until: '09:00' })).toBeUndefined();
  });
});

describe('what stands in forms and files', () => {
  it.each([
    ['00:00', 0],
    ['23:59', 1_439],
    ['24:00', undefined],
    ['7:00', undefined],
    ['07:60', undefined],
  ])('%s is minute %s of the day', (text, minute) => expect(minuteOfDay(text)).toBe(minute));
});
