import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PUBLISH_QUOTAS, windowsOf } from './quota.policy.js';

const HOUR_MS = 3_600_000;

describe('windowsOf', () => {
  it('counts YouTube for the whole app and by the Pacific day', () => {
    const [window] = windowsOf(PUBLISH_QUOTAS, { id: 'a', platform: 'shorts' }, new Date('2026-01-26T07:59:59Z'));
    expect(window).toEqual({
      scope: 'app',
      scopeId: 'shorts',
      kind: 'videos.insert',
      limit: 100,
      windowStart: new Date('2026-01-25T08:00:00Z'),
      resetsAt: new Date('2026-01-26T08:00:00Z'),
    });
  });

  it('counts TikTok per account', () => {
    const [window] = windowsOf(PUBLISH_QUOTAS, { id: 'a', platform: 'tiktok' }, new Date('2026-01-26T07:00:00Z'));
    expect(window).toMatchObject({ scope: 'account', scopeId: 'a', windowStart: new Date('2026-01-26T00:00:00Z') });
  });

  it('gives every instant one window that contains it, also when clocks change', () => {
    const instants = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, (at) => {
        for (const window of windowsOf(PUBLISH_QUOTAS, { id: 'a', platform: 'shorts' }, at)) {
          expect(window.windowStart <= at && at < window.resetsAt).toBe(true);
          const hours = (window.resetsAt.getTime() - window.windowStart.getTime()) / HOUR_MS;
          expect([23, 24, 25]).toContain(hours);
        }
      }),
    );
  });
});
