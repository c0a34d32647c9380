import { describe, expect, it } from '@jest/globals';
import { allowedToday, untilTomorrowMs } from './mail-server.js';

const plan = { from: '2026-11-20', first: 50, factor: 2, until: 1_000 };
const at = (day: string) => new Date(`${day}T12:00:00Z`);

describe('allowedToday', () => {
  it.each([
    ['2026-11-19', 0],
    ['2026-11-20', 50],
    ['2026-11-21', 100],
    ['2026-11-24', 800],
    ['2026-11-25', undefined],
    ['2027-11-25', undefined],
  ])('on %s is %s', (day, allowed) => {
    expect(allowedToday(plan, at(day))).toBe(allowed);
  });
});

describe('untilTomorrowMs', () => {
  it('counts to the next midnight in UTC', () => {
    expect(untilTomorrowMs(at('2026-11-20'))).toBe(12 * 3_600_000);
  });
});
