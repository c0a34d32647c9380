import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../../kernel/durations.js';
import type { CommitOutcome } from '../../../platforms/domain/publish-outcome.js';
import { settleCommit, settleDeath, settlePrepare } from './outcome.policy.js';
import type { StepContext } from './step-context.js';
import { settlePlatformDown, settleStale } from './own-fault.policy.js';
import { publishingTiming } from '../publishing-timing.js';
import type { Step, TargetState } from '../targets/target-state.js';

const now = new Date('2026-01-25T12:00:00Z');
const context: StepContext = { now, timing: publishingTiming(1), jitter: () => 1 };
const target: TargetState = {
  status: 'publishing',
  platform: 'tiktok',
  scheduledAt: now,
  staleAt: new Date('2026-01-27T12:00:00Z'),
  tries: 0,
  checks: 0,
};
const retryAt = new Date('2026-01-25T12:05:00Z');

/** Row by row: `schema.md`, "One outcome map". */
const commitRows: readonly (readonly [
  CommitOutcome,
  readonly [string, string, string | undefined, string | undefined],
])[] = [
  [{ kind: 'published', platformPostId: '7' }, ['published', 'published', undefined, 'good']],
  [{ kind: 'processing' }, ['publishing', 'processing', undefined, 'good']],
  [{ kind: 'rejected', category: 'user_content' }, ['failed', 'rejected', 'rejected', undefined]],
  [{ kind: 'throttled', retryAt, scope: 'account' }, ['held', 'throttled', 'not_sent', undefined]],
  [{ kind: 'unauthorised', reconnect: true }, ['held', 'unauthorised', 'not_sent', undefined]],
  [{ kind: 'unavailable' }, ['scheduled', 'unavailable', 'not_sent', 'bad']],
  [{ kind: 'unknown' }, ['unconfirmed', 'unknown', 'unknown', 'unknown']],
];

const signalOf = (step: Step) => step.effects.find((effect) => effect.kind === 'signal')?.verdict;

describe('settleCommit', () => {
  it.each(commitRows)('%j', (outcome, [status, attemptState, sendOutcome, signal]) => {
    const step = settleCommit(target, outcome, context);
    expect(step.target.status).toBe(status);
    expect(step.attempt?.state).toBe(attemptState);
    expect(step.target.error?.outcome).toBe(sendOutcome);
    expect(signalOf(step)).toBe(signal);
  });

  it('keeps what the platform said with the attempt', () => {
    const said = { httpStatus: 500, platformCode: 'internal_error', requestId: 'log-1' };
    for (const [outcome] of commitRows)
      expect(settleCommit(target, { ...outcome, ...said }, context).attempt?.answer).toEqual(said);
    expect(settleCommit(target, { kind: 'unknown' }, context).attempt).not.toHaveProperty('answer');
  });

  it('never plans a new send after an unknown outcome', () => {
    const step = settleCommit(target, { kind: 'unknown' }, context);
    expect(step.target.bumpVersion).toBeUndefined();
    expect(step.target.nextCheckAt).toEqual(new Date(now.getTime() + 10_000));
  });

  it('holds a throttled target until the platform’s time, without using up a try', () => {
    const step = settleCommit(target, { kind: 'throttled', retryAt, scope: 'account' }, context);
    expect(step.target).toMatchObject({ hold: { reason: 'quota', until: retryAt } });
    expect(step.target.tries).toBeUndefined();
    expect(step.effects).toContainEqual({ kind: 'cap_reported', scope: 'account', until: retryAt });
  });

  it('asks routing about a throttled target before that, since a long wait may go elsewhere', () => {
    const throttledUntil = (at: Date) =>
      settleCommit(target, { kind: 'throttled', retryAt: at, scope: 'account' }, context).target.dueAt;
    const inTenSeconds = plusMs(now, 10_000);
    expect(throttledUntil(inTenSeconds)).toEqual(inTenSeconds);
    expect(throttledUntil(plusMs(now, 3_600_000))).toEqual(plusMs(now, context.timing.reconsiderMs));
  });

  it('keeps what the platform did other than asked', () => {
    const notices = ['Asked for public, but YouTube made the video private.'];
    expect(settleCommit(target, { kind: 'published', notices }, context).target.live).toMatchObject({ notices });
  });

  it('keeps looking for the link when the platform tells the id later', () => {
    expect(settleCommit(target, { kind: 'published' }, context).target.nextCheckAt).toBeInstanceOf(Date);
  });
});

describe('settlePrepare', () => {
  it.each([
    [{ kind: 'unavailable' }, 'scheduled', 'not_sent'],
    [{ kind: 'throttled', retryAt, scope: 'app' }, 'held', 'not_sent'],
    [{ kind: 'unauthorised', reconnect: false }, 'held', 'not_sent'],
    [{ kind: 'rejected', category: 'platform_rejected' }, 'failed', 'rejected'],
  ] as const)('%j is certain: nothing was sent', (outcome, status, sendOutcome) => {
    const step = settlePrepare(target, outcome, context);
    expect(step.target.status).toBe(status);
    expect(step.target.error?.outcome).toBe(sendOutcome);
  });

  it('tries again later each time, up to five minutes', () => {
    const delays = [0, 1, 2, 10].map((tries) => {
      const { dueAt } = settlePrepare({ ...target, tries }, { kind: 'unavailable' }, context).target;
      return (dueAt?.getTime() ?? 0) - now.getTime();
    });
    expect(delays).toEqual([2_000, 4_000, 8_000, 300_000]);
  });
});

describe('settleDeath', () => {
  it('lets nobody wait for a clock that runs ahead: what is stale by it is due when it gets stale', () => {
    const ahead = { ...context, now: plusMs(target.staleAt, 90_000) };
    expect(settleDeath(target, false, ahead).target.dueAt).toEqual(target.staleAt);
    expect(settleStale(target, ahead).target.dueAt).toEqual(target.staleAt);
    expect(settlePlatformDown(target, ahead).target.dueAt).toEqual(target.staleAt);
  });

  it('sends again at once when the call was not begun', () => {
    expect(settleDeath(target, false, context).target).toMatchObject({
      status: 'scheduled',
      bumpVersion: true,
      dueAt: now,
    });
  });

  it('asks the platform when the call was begun', () => {
    expect(settleDeath(target, true, context).target.status).toBe('unconfirmed');
  });

  it('blames no platform for our own death: a killed worker with many calls open is no outage', () => {
    const { effects, target: change } = settleDeath(target, true, context);
    expect(effects.filter(({ kind }) => kind === 'signal')).toEqual([]);
    expect(change.error?.source).toBe('system');
    const unanswered = settleCommit(target, { kind: 'unknown' }, context);
    expect(unanswered.effects).toContainEqual(expect.objectContaining({ kind: 'signal', verdict: 'unknown' }));
  });
});
