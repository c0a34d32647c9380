import { describe, expect, it } from '@jest/globals';
import { DAILY, ruleText } from './simple-rule.ts';

describe('ruleText', () => {
  it('writes only what differs from the plain rule', () => {
    expect(ruleText(DAILY)).toBe('FREQ=DAILY');
    expect(ruleText({ freq: 'MONTHLY', interval: 3, days: ['MO'], count: 4 })).toBe('FREQ=MONTHLY;INTERVAL=3;COUNT=4');
    expect(ruleText({ freq: 'WEEKLY', interval: 1, days: ['SU', 'MO'] })).toBe('FREQ=WEEKLY;BYDAY=MO,SU');
  });
});
