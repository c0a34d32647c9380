import { describe, expect, it } from '@jest/globals';
import { localTimeIn } from '../../../publishing/domain/targets/local-time.js';
import { parseWallTime } from '../wall-time.js';
import { occurrenceNamed, occurrencesOf, occurrencesWithSkipped } from './occurrences.js';
import { parseRule } from './parse-rule.js';
import type { OccurrenceChange, Recurrence } from './recurrence.js';

const wall = (text: string) => parseWallTime(text) ?? NaN;
const recurring = (text: string, start: string, zone: string, more: Partial<Recurrence> = {}): Recurrence => {
  const { rule } = parseRule(text);
  if (!rule) throw new Error(text);
  return { rule, start: wall(start), zone, exdates: [], rdates: [], ...more };
};
const span = (from: string, until: string) => ({ from: new Date(from), until: new Date(until) });
const change = (localTime: string, more: Partial<OccurrenceChange>): OccurrenceChange => ({
  localTime: wall(localTime),
  isSkipped: false,
  isLocked: false,
  ...more,
});
const instants = (found: ReturnType<typeof occurrencesOf>) => found.map(({ at }) => at.toISOString().slice(0, 16));

describe('occurrencesOf', () => {
  it.each([
    ['Europe/Paris', '02:30', '2026-03-28', ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']],
    ['America/New_York', '02:30', '2026-03-07', ['2026-03-07T07:30', '2026-03-08T07:00', '2026-03-09T06:30']],
    ['Australia/Lord_Howe', '02:10', '2026-10-03', ['2026-10-02T15:40', '2026-10-03T15:30', '2026-10-04T15:10']],
    ['Pacific/Apia', '12:00', '2011-12-29', ['2011-12-29T22:00', '2011-12-30T10:00', '2011-12-30T22:00']],
    ['Europe/Paris', '02:30', '2026-10-24', ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30']],
  ])('keeps a daily post in %s at %s through the change after %s', (zone, time, day, expected) => {
    const daily = recurring('FREQ=DAILY;COUNT=3', `${day}T${time}`, zone);
    expect(instants(occurrencesOf(daily, [], span('2011-01-01', '2027-01-01')))).toEqual(expected);
  });

  it('runs an hourly post once an hour: 23 times where clocks skip one, and not in the hour that comes again', () => {
    const hourly = recurring('FREQ=HOURLY', '2026-01-01T00:15', 'Europe/Paris');
    expect(occurrencesOf(hourly, [], span('2026-03-28T23:00Z', '2026-03-29T22:00Z'))).toHaveLength(23);
    const autumn = occurrencesOf(hourly, [], span('2026-10-24T22:00Z', '2026-10-25T23:00Z'));
    expect(autumn).toHaveLength(24);
    expect(autumn[2]).toMatchObject({ found: 'overlap', at: new Date('2026-10-25T00:15Z') });
    expect(autumn[3]?.at).toEqual(new Date('2026-10-25T02:15Z'));
    const nightly = recurring('FREQ=HOURLY;INTERVAL=24', '2026-03-01T02:15', 'Europe/Paris');
    expect(instants(occurrencesOf(nightly, [], span('2026-03-29', '2026-03-30')))).toEqual(['2026-03-29T01:00']);
  });

  it('lets the run whose time exists stand for the one that a gap moves onto it', () => {
    const both = recurring('FREQ=DAILY;BYHOUR=2,3', '2026-03-29T00:00', 'Europe/Paris');
    const [first] = occurrencesOf(both, [], span('2026-03-28T23:00Z', '2026-03-29T21:00Z'));
    expect(first).toMatchObject({ localTime: wall('2026-03-29T03:00'), found: 'exact' });
  });

  it.each([
    ['America/Sao_Paulo', '2018-10-01', 'gave up daylight saving'],
    ['Europe/Istanbul', '2016-01-01', 'stayed on summer time'],
    ['Asia/Pyongyang', '2015-06-01', 'moved half an hour back'],
    ['Africa/Casablanca', '2018-09-01', 'leaves summer time for Ramadan'],
  ])('shows the same time on the clocks of %s every day, although it %s', (zone, day) => {
    const daily = recurring('FREQ=DAILY', `${day}T09:00`, zone);
    const found = occurrencesOf(daily, [], span(day, `${Number(day.slice(0, 4)) + 4}-01-01`));
    expect(found.length).toBeGreaterThan(1_100);
    expect(new Set(found.map(({ at }) => localTimeIn(zone, at).slice(11)))).toEqual(new Set(['09:00:00']));
    expect(new Set(found.map(({ at }) => localTimeIn(zone, at).slice(0, 10))).size).toBe(found.length);
  });

  it('answers the same however a span is cut', () => {
    const monthly = recurring('FREQ=MONTHLY;BYDAY=-1FR,1MO', '2025-01-01T02:30', 'Europe/Paris');
    const changes = [change('2026-03-02T02:30', { movedTo: wall('2026-05-05T05:05') })];
    const whole = occurrencesOf(monthly, changes, span('2025-01-01', '2029-01-01'));
    const cuts = ['2025-01-01', '2025-03-30', '2026-03-02T01:30Z', '2026-05-05T03:05Z', '2028-02-29', '2029-01-01'];
    const pieces = cuts.slice(1).flatMap((to, index) => occurrencesOf(monthly, changes, span(cuts[index] ?? '', to)));
    expect(pieces).toEqual(whole);
    expect(whole).toHaveLength(96);
  });

  it('ends a rule without end at its limit, and a century of it at the span', () => {
    const daily = recurring('FREQ=DAILY', '2026-01-01T09:00', 'UTC');
    expect(occurrencesOf(daily, [], span('2026-01-01', '2126-01-01'))).toHaveLength(10_000);
    expect(occurrencesOf(daily, [], span('9990-01-01', '9999-01-01'))).toEqual([]);
    const yearly = recurring('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2026-01-01T09:00', 'UTC');
    expect(occurrencesOf(yearly, [], span('2026-01-01', '2126-01-01'))).toHaveLength(24);
  });

  it('ends by UNTIL in UTC at that instant, by a bare day at its last second on the clocks', () => {
    const until = (end: string) => recurring(`FREQ=DAILY;UNTIL=${end}`, '2026-12-01T23:30', 'America/New_York');
    const year = span('2026-01-01', '2028-01-01');
    expect(occurrencesOf(until('20261204T043000Z'), [], year)).toHaveLength(3);
    expect(occurrencesOf(until('20261204T042959Z'), [], year)).toHaveLength(2);
    expect(occurrencesOf(until('20261203'), [], year)).toHaveLength(3);
  });

  it('adds RDATE, leaves EXDATE out, and counts COUNT before both', () => {
    const dates = { rdates: [wall('2026-12-10T08:00')], exdates: [wall('2026-12-02T09:00')] };
    const found = occurrencesOf(
      recurring('FREQ=DAILY;COUNT=3', '2026-12-01T09:00', 'UTC', dates),
      [],
      span('2026-01-01', '2028-01-01'),
    );
    expect(instants(found)).toEqual(['2026-12-01T09:00', '2026-12-03T09:00', '2026-12-10T08:00']);
  });
});

describe('single occurrences', () => {
  const weekly = recurring('FREQ=WEEKLY;BYDAY=TU', '2026-12-01T18:30', 'Europe/Paris');
  const december = span('2026-12-01', '2027-01-01');
  const times = (changes: OccurrenceChange[], recurrence = weekly) =>
    occurrencesOf(recurrence, changes, december).map(({ wall: at }) => new Date(at).toISOString().slice(5, 16));

  it('are skipped one by one, and shown as skipped', () => {
    const skip = [change('2026-12-08T18:30', { isSkipped: true })];
    expect(times(skip)).toEqual(['12-01T18:30', '12-15T18:30', '12-22T18:30', '12-29T18:30']);
    expect(occurrencesWithSkipped(weekly, skip, december)).toHaveLength(5);
  });

  it('are moved, out of the span and into it, and keep their name', () => {
    expect(times([change('2026-12-08T18:30', { movedTo: wall('2026-12-09T07:00') })])[1]).toBe('12-09T07:00');
    expect(times([change('2026-12-08T18:30', { movedTo: wall('2027-01-09T07:00') })])).toHaveLength(4);
    const into = [change('2027-03-02T18:30', { movedTo: wall('2026-12-24T07:00') })];
    expect(times(into)).toContain('12-24T07:00');
    expect(occurrenceNamed(weekly, into, wall('2027-03-02T18:30'))?.at).toEqual(new Date('2026-12-24T06:00Z'));
  });

  it('stay when the rule changes, where a person moved, edited or locked them; a skip goes with its rule', () => {
    const thursdays = recurring('FREQ=WEEKLY;BYDAY=TH', '2026-12-01T18:30', 'Europe/Paris');
    const changes = [
      change('2026-12-01T18:30', { words: { caption: 'Advent' } }),
      change('2026-12-08T18:30', { movedTo: wall('2026-12-09T07:00') }),
      change('2026-12-15T18:30', { isLocked: true }),
      change('2026-12-22T18:30', { isSkipped: true }),
    ];
    expect(times(changes, thursdays)).toEqual([
      '12-01T18:30',
      '12-03T18:30',
      '12-09T07:00',
      '12-10T18:30',
      '12-15T18:30',
      '12-17T18:30',
      '12-24T18:30',
      '12-31T18:30',
    ]);
  });

  it('are found by name only where they are', () => {
    expect(occurrenceNamed(weekly, [], wall('2026-12-08T18:30'))).toBeDefined();
    expect(occurrenceNamed(weekly, [], wall('2026-12-08T18:31'))).toBeUndefined();
    expect(occurrenceNamed(weekly, [], wall('2026-11-24T18:30'))).toBeUndefined();
    const left = { ...weekly, exdates: [wall('2026-12-08T18:30')] };
    expect(occurrenceNamed(left, [], wall('2026-12-08T18:30'))).toBeUndefined();
  });

  it('that skip an instant leave no other run there', () => {
    const both = recurring('FREQ=DAILY;BYHOUR=2,3', '2026-03-29T00:00', 'Europe/Paris');
    const skip = [change('2026-03-29T03:00', { isSkipped: true })];
    expect(occurrencesOf(both, skip, span('2026-03-28T23:00Z', '2026-03-29T21:00Z'))).toEqual([]);
  });
});
