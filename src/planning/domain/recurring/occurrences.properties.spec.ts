import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { fc } from '../../../../test/support/properties.js';
import { parseWallTime } from '../wall-time.js';
import { occurrencesOf } from './occurrences.js';
import { parseRule } from './parse-rule.js';
import { type Weekday, WEEKDAYS } from './recurrence-rule.js';

const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'America/Santiago',
  'Africa/Casablanca',
  'Asia/Tehran',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Antarctica/Troll',
];
const DAYS = 380;

/** A rule as the oracle understands it. */
interface Drawn {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly weekdays: readonly Weekday[];
  readonly monthDays: readonly number[];
  readonly months: readonly number[];
  readonly ordinal: number | undefined;
  readonly hours: readonly number[];
  readonly minute: number;
  readonly weekStart: Weekday;
  readonly count: number | undefined;
  readonly start: Temporal.PlainDateTime;
  readonly zone: string;
}

const some = <T>(values: readonly T[], maxLength: number) => fc.subarray([...values], { maxLength });
const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    freq: fc.constantFrom('DAILY' as const, 'WEEKLY' as const, 'MONTHLY' as const, 'YEARLY' as const),
    interval: fc.integer({ min: 1, max: 5 }),
    weekdays: some(WEEKDAYS, 3),
    monthDays: some([-31, -1, 1, 13, 28, 29, 30, 31], 3),
    months: some([1, 2, 3, 10, 12], 2),
    ordinal: fc.option(fc.constantFrom(1, 2, 4, 5, -1, -2), { nil: undefined }),
    hours: fc.oneof(fc.constant([]), some([0, 1, 2, 3, 23], 3)),
    minute: fc.constantFrom(0, 10, 30, 59),
    weekStart: fc.constantFrom(...WEEKDAYS),
    count: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    day: fc.integer({ min: 0, max: 6_000 }),
    zone: fc.constantFrom(...ZONES),
  })
  .map(({ day, minute, ...rest }) => {
    const start = Temporal.PlainDateTime.from('2010-01-01T02:00').add({ days: day }).with({ minute });
    return { ...rest, ...partsFor(rest), minute, start };
  });

/** Leaves out what RFC 5545 forbids for the frequency. */
const partsFor = ({
  freq,
  ordinal,
  weekdays,
  monthDays,
  months,
}: Pick<Drawn, 'freq' | 'ordinal' | 'weekdays' | 'monthDays' | 'months'>) => {
  const isOfMonth = freq === 'MONTHLY' || freq === 'YEARLY';
  const byDay = isOfMonth && monthDays.length > 0 ? [] : weekdays;
  return {
    weekdays: byDay,
    monthDays: isOfMonth ? monthDays : [],
    months: freq === 'YEARLY' ? (months.length > 0 ? months : [3]) : [],
    ordinal: isOfMonth && byDay.length > 0 ? (ordinal ?? 1) : undefined,
  };
};

const textOf = (rule: Drawn) =>
  [
    `FREQ=${rule.freq};INTERVAL=${rule.interval};WKST=${rule.weekStart}`,
    ...(rule.weekdays.length > 0 ? [`BYDAY=${rule.weekdays.map((day) => `${rule.ordinal ?? ''}${day}`).join()}`] : []),
    ...(rule.monthDays.length > 0 ? [`BYMONTHDAY=${rule.monthDays.join()}`] : []),
    ...(rule.months.length > 0 ? [`BYMONTH=${rule.months.join()}`] : []),
    ...(rule.hours.length > 0 ? [`BYHOUR=${rule.hours.join()}`] : []),
    ...(rule.count === undefined ? [] : [`COUNT=${rule.count}`]),
  ].join(';');

/** Whether the rule has the n-th day after its start: RFC 5545 read word by word, one day after the other. */
const hasDay = (rule: Drawn, day: Temporal.PlainDate, n: number): boolean => {
  const { start, interval } = rule;
  const weekday = WEEKDAYS[day.dayOfWeek - 1] ?? 'MO';
  const isOnWeekday = rule.weekdays.length === 0 || rule.weekdays.includes(weekday);
  switch (rule.freq) {
    case 'DAILY':
      return n % interval === 0 && isOnWeekday;
    case 'WEEKLY': {
      const intoWeek = (start.dayOfWeek - 1 - WEEKDAYS.indexOf(rule.weekStart) + 7) % 7;
      const isOn = rule.weekdays.length > 0 ? isOnWeekday : day.dayOfWeek === start.dayOfWeek;
      return Math.floor((n + intoWeek) / 7) % interval === 0 && isOn;
    }
    case 'MONTHLY':
      return (
        ((day.year - start.year) * 12 + day.month - start.month) % interval === 0 && isOnDayOfMonth(rule, day, weekday)
      );
    case 'YEARLY':
      return (
        (day.year - start.year) % interval === 0 &&
        rule.months.includes(day.month) &&
        isOnDayOfMonth(rule, day, weekday)
      );
  }
};

const isOnDayOfMonth = (rule: Drawn, day: Temporal.PlainDate, weekday: Weekday): boolean => {
  const fromEnd = day.day - day.daysInMonth - 1;
  if (rule.monthDays.length > 0) return rule.monthDays.includes(day.day) || rule.monthDays.includes(fromEnd);
  if (rule.weekdays.length === 0) return day.day === rule.start.day;
  const nth = [Math.ceil(day.day / 7), -Math.ceil(-fromEnd / 7)];
  return rule.weekdays.includes(weekday) && nth.includes(rule.ordinal ?? 0);
};

/** The instants of the rule within `DAYS` of its start, by Temporal. */
const oracle = (rule: Drawn): number[] => {
  const hours = rule.hours.length > 0 ? rule.hours : [rule.start.hour];
  const times: Temporal.PlainDateTime[] = [];
  const first = rule.start.toPlainDate();
  for (let n = 0; n < DAYS; n += 1) {
    const day = first.add({ days: n });
    if (hasDay(rule, day, n)) for (const hour of hours) times.push(day.toPlainDateTime({ hour, minute: rule.minute }));
  }
  const counted = times.filter((time) => Temporal.PlainDateTime.compare(time, rule.start) >= 0).slice(0, rule.count);
  return [...new Set(counted.map((time) => instantOf(time, rule.zone)))];
};

const instantOf = (time: Temporal.PlainDateTime, zone: string): number => {
  const earlier = time.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(time)) return earlier.epochMilliseconds;
  return earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? NaN;
};

describe('occurrencesOf and Temporal', () => {
  it('agree on every rule in every zone: no drift, none twice, none lost', () => {
    fc.assert(
      fc.property(drawn, (asked) => {
        const { rule } = parseRule(textOf(asked));
        const start = parseWallTime(asked.start.toString({ smallestUnit: 'second' }));
        if (!rule || start === undefined) throw new Error(textOf(asked));
        const end = asked.start.add({ days: DAYS }).toZonedDateTime('UTC').epochMilliseconds;
        const recurrence = { rule, start, zone: asked.zone, exdates: [], rdates: [] };
        const found = occurrencesOf(recurrence, [], { from: new Date(0), until: new Date(end + 172_800_000) });
        const expected = oracle(asked);
        const last = Math.max(0, ...expected);
        expect(found.map(({ at }) => at.getTime()).filter((at) => at <= last)).toEqual(expected);
      }),
      { numRuns: 80 },
    );
  });
});
