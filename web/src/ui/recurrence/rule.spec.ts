import { describe, expect, it } from '@jest/globals';
import { EVERY_DAY, readRule, ruleText } from './rule.ts';

describe('ruleText', () => {
  it('writes only what differs from the plainest rule, weekdays from Monday and hours from midnight', () => {
    expect(ruleText(EVERY_DAY)).toBe('FREQ=DAILY');
    expect(ruleText({ ...EVERY_DAY, freq: 'WEEKLY', weekdays: ['SU', 'MO'], hours: [18, 9] })).toBe(
      'FREQ=WEEKLY;BYDAY=MO,SU;BYHOUR=9,18',
    );
  });

  it('leaves out what belongs to another frequency', () => {
    const monthDay = { kind: 'number', number: 15 } as const;
    expect(ruleText({ ...EVERY_DAY, weekdays: ['MO'], monthDay })).toBe('FREQ=DAILY');
  });
});

describe('readRule', () => {
  it.each([
    'FREQ=DAILY',
    'FREQ=DAILY;INTERVAL=3;BYHOUR=9,18;COUNT=10',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20271231',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYDAY=2TU',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=YEARLY',
  ])('reads back %s', (text) => {
    const rule = readRule(text);
    expect(rule && ruleText(rule)).toBe(text);
  });

  it('reads the last second of a day as the day, as the server writes it', () => {
    expect(readRule('FREQ=DAILY;UNTIL=20271231T235959')?.end).toEqual({ kind: 'until', day: '2027-12-31' });
  });

  it.each([
    'FREQ=HOURLY',
    'FREQ=DAILY;BYDAY=MO',
    'FREQ=DAILY;BYSETPOS=1',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=MONTHLY;BYDAY=MO,TU',
    'FREQ=MONTHLY;BYMONTHDAY=1,15',
    'FREQ=DAILY;UNTIL=20271231T120000Z',
    'FREQ=DAILY;UNTIL=20271399',
    'FREQ=DAILY;UNTIL=',
    'FREQ=DAILY;COUNT=',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;BYHOUR=24',
    '',
  ])('does not pretend to show %s', (text) => expect(readRule(text)).toBeUndefined());
});
