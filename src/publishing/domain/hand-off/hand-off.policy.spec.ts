import { describe, expect, it } from '@jest/globals';
import { canBecome } from '../targets/target-status.js';
import type { TargetState } from '../targets/target-state.js';
import { handOffExpiresAt, handOver, settleConfirmed, settleExpired, settleSkipped } from './hand-off.policy.js';

const now = new Date('2026-01-26T12:00:00Z');
const at = (time: string) => new Date(`2026-01-26T${time}Z`);
const target = (change: Partial<TargetState> = {}): TargetState => ({
  status: 'publishing',
  platform: 'upscrolled',
  scheduledAt: now,
  staleAt: at('20:00:00'),
  tries: 0,
  checks: 0,
  ...change,
});

describe('a hand-off’s steps', () => {
  it('waits its own time, but never beyond the moment the post is worthless', () => {
    expect(handOffExpiresAt(target(), now, 3_600_000)).toEqual(at('13:00:00'));
    expect(handOffExpiresAt(target(), now, 86_400_000)).toEqual(at('20:00:00'));
  });

  it('keeps the attempt open with the deadline, and asks no platform', () => {
    const step = handOver(at('13:00:00'));
    expect(step.target).toMatchObject({ status: 'publishing', nextCheckAt: null });
    expect(step.attempt).toEqual({ state: 'processing', callDeadlineAt: at('13:00:00') });
    expect(step.effects).toEqual([{ kind: 'event', type: 'handoff.due' }]);
  });

  it('is published by the person’s word, with the link they gave', () => {
    const step = settleConfirmed(target(), { link: 'https://example.com/v/1' }, now);
    expect(step.target).toMatchObject({
      status: 'published',
      live: { permalink: 'https://example.com/v/1', publishedAt: now, late: false },
    });
    expect(step.attempt).toEqual({ state: 'published' });
  });

  it('is adopted late when the word comes after we gave up waiting', () => {
    const step = settleConfirmed(target({ status: 'needs_decision' }), {}, now);
    expect(step.target.live).toEqual({ publishedAt: now, late: true });
    expect(step.attempt).toEqual({ state: 'adopted' });
    expect(step.effects.map((effect) => effect.kind === 'event' && effect.type)).toEqual([
      'post.reconciled',
      'post.published',
    ]);
  });

  it('frees the account when skipped', () => {
    expect(settleSkipped()).toMatchObject({ target: { status: 'cancelled' }, attempt: { state: 'abandoned' } });
  });

  it('leaves the doubt to a person when nobody answers, with a reason', () => {
    const step = settleExpired(now);
    expect(step.target).toMatchObject({ status: 'needs_decision', error: { outcome: 'unknown' } });
    expect(step.target.error?.detail).toContain('Confirm or skip');
    expect(step.attempt).toEqual({ state: 'unknown', callDeadlineAt: now });
  });

  it('says nothing about the platform’s health', () => {
    const steps = [handOver(now), settleConfirmed(target(), {}, now), settleSkipped(), settleExpired(now)];
    expect(steps.flatMap((step) => step.effects).filter((effect) => effect.kind === 'signal')).toEqual([]);
  });

  it('moves targets only as the table allows', () => {
    for (const step of [settleConfirmed(target(), {}, now), settleSkipped(), settleExpired(now)])
      expect(canBecome('publishing', step.target.status, false)).toBe(true);
    for (const step of [settleConfirmed(target(), {}, now), settleSkipped()])
      expect(canBecome('needs_decision', step.target.status, false)).toBe(true);
  });
});
