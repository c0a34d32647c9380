import { describe, expect, it } from '@jest/globals';
import { publishingTiming } from '../publishing-timing.js';
import type { AttemptView, TargetState } from '../targets/target-state.js';
import { settleLook, weighLook } from './look.policy.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 25, 12, minutes));
const HANDLE = { witness: 'handle', reads: 1, spacingSeconds: 0, holdSeconds: 0 } as const;
const LIST = { witness: 'list', reads: 2, spacingSeconds: 600, holdSeconds: 3_600 } as const;
const target: TargetState = {
  status: 'unconfirmed',
  platform: 'tiktok',
  scheduledAt: at(0),
  staleAt: at(600),
  tries: 0,
  checks: 1,
};
const attempt: AttemptView = { state: 'unknown', callDeadlineAt: at(2), outcomeAt: at(1), absentReads: 0 };
const context = { now: at(10), timing: publishingTiming(1), jitter: () => 0 };

describe('a look at handle and list together', () => {
  it('believes no absence while reading from the platform is not healthy', () => {
    const look = { sighting: { kind: 'absent' }, rule: HANDLE } as const;
    expect(settleLook(target, attempt, look, context)?.cause).toBe('absence_proven');
    const ill = settleLook(target, attempt, { ...look, readHealthy: false }, context);
    expect(ill).toMatchObject({ cause: 'look_again', target: { status: 'unconfirmed' } });
    expect(ill).not.toHaveProperty('attempt');
  });

  it('believes what it sees even then', () => {
    const look = { sighting: { kind: 'published', platformPostId: '7' }, rule: HANDLE, readHealthy: false } as const;
    expect(settleLook(target, attempt, look, context)?.target.status).toBe('published');
  });

  it('says nothing about a later try: what was asked about an attempt that is over changes no rows', () => {
    const look = { sighting: { kind: 'absent' }, rule: HANDLE } as const;
    const over = { ...attempt, state: 'disproved' } as const;
    expect(settleLook({ ...target, status: 'publishing' }, over, look, context)).toBeUndefined();
    expect(settleLook(target, { ...attempt, state: 'abandoned' }, look, context)).toBeUndefined();
  });

  it('lets a list that cannot be read take nothing from a handle that is the witness', () => {
    expect(weighLook({ kind: 'absent' }, { kind: 'unavailable' }, HANDLE)).toEqual({ kind: 'absent' });
    expect(weighLook({ kind: 'absent' }, { kind: 'unavailable' }, LIST)).toEqual({ kind: 'unavailable' });
  });

  it('cannot tell where neither handle nor list can be asked', () => {
    expect(weighLook({ kind: 'inconclusive' }, 'unsupported', LIST)).toEqual({ kind: 'untellable' });
    expect(weighLook({ kind: 'inconclusive' }, { kind: 'absent' }, HANDLE).kind).toBe('unavailable');
  });
});
