import { describe, expect, it } from '@jest/globals';
import { DAILY, readRule, ruleText } from './simple-rule.ts';

describe('ruleText', () => {
  it('writes only what differs from the plain rule', () => {
    expect(ruleText(DAILY)).toBe('FREQ=DAILY');
    expect(ruleText({ freq: 'MONTHLY', interval: 3, days: ['MO'], count: 4 })).toBe('FREQ=MONTHLY;INTERVAL=3;COUNT=4');
    expect(ruleText({ freq: 'WEEKLY', interval: 1, days: ['SU', 'MO'] })).toBe('FREQ=WEEKLY;BYDAY=MO,SU');
  });
});

describe('readRule', () => {
  it.each(['FREQ=DAILY', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=10', 'FREQ=MONTHLY;COUNT=3'])(
    'reads back %s',
    (text) => {
      const rule = readRule(text);
      expect(rule && ruleText(rule)).toBe(text);
    },
  );

  it.each(['FREQ=HOURLY', 'FREQ=DAILY;BYHOUR=3', 'FREQ=MONTHLY;BYDAY=1MO', 'FREQ=WEEKLY;UNTIL=20271231', ''])(
    'does not pretend to show %s',
    (text) => expect(readRule(text)).toBeUndefined(),
  );
});
