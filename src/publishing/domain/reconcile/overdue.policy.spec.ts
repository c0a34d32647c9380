import { describe, expect, it } from '@jest/globals';
import { publishingTiming } from '../publishing-timing.js';
import type { TargetState } from '../targets/target-state.js';
import { lookAgainBeforeSend, settleOverdue } from './overdue.policy.js';

const now = new Date('2026-01-26T12:00:00Z');
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);
const target: TargetState = {
  status: 'held',
  platform: 'tiktok',
  scheduledAt: hours(-5),
  staleAt: hours(5),
  tries: 0,
  checks: 0,
};
const context = { now, timing: publishingTiming(1), jitter: () => 0 };
const statusOf = (...args: Parameters<typeof settleOverdue>) => {
  const step = settleOverdue(...args);
  return step === 'wait' ? step : step.target.status;
};

describe('settleOverdue', () => {
  it('adopts what is live already, as late, even past its freshness', () => {
    const seen = { kind: 'published', platformPostId: '7' } as const;
    expect(settleOverdue({ ...target, staleAt: hours(-1) }, seen, context)).toMatchObject({
      target: { status: 'published', live: { platformPostId: '7', late: true } },
    });
  });

  it('sends after one clean read, and where nothing can be read', () => {
    expect(statusOf(target, { kind: 'absent' }, context)).toBe('scheduled');
    expect(statusOf(target, 'unsupported', context)).toBe('scheduled');
  });

  it('stays held while the platform cannot be asked', () => {
    expect(statusOf(target, { kind: 'unavailable' }, context)).toBe('wait');
    expect(statusOf(target, { kind: 'unauthorised', reconnect: true }, context)).toBe('wait');
  });

  it('asks a person when several posts fit', () => {
    expect(statusOf(target, { kind: 'ambiguous', candidates: ['1', '2'] }, context)).toBe('needs_decision');
  });

  it('misses what got stale, whatever cannot be seen', () => {
    const stale = { ...target, staleAt: hours(-1) };
    expect(statusOf(stale, { kind: 'absent' }, context)).toBe('missed');
    expect(statusOf(stale, { kind: 'unavailable' }, context)).toBe('missed');
  });

  it('looks again by the schedule of doubts, at the latest when it gets stale', () => {
    expect(lookAgainBeforeSend(target, context).target.dueAt).toEqual(new Date(now.getTime() + 10_000));
    expect(lookAgainBeforeSend({ ...target, checks: 99, staleAt: hours(0.5) }, context).target.dueAt).toEqual(
      hours(0.5),
    );
  });
});
