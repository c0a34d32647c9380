import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, plusMs } from '../../../kernel/durations.js';
import { gated } from '../approvals/approval.policy.js';
import { MOVABLE, movedTo, staleAfterMove } from './move.policy.js';
import type { TargetRecord } from './target-record.js';

const PLANNED = new Date('2026-12-01T10:00:00Z');
const NEW = new Date('2026-12-05T18:00:00Z');
const target = (more: Partial<TargetRecord>): TargetRecord =>
  ({
    status: 'scheduled',
    scheduledAt: PLANNED,
    staleAt: plusMs(PLANNED, DAY_MS),
    tries: 0,
    version: 1,
    ...more,
  }) as TargetRecord;

describe('a move to another time', () => {
  it('is for what waits, failed or was missed', () => {
    expect(MOVABLE).toEqual(['scheduled', 'held', 'failed', 'missed']);
  });

  it('keeps how long the post is worth anything', () => {
    expect(staleAfterMove(target({}), NEW)).toEqual(plusMs(NEW, DAY_MS));
  });

  it('makes what waits wait for the new time, under a new version', () => {
    expect(movedTo(target({}), NEW).target).toMatchObject({ status: 'scheduled', dueAt: NEW, bumpVersion: true });
  });

  it('gives what failed or was missed another turn, its fault forgotten', () => {
    for (const status of ['failed', 'missed'] as const)
      expect(movedTo(target({ status, tries: 4 }), NEW).target).toMatchObject({
        status: 'scheduled',
        tries: 0,
        error: null,
      });
  });

  it('lets a platform’s hold end: at the new time it is judged anew', () => {
    const held = target({ status: 'held', holdReason: 'platform', holdUntil: plusMs(PLANNED, HOUR_MS) });
    expect(movedTo(held, NEW).target).toMatchObject({ status: 'scheduled', dueAt: NEW });
  });
});

describe('a move of what waits for an approval', () => {
  const waiting = (holdUntil: Date, approval: 'waiting' | 'rejected' = 'waiting') =>
    target({ status: 'held', holdReason: 'approval', holdUntil, approval });

  it('leaves it held, until the new time where its deadline was the old one', () => {
    const step = movedTo(waiting(PLANNED), NEW);
    expect(step.target).toEqual({
      ...{ status: 'held', bumpVersion: true, dueAt: NEW },
      hold: { reason: 'approval', until: NEW },
    });
  });

  it('leaves it held as long as it is worth anything where it was to wait so long', () => {
    const stale = plusMs(NEW, DAY_MS);
    const step = movedTo(waiting(plusMs(PLANNED, DAY_MS)), NEW);
    expect(step.target).toMatchObject({ status: 'held', dueAt: stale, hold: { reason: 'approval', until: stale } });
  });

  it('gives no approval: neither to what was rejected nor to what was missed without one', () => {
    expect(movedTo(waiting(PLANNED, 'rejected'), NEW).target).not.toHaveProperty('approval');
    const missed = target({ status: 'missed', approval: 'waiting' });
    expect(gated(movedTo(missed, NEW), missed).target).toMatchObject({ status: 'held', approval: 'waiting' });
  });

  it('keeps an approval that was given: other times need no other approval', () => {
    const given = target({ approval: 'given' });
    expect(gated(movedTo(given, NEW), given).target).toMatchObject({ status: 'scheduled', dueAt: NEW });
  });
});
