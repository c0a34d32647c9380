import { describe, expect, it } from '@jest/globals';
import { closeRunWarnings, leastDaysApart } from './close-runs.js';
import { parseRule } from './parse-rule.js';

const recurrence = (text: string, zone = 'Europe/Paris') => {
  const { rule } = parseRule(text);
  if (!rule) throw new Error(text);
  return { rule, start: Date.UTC(2026, 0, 5, 9), zone, exdates: [], rdates: [] };
};

describe('how near the runs of a rule get', () => {
  it('is counted in days of the zone, over changes of clocks', () => {
    expect(leastDaysApart(recurrence('FREQ=DAILY'))).toBe(1);
    expect(leastDaysApart(recurrence('FREQ=WEEKLY;BYDAY=MO,TH'))).toBe(3);
    expect(leastDaysApart(recurrence('FREQ=DAILY;BYHOUR=9,18'))).toBe(0);
    expect(leastDaysApart(recurrence('FREQ=MONTHLY;BYMONTHDAY=31,1'))).toBe(1);
    expect(leastDaysApart(recurrence('FREQ=DAILY;COUNT=1'))).toBeUndefined();
  });

  it('is told once for a platform that wants more, unless the post rests there anyhow', () => {
    const platforms = ['tiktok', undefined, 'tiktok', 'skylight', 'shorts'] as const;
    const warnings = closeRunWarnings(recurrence('FREQ=WEEKLY'), platforms, { cooldownDays: {} });
    expect(warnings.map(({ field, code }) => [field, code])).toEqual([['targets.4', 'recurrence.close_runs']]);
    expect(warnings[0]?.message).toContain('7 days apart; queues let a post rest 30 days on YouTube Shorts');
    expect(closeRunWarnings(recurrence('FREQ=WEEKLY'), platforms, { cooldownDays: { shorts: 10 } })).toEqual([]);
    expect(closeRunWarnings(recurrence('FREQ=DAILY'), platforms, { cooldownDays: {} })).toHaveLength(2);
  });
});
