import { describe, expect, it } from '@jest/globals';
import { parseRule } from './parse-rule.js';
import { formatRule } from './recurrence-rule.js';

const written = (text: string) => {
  const { rule, findings } = parseRule(text);
  return rule ? formatRule(rule) : findings.map(({ code }) => code).join();
};

describe('parseRule', () => {
  it.each([
    ['FREQ=DAILY', 'FREQ=DAILY'],
    ['RRULE:freq=weekly;byday=mo,we ; interval=2;', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE'],
    ['FREQ=DAILY;INTERVAL=1;WKST=MO', 'FREQ=DAILY'],
    ['FREQ=MONTHLY;BYDAY=1MO,-1FR;WKST=SU', 'FREQ=MONTHLY;BYDAY=1MO,-1FR;WKST=SU'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1,31,-1', 'FREQ=MONTHLY;BYMONTHDAY=-1,31'],
    ['FREQ=YEARLY;BYDAY=+2SU;BYMONTH=3', 'FREQ=YEARLY;BYMONTH=3;BYDAY=2SU'],
    ['FREQ=DAILY;UNTIL=20271231T225959Z', 'FREQ=DAILY;UNTIL=20271231T225959Z'],
    ['FREQ=DAILY;UNTIL=20271231', 'FREQ=DAILY;UNTIL=20271231T235959'],
    ['FREQ=DAILY;COUNT=10000', 'FREQ=DAILY;COUNT=10000'],
    ['FREQ=HOURLY;INTERVAL=6;BYMINUTE=30', 'FREQ=HOURLY;INTERVAL=6;BYMINUTE=30'],
    ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR'],
  ])('reads %s', (text, canonical) => {
    expect(written(text)).toBe(canonical);
    expect(written(canonical)).toBe(canonical);
  });

  it.each([
    ['', 'recurrence.bad_part,recurrence.no_frequency'],
    ['every day', 'recurrence.bad_part,recurrence.no_frequency'],
    ['INTERVAL=2', 'recurrence.no_frequency'],
    ['FREQ=DAILY;BYEASTER=1', 'recurrence.unknown_part'],
    ['FREQ=YEARLY;RSCALE=CHINESE', 'recurrence.unknown_part'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'recurrence.duplicate_part'],
    ['FREQ=SECONDLY', 'recurrence.too_often'],
    ['FREQ=MINUTELY;INTERVAL=30', 'recurrence.too_often'],
    ['FREQ=HOURLY;BYMINUTE=0,30', 'recurrence.too_often'],
    ['FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=0,1,2,3,4,5,6', 'recurrence.too_often'],
    ['FREQ=FORTNIGHTLY', 'recurrence.bad_part'],
    ['FREQ=DAILY;INTERVAL=0', 'recurrence.bad_part'],
    ['FREQ=DAILY;INTERVAL=1.5', 'recurrence.bad_part'],
    ['FREQ=DAILY;COUNT=0', 'recurrence.bad_part'],
    ['FREQ=DAILY;COUNT=10001', 'recurrence.bad_part'],
    ['FREQ=DAILY;COUNT=5;UNTIL=20270101', 'recurrence.count_and_until'],
    ['FREQ=DAILY;UNTIL=20270230', 'recurrence.bad_part'],
    ['FREQ=DAILY;UNTIL=tomorrow', 'recurrence.bad_part'],
    ['FREQ=WEEKLY;BYDAY=MO,XX', 'recurrence.bad_part'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'recurrence.bad_part'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'recurrence.never'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'recurrence.bad_combination'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO', 'recurrence.bad_combination'],
    ['FREQ=MONTHLY;BYWEEKNO=20', 'recurrence.bad_combination'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'recurrence.bad_combination'],
    ['FREQ=DAILY;BYYEARDAY=100', 'recurrence.bad_combination'],
    ['FREQ=DAILY;BYSETPOS=1', 'recurrence.bad_combination'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'recurrence.bad_part'],
    ['FREQ=YEARLY;BYMONTH=-1', 'recurrence.bad_part'],
    ['FREQ=DAILY;BYHOUR=24', 'recurrence.bad_part'],
    ['FREQ=DAILY;BYSECOND=60', 'recurrence.bad_part'],
    ['FREQ=DAILY\nDTSTART:20260101T000000Z', 'recurrence.bad_rule'],
  ])('refuses %p', (text, codes) => {
    expect(written(text)).toBe(codes);
  });

  it('refuses a rule that is longer than any sensible one', () => {
    expect(written(`FREQ=DAILY;BYHOUR=${'1,'.repeat(2_000)}1`)).toBe('recurrence.bad_rule');
  });

  it('names every fault, each with what to do', () => {
    const { findings } = parseRule('FREQ=DAILY;COUNT=x;BYFOO=1;BYHOUR=99', 'rule');
    expect(findings.map(({ code, violation }) => [code, violation.field])).toEqual([
      ['recurrence.unknown_part', 'rule'],
      ['recurrence.bad_part', 'rule'],
      ['recurrence.bad_part', 'rule'],
    ]);
    expect(findings.every(({ violation }) => violation.message.length > 20)).toBe(true);
  });
});
