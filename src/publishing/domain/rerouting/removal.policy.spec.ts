import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { planRemoval, settleRemoval } from './removal.policy.js';

const now = new Date('2026-01-26T12:00:00Z');

describe('a copy that landed late', () => {
  it('stays unless its route says otherwise, and where the platform cannot delete', () => {
    const plan = (removeLate: boolean, canRemove: boolean) =>
      planRemoval({ removeLate, canRemove, platform: 'tiktok' }, now).state;
    expect([plan(false, true), plan(true, false), plan(true, true)]).toEqual(['kept', 'unsupported', 'planned']);
  });

  it('is gone when the platform says so, and stays when it refuses', () => {
    expect(settleRemoval({ kind: 'removed' }, 1, now)).toEqual({ state: 'removed' });
    expect(settleRemoval({ kind: 'unsupported' }, 1, now).state).toBe('unsupported');
    const refusal = { kind: 'rejected', category: 'platform_rejected', detail: 'too old' } as const;
    expect(settleRemoval(refusal, 1, now)).toEqual({ state: 'refused', detail: 'too old' });
  });

  it('is asked for again while nobody answers, later each time, for about a day', () => {
    const after = (tries: number) => settleRemoval({ kind: 'unavailable' }, tries, now);
    expect([1, 2, 3, 20].map((tries) => after(tries).nextAt)).toEqual(
      [1, 2, 4, 60].map((minutes) => plusMs(now, minutes * MINUTE_MS)),
    );
    expect(after(30).state).toBe('refused');
    const retryAt = plusMs(now, 1_000);
    expect(settleRemoval({ kind: 'throttled', scope: 'app', retryAt }, 2, now)).toMatchObject({
      state: 'planned',
      nextAt: retryAt,
    });
  });
});
