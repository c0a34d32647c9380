import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import type { AbsenceRule } from '../../../platforms/domain/platform.port.js';
import { publishingTiming } from '../publishing-timing.js';
import { settleLink } from './link.policy.js';
import { settleSighting, type Sighting } from './reconcile.policy.js';
import type { AttemptView, TargetState } from '../targets/target-state.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 25, 12, minutes));
const rule: AbsenceRule = { witness: 'list', reads: 2, spacingSeconds: 600, holdSeconds: 3600 };
const context = (minutes: number) => ({ now: at(minutes), timing: publishingTiming(1), jitter: () => 0, rule });
const target: TargetState = {
  status: 'unconfirmed',
  platform: 'tiktok',
  scheduledAt: at(0),
  staleAt: at(48 * 60),
  tries: 0,
  checks: 3,
};
const attempt: AttemptView = { state: 'unknown', callDeadlineAt: at(2), outcomeAt: at(1), absentReads: 0 };

describe('settleSighting', () => {
  it('adopts what it finds and calls it late', () => {
    const step = settleSighting(target, attempt, { kind: 'published', platformPostId: '9' }, context(20));
    expect(step.target).toMatchObject({ status: 'published', live: { platformPostId: '9', late: true } });
    expect(step.attempt?.state).toBe('adopted');
  });

  it('keeps what the platform did other than asked', () => {
    const notices = ['Asked for public, but YouTube made the video private.'];
    const step = settleSighting(target, attempt, { kind: 'published', platformPostId: '9', notices }, context(20));
    expect(step.target.live?.notices).toEqual(notices);
  });

  it('does not believe one empty read', () => {
    const step = settleSighting(target, attempt, { kind: 'absent' }, context(70));
    expect(step.target.status).toBe('unconfirmed');
    expect(step.attempt?.absentRead).toBe(true);
  });

  it('does not count a read before the call is surely dead', () => {
    expect(settleSighting(target, attempt, { kind: 'absent' }, context(1)).attempt).toBeUndefined();
  });

  it('does not count a read before the hold is over, and comes back just then', () => {
    const step = settleSighting(target, attempt, { kind: 'absent' }, context(50));
    expect(step.attempt).toBeUndefined();
    expect(step.target.nextCheckAt).toEqual(at(55));
    const close = settleSighting({ ...target, checks: 6 }, attempt, { kind: 'absent' }, context(50));
    expect(close.target.nextCheckAt).toEqual(at(62));
  });

  it('reads the second time when the rule allows, not when the schedule says', () => {
    const step = settleSighting({ ...target, checks: 9 }, attempt, { kind: 'absent' }, context(62));
    expect(step.target.nextCheckAt).toEqual(at(72));
  });

  it('does not count two reads close together', () => {
    const once = { ...attempt, absentReads: 1, lastAbsentAt: at(69) };
    expect(settleSighting(target, once, { kind: 'absent' }, context(70)).attempt).toBeUndefined();
  });

  it('sends again after enough spaced reads and the hold', () => {
    const once = { ...attempt, absentReads: 1, lastAbsentAt: at(63) };
    const step = settleSighting(target, once, { kind: 'absent' }, context(75));
    expect(step.target).toMatchObject({ status: 'scheduled', bumpVersion: true });
    expect(step.attempt?.state).toBe('disproved');
  });

  it('closes a proven empty origin as rerouted when its replacement went out', () => {
    const once = { ...attempt, absentReads: 1, lastAbsentAt: at(63) };
    const step = settleSighting(
      { ...target, replacementId: 'r', replacementCarries: true },
      once,
      { kind: 'absent' },
      context(75),
    );
    expect(step.target.status).toBe('rerouted');
  });

  it('sends a proven empty origin again when its replacement failed', () => {
    const once = { ...attempt, absentReads: 1, lastAbsentAt: at(63) };
    const alone = { ...target, replacementId: 'r', replacementCarries: false };
    expect(settleSighting(alone, once, { kind: 'absent' }, context(75)).target.status).toBe('scheduled');
  });

  it('misses instead of sending what is stale', () => {
    const once = { ...attempt, absentReads: 1, lastAbsentAt: at(63) };
    expect(settleSighting({ ...target, staleAt: at(60) }, once, { kind: 'absent' }, context(75)).target.status).toBe(
      'missed',
    );
  });

  it('never picks between two candidates', () => {
    const step = settleSighting(target, attempt, { kind: 'ambiguous', candidates: ['1', '2'] }, context(20));
    expect(step.target.status).toBe('needs_decision');
  });

  it('ends a doubt as failed, with the reason, when the platform itself says that it refused', () => {
    const refusal: Sighting = { kind: 'rejected', category: 'user_content', platformCode: 'spam_risk_text' };
    const step = settleSighting(target, attempt, refusal, context(20));
    expect(step).toMatchObject({
      target: { status: 'failed', error: { detail: 'spam_risk_text', outcome: 'rejected' } },
    });
    expect(step.effects).toContainEqual({ kind: 'seek_replacement', because: 'rejected' });
    const carried = { ...target, replacementId: 'r', replacementCarries: true };
    expect(settleSighting(carried, attempt, refusal, context(20)).target.status).toBe('rerouted');
  });

  it('looks for no link where the platform never gives one', () => {
    const hidden: Sighting = { kind: 'published', staysWithoutId: true };
    expect(settleSighting(target, attempt, hidden, context(20)).target.nextCheckAt).toBeNull();
    expect(settleLink({ ...target, status: 'published' }, hidden, context(20)).target.nextCheckAt).toBeNull();
    const later: Sighting = { kind: 'published' };
    expect(settleLink({ ...target, status: 'published' }, later, context(20)).target.nextCheckAt).toEqual(at(25));
  });

  it('asks a person after 72 hours', () => {
    expect(settleSighting(target, attempt, { kind: 'unavailable' }, context(72 * 60 + 2)).target.status).toBe(
      'needs_decision',
    );
  });

  it('doubts an accepted post after an hour', () => {
    const accepted: AttemptView = { state: 'processing', outcomeAt: at(0), absentReads: 0 };
    const publishing: TargetState = { ...target, status: 'publishing' };
    expect(settleSighting(publishing, accepted, { kind: 'processing' }, context(59)).target.status).toBe('publishing');
    expect(settleSighting(publishing, accepted, { kind: 'processing' }, context(60)).target.status).toBe('unconfirmed');
  });

  it('asks a person as soon as the call is surely dead where nobody else can be asked', () => {
    const early = settleSighting(target, attempt, { kind: 'untellable' }, context(1));
    expect(early.target.status).toBe('unconfirmed');
    const step = settleSighting(target, attempt, { kind: 'untellable' }, context(3));
    expect(step.target).toMatchObject({ status: 'needs_decision', error: { outcome: 'unknown' } });
    expect(step.target.error?.detail).toContain('Look yourself');
  });

  it('never plans a new send unless absence is proven by the rule', () => {
    const sighting = fc.constantFrom<Sighting>(
      { kind: 'absent' },
      { kind: 'processing' },
      { kind: 'unavailable' },
      { kind: 'unauthorised', reconnect: false },
      { kind: 'untellable' },
      { kind: 'ambiguous', candidates: ['1', '2'] },
    );
    fc.assert(
      fc.property(sighting, fc.nat(6000), fc.nat(3), fc.nat(6000), (seen, minutes, absentReads, lastMinutes) => {
        const view = { ...attempt, absentReads, lastAbsentAt: at(Math.min(lastMinutes, minutes)) };
        const step = settleSighting(target, view, seen, context(minutes));
        const spaced = minutes - Math.min(lastMinutes, minutes) >= 10;
        const proven = seen.kind === 'absent' && absentReads >= 1 && spaced && minutes >= 62;
        return step.target.status !== 'scheduled' || proven;
      }),
    );
  });
});
