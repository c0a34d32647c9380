import { describe, expect, it } from '@jest/globals';
import type { TargetRecord } from './target-record.js';
import { isUntouched } from './untouched-run.policy.js';

const plannedAt = new Date('2026-12-01T10:00:00Z');
const members = ['a', 'b'].map((targetId) => ({ targetId, occurrenceId: 'o', plannedAt, spreadSeconds: 60 }));
const target = (id: string, more: Partial<TargetRecord> = {}) =>
  ({ id, rootId: id, status: 'scheduled', tries: 0, scheduledAt: plannedAt, ...more }) as TargetRecord;
const isFree = (...targets: TargetRecord[]) => isUntouched(members, new Map(targets.map((one) => [one.id, one])));

describe('isUntouched', () => {
  it('is true while every target waits at its own time', () => {
    expect(isFree(target('a'), target('b', { status: 'held' }))).toBe(true);
    expect(isFree(target('a'), target('b', { scheduledAt: new Date('2026-12-01T10:01:00Z') }))).toBe(true);
  });

  it.each<[string, Partial<TargetRecord>]>([
    ['published', { status: 'published' }],
    ['cancelled by hand', { status: 'cancelled' }],
    ['going out', { status: 'publishing' }],
    ['tried', { tries: 1 }],
    ['moved later', { scheduledAt: new Date('2026-12-01T10:01:01Z') }],
    ['moved earlier', { scheduledAt: new Date('2026-12-01T09:59:59Z') }],
    ['replaced', { replacementId: 'x' }],
    ['a replacement itself', { rootId: 'x' }],
  ])('is false when one target is %s', (_, more) => {
    expect(isFree(target('a'), target('b', more))).toBe(false);
  });

  it('is false when a target is gone', () => {
    expect(isFree(target('a'))).toBe(false);
  });
});
