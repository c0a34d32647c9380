import { describe, expect, it } from '@jest/globals';
import type { AbsenceRule } from '../../../platforms/domain/platform.port.js';
import { publishingTiming } from '../publishing-timing.js';
import type { AttemptView } from '../targets/target-state.js';
import { type Beside, judgeLateSign, nextSecondLookMs } from './second-look.policy.js';

const now = new Date('2026-01-26T12:00:00Z');
const rule: AbsenceRule = { witness: 'list', reads: 2, spacingSeconds: 600, holdSeconds: 3600 };
const context = { now, timing: publishingTiming(1), jitter: () => 0, rule };
const target: Beside = {
  status: 'published',
  platform: 'tiktok',
  scheduledAt: now,
  staleAt: now,
  tries: 0,
  checks: 0,
  platformPostId: '2',
  platformHandle: 'second',
  otherIsOpen: false,
};
const attempt: AttemptView = { state: 'disproved', handle: 'first', absentReads: 2 };
const seen = (platformPostId?: string) => ({
  kind: 'published' as const,
  ...(platformPostId === undefined ? {} : { platformPostId }),
});

describe('judgeLateSign', () => {
  it('reports a copy beside the one that the target carries', () => {
    expect(judgeLateSign(target, attempt, seen('1'), context).kind).toBe('second_copy');
    expect(judgeLateSign(target, attempt, seen(), context).kind).toBe('second_copy');
  });

  it('knows the target’s own copy again, by id and by handle', () => {
    expect(judgeLateSign(target, attempt, seen('2'), context).kind).toBe('nothing');
    expect(judgeLateSign(target, { ...attempt, handle: 'second' }, seen('3'), context).kind).toBe('nothing');
  });

  it.each(['missed', 'failed', 'rerouted', 'cancelled', 'scheduled', 'held', 'needs_decision'] as const)(
    'adopts it as late when the target is %s and nothing else is under way',
    (status) => {
      const sign = judgeLateSign({ ...target, status }, attempt, seen('1'), context);
      expect(sign).toMatchObject({ kind: 'adopt', step: { target: { status: 'published', live: { late: true } } } });
    },
  );

  it('waits for the end of another try', () => {
    expect(
      judgeLateSign({ ...target, status: 'publishing', otherIsOpen: true }, attempt, seen('1'), context).kind,
    ).toBe('wait');
  });

  it('makes nothing of silence, or of several posts', () => {
    expect(judgeLateSign(target, attempt, { kind: 'absent' }, context).kind).toBe('nothing');
    expect(judgeLateSign(target, attempt, { kind: 'ambiguous', candidates: ['1', '3'] }, context).kind).toBe('nothing');
  });

  it('looks 1 h, 6 h, 24 h and 72 h after the belief, then no more', () => {
    const hours = [0, 1, 2, 3, 4].map((done) => nextSecondLookMs(context.timing, done));
    expect(hours.map((ms) => ms && ms / 3_600_000)).toEqual([1, 5, 18, 48, undefined]);
  });
});
