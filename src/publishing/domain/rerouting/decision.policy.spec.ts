import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS, plusMs, SECOND_MS } from '../../../kernel/durations.js';
import { publishingTiming } from '../publishing-timing.js';
import type { TargetState } from '../targets/target-state.js';
import { holdStep } from './decision.policy.js';

const now = new Date('2026-01-25T12:00:00Z');
const timing = publishingTiming(1);
const held: TargetState = {
  status: 'held',
  platform: 'tiktok',
  scheduledAt: now,
  staleAt: plusMs(now, 48 * 60 * MINUTE_MS),
  tries: 0,
  checks: 0,
};
const nextLook = (target: TargetState, until: Date) =>
  holdStep(target, { reason: 'quota', until }, { now, timing }).target.dueAt;

describe('a held target', () => {
  it('asks again after a while when its hold lasts longer', () => {
    expect(nextLook(held, plusMs(now, 60 * MINUTE_MS))).toEqual(plusMs(now, timing.reconsiderMs));
  });

  it('asks at the very end of a hold that is nearer', () => {
    const until = plusMs(now, 20 * SECOND_MS);
    expect(nextLook(held, until)).toEqual(until);
    expect(nextLook({ ...held, status: 'scheduled' }, until)).toEqual(until);
  });

  it('asks again after a while when its hold is over and nothing has changed', () => {
    expect(nextLook(held, now)).toEqual(plusMs(now, timing.reconsiderMs));
  });

  it('asks at the latest when it gets stale', () => {
    const staleAt = plusMs(now, 10 * SECOND_MS);
    expect(nextLook({ ...held, staleAt }, plusMs(now, MINUTE_MS * 60))).toEqual(staleAt);
  });
});
