import { describe, expect, it } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../kernel/durations.js';
import { audienceTiming } from './audience.timing.js';

describe('audienceTiming', () => {
  it('waits 5, 10, 20 minutes and never longer than a day at scale 1', () => {
    const { retryAfterMs, routePauseMs } = audienceTiming(1);
    expect([1, 2, 3].map(retryAfterMs)).toEqual([5 * MINUTE_MS, 10 * MINUTE_MS, 20 * MINUTE_MS]);
    expect(retryAfterMs(30)).toBe(DAY_MS);
    expect(routePauseMs).toBe(30_000);
  });

  it('divides every wait by the scale', () => {
    expect(audienceTiming(60).retryAfterMs(1)).toBe(5_000);
    expect(audienceTiming(60).routePauseMs).toBe(500);
  });
});
