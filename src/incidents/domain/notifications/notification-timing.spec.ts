import { describe, expect, it } from '@jest/globals';
import { notificationTiming } from './notification-timing.js';

describe('notificationTiming', () => {
  it('gathers outages for seconds and decisions for minutes at scale 1', () => {
    expect(notificationTiming(1)).toEqual({
      gatherMs: { incident: 10_000, post: 120_000, account: 60_000, drill: 5_000, radar: 15_000 },
      repeatAfterMs: 900_000,
      lateAfterMs: 600_000,
    });
  });

  it('shrinks with the time scale', () => {
    expect(notificationTiming(60)).toMatchObject({ gatherMs: { post: 2_000 }, repeatAfterMs: 15_000 });
  });
});
