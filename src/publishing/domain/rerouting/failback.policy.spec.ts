import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { HOUR_MS, MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { loadTiming } from '../../../routing/domain/load-spread.policy.js';
import { catchUpsPerHour, mayComeHome, nextCatchUpAt } from './failback.policy.js';

const timing = loadTiming(1);
const at = new Date('2026-01-27T12:00:00Z');
const idle = { usualHour: 10, lastHour: 0, nextHour: 0 };

describe('catching up', () => {
  it('begins at once', () => {
    expect(nextCatchUpAt(idle, timing)).toBeUndefined();
  });

  it('takes what its own posts leave of 1.2 times the usual hour, evenly', () => {
    const after = (lastHour: number, nextHour: number) =>
      nextCatchUpAt({ usualHour: 10, lastHour, nextHour, lastCatchUpAt: at }, timing);
    expect(after(0, 0)).toEqual(plusMs(at, 5 * MINUTE_MS));
    expect(after(0, 6)).toEqual(plusMs(at, 10 * MINUTE_MS));
    expect(after(10, 0)).toEqual(plusMs(at, 30 * MINUTE_MS));
  });

  it('goes on, at a fifth, where an account publishes more than it is used to', () => {
    expect(catchUpsPerHour({ usualHour: 10, lastHour: 20, nextHour: 0 })).toBeCloseTo(4);
  });

  it('is possible where there is no history', () => {
    expect(catchUpsPerHour({ usualHour: 0, lastHour: 0, nextHour: 0 })).toBeCloseTo(4.8);
  });

  it('never makes an hour of more than 1.2 times the usual one, the first catch-up aside', () =>
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 100 }), fc.nat(100), (usualHour, own) => {
        const load = { usualHour, lastHour: Math.min(own, usualHour), nextHour: 0 };
        let last: Date | undefined;
        let count = 0;
        for (let t = at; t < plusMs(at, HOUR_MS); t = plusMs(t, 10_000)) {
          const next = nextCatchUpAt({ ...load, ...(last ? { lastCatchUpAt: last } : {}) }, timing);
          if (next && next > t) continue;
          last = t;
          count += 1;
        }
        expect(count + load.lastHour).toBeLessThanOrEqual(1.2 * usualHour + 1);
      }),
      { numRuns: 50, seed: 20260127 },
    ));
});

describe('coming home', () => {
  const route = { failback: 'catch_up', onDegraded: 'publish' } as const;

  it('is for a healthy platform, where the route wants it', () => {
    expect(mayComeHome(route, 'healthy', false)).toBe(true);
    expect(mayComeHome({ ...route, failback: 'none' }, 'healthy', false)).toBe(false);
    for (const state of ['degraded', 'down', 'recovering'] as const)
      expect(mayComeHome(route, state, false)).toBe(false);
  });

  it('is for what nobody else took wherever it would be published', () => {
    expect(mayComeHome({ ...route, failback: 'none' }, 'healthy', true)).toBe(true);
    expect(mayComeHome(route, 'degraded', true)).toBe(true);
    expect(mayComeHome({ ...route, onDegraded: 'hold' }, 'degraded', true)).toBe(false);
    for (const state of ['down', 'recovering'] as const) expect(mayComeHome(route, state, true)).toBe(false);
  });
});
