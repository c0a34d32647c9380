import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { judgeProvider, type ProviderHealth, providerLimits, unseenProvider } from './provider-detector.js';

const T0 = new Date('2026-01-26T12:00:00Z');
const LIMITS = providerLimits(1);
type Step = readonly [minute: number, good: number, bad: number];

const fold = (...steps: readonly Step[]) => {
  let health: ProviderHealth = unseenProvider(T0);
  const changes: string[] = [];
  for (const [minute, good, bad] of steps) {
    const judged = judgeProvider(health, { good, bad }, plusMs(T0, minute * MINUTE_MS), LIMITS);
    ({ health } = judged);
    if (judged.transition) changes.push(`${minute}: ${judged.transition.to}`);
  }
  return { health, changes };
};

describe('the health of a provider of ours', () => {
  it('is in doubt after two bad calls in a row and down after three', () => {
    expect(fold([0, 50, 0], [1, 0, 1], [2, 0, 1], [3, 0, 1]).changes).toEqual(['2: degraded', '3: down']);
  });

  it('stays well where one call in ten fails, however long', () => {
    const hours = Array.from({ length: 200 }, (_, minute): Step => [minute, 9, 1]);
    expect(fold(...hours).changes).toEqual([]);
  });

  it('is in doubt, in the end, where every third call fails', () => {
    const minutes = Array.from({ length: 60 }, (_, minute): Step => [minute, 2, 1]);
    expect(fold(...minutes).health.state).toBe('down');
  });

  it('is well again after three good calls and two quiet minutes, not before', () => {
    const down: Step[] = [[0, 0, 3]];
    expect(fold(...down, [1, 5, 0]).health.state).toBe('down');
    expect(fold(...down, [1, 1, 0], [3, 1, 0]).health.state).toBe('down');
    expect(fold(...down, [1, 1, 0], [3, 2, 0]).changes).toEqual(['0: down', '3: healthy']);
  });

  it('does not change in silence', () => {
    expect(fold([0, 0, 3], [600, 0, 0]).health.state).toBe('down');
  });

  it('says why, and what it stood on', () => {
    const judged = judgeProvider(unseenProvider(T0), { good: 1, bad: 4 }, T0, LIMITS);
    expect(judged.transition).toMatchObject({
      from: 'healthy',
      to: 'down',
      reason: '4 of the last 5 calls failed on its side.',
      statistic: { good: 1, bad: 4 },
    });
  });
});
