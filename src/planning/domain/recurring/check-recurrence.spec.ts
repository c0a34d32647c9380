import { describe, expect, it } from '@jest/globals';
import { checkRecurrence, type RecurrenceRequest } from './check-recurrence.js';

const check = (more: Partial<RecurrenceRequest>) =>
  checkRecurrence({
    rule: 'FREQ=DAILY',
    start: '2026-12-01T18:30',
    timezone: 'Europe/Paris',
    exdates: [],
    rdates: [],
    ...more,
  });
const codes = (more: Partial<RecurrenceRequest>) =>
  check(more).findings.map(({ code, violation }) => `${violation.field} ${code}`);

describe('checkRecurrence', () => {
  it.each<[Partial<RecurrenceRequest>, string[]]>([
    [{ timezone: 'Mars/Olympus' }, ['timezone schedule.unknown_zone']],
    [{ timezone: '+01:00' }, ['timezone schedule.unknown_zone']],
    [{ start: '2026-02-30T10:00' }, ['start schedule.bad_time']],
    [{ start: '2026-12-01T18:30:00Z' }, ['start schedule.bad_time']],
    [{ start: '1901-01-01T10:00' }, ['start recurrence.bad_start']],
    [{ exdates: ['2026-12-24T18:30', 'noon'] }, ['exdates.1 schedule.bad_time']],
    [{ rdates: ['9999-12-24T18:30'] }, ['rdates.0 recurrence.bad_start']],
    [{ rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, ['rule recurrence.never']],
    [{ rule: 'FREQ=DAILY;INTERVAL=7;BYDAY=MO' }, ['rule recurrence.never']],
    [{ rule: 'FREQ=DAILY;COUNT=1', exdates: ['2026-12-01T18:30'] }, ['rule recurrence.never']],
    [{ rule: 'FREQ=DAILY;UNTIL=20251231' }, ['rule recurrence.ends_before_start']],
    [
      { rule: 'FREQ=X', start: 'x', timezone: 'x' },
      ['rule recurrence.bad_part', 'start schedule.bad_time', 'timezone schedule.unknown_zone'],
    ],
  ])('refuses %j at its place', (more, expected) => {
    expect(codes(more)).toEqual(expected);
    expect(check(more).recurrence).toBeUndefined();
  });

  it('refuses more dates than it keeps', () => {
    const rdates = Array<string>(1_001).fill('2026-12-24T18:30');
    expect(codes({ rdates })).toEqual(['rdates recurrence.too_many_dates']);
  });

  it('waits a lifetime for the first run of a rare rule', () => {
    const rare = check({ rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=8' });
    expect(rare.findings).toEqual([]);
    expect(check({ rule: 'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO' }).findings).toEqual([]);
  });

  it.each([
    'FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1',
    'FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6',
    'FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1',
    'FREQ=DAILY;INTERVAL=7;BYDAY=MO;BYMONTH=5',
  ])('does not look for ever for a run of %s', (rule) => {
    expect(codes({ rule })).toEqual(['rule recurrence.never']);
  });

  it('tells what may surprise: a start that is no run, an exclusion that meets none', () => {
    const { warnings } = check({ rule: 'FREQ=WEEKLY;BYDAY=MO', exdates: ['2026-12-07T18:30', '2026-12-08T18:30'] });
    expect(warnings.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'start recurrence.start_outside_rule',
      'exdates.1 recurrence.exdate_unused',
    ]);
  });
});
