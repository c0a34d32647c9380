import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { plusMs } from '../../kernel/durations.js';
import type { AbsenceRule } from '../../platforms/domain/platform.port.js';
import type { CommitOutcome, PrepareOutcome } from '../../platforms/domain/publish-outcome.js';
import { applyAttempt, applyTarget, type EngineEvent, type EngineTarget, stepFor } from './engine.js';
import { settleCommit, settleDeath } from './firing/outcome.policy.js';
import { publishingTiming } from './publishing-timing.js';
import type { Sighting } from './reconcile/reconcile.policy.js';
import { settleAbsentByPerson, settleFoundByPerson } from './reconcile/resolve.policy.js';
import type { AttemptView, Step } from './targets/target-state.js';
import { canBecome } from './targets/target-status.js';

const START = new Date('2026-01-25T12:00:00Z');
const RULE: AbsenceRule = { witness: 'list', reads: 2, spacingSeconds: 600, holdSeconds: 3600 };
const retryAt = fc.integer({ min: -1, max: 5000 }).map((minutes) => plusMs(START, minutes * 60_000));
const category = fc.constantFrom('user_content', 'account_issue', 'platform_rejected');
const refusals = [
  fc.record({ kind: fc.constant('rejected' as const), category }),
  fc.record({ kind: fc.constant('throttled' as const), retryAt, scope: fc.constantFrom('account', 'app') }),
  fc.record({ kind: fc.constant('unauthorised' as const), reconnect: fc.boolean() }),
  fc.constant({ kind: 'unavailable' } as const),
] as const;
type Failure = Exclude<PrepareOutcome, { kind: 'saved' | 'wait' | 'ready' }>;
type Move =
  | { readonly do: 'prepare'; readonly outcome: Failure }
  | { readonly do: 'commit'; readonly outcome: CommitOutcome }
  | { readonly do: 'look'; readonly sighting: Sighting }
  | { readonly do: 'die'; readonly begun: boolean }
  | { readonly do: 'found' }
  | { readonly do: 'absent' }
  | { readonly do: 'fault' | 'stale' };

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ do: fc.constant('prepare' as const), outcome: fc.oneof(...refusals) }),
  fc.record({
    do: fc.constant('commit' as const),
    outcome: fc.oneof(
      ...refusals,
      fc.constantFrom<CommitOutcome>({ kind: 'published' }, { kind: 'processing' }, { kind: 'unknown' }),
    ),
  }),
  fc.record({
    do: fc.constant('look' as const),
    sighting: fc.oneof(
      { weight: 4, arbitrary: fc.constant<Sighting>({ kind: 'absent' }) },
      { weight: 2, arbitrary: fc.constantFrom<Sighting>({ kind: 'processing' }, { kind: 'unavailable' }) },
      fc.constantFrom<Sighting>({ kind: 'published' }, { kind: 'ambiguous', candidates: ['1', '2'] }),
      fc.record({ kind: fc.constant('rejected' as const), category }),
    ),
  }),
  fc.record({ do: fc.constant('die' as const), begun: fc.boolean() }),
  fc.record({ do: fc.constantFrom('found' as const, 'absent' as const) }),
  fc.record({ do: fc.constantFrom('fault' as const, 'stale' as const) }),
);

/** The two rows as the tables would hold them, at a moment. */
interface World {
  readonly now: Date;
  readonly target: EngineTarget;
  readonly attempt: AttemptView;
}

const world = (replaced: boolean): World => ({
  now: START,
  target: {
    status: 'publishing',
    platform: 'tiktok',
    scheduledAt: START,
    dueAt: START,
    staleAt: plusMs(START, 2 * 86_400_000),
    version: 1,
    tries: 0,
    checks: 0,
    late: false,
    ...(replaced ? { replacementId: 'r', replacementCarries: true } : {}),
  },
  attempt: { state: 'intended', callDeadlineAt: plusMs(START, 90_000), absentReads: 0 },
});

type Word = Extract<Move, { do: 'found' | 'absent' }>;

const eventOf = (next: Exclude<Move, Word>): EngineEvent => {
  switch (next.do) {
    case 'prepare':
      return { kind: 'not_ready', outcome: next.outcome };
    case 'commit':
      return { kind: 'answered', outcome: next.outcome };
    case 'look':
      return { kind: 'looked', look: { sighting: next.sighting, rule: RULE } };
    case 'die':
      return { kind: 'left' };
    case 'fault':
      return { kind: 'not_ready', outcome: { kind: 'own_fault', detail: 'disk full' } };
    case 'stale':
      return { kind: 'not_ready', outcome: { kind: 'stale' } };
  }
};

const isWord = (next: Move): next is Word => next.do === 'found' || next.do === 'absent';

/** The step a move makes in a state; undefined where the application would not ask. */
const stepOf = (world: World, next: Move): Step | undefined => {
  if (isWord(next)) return wordOf(world, next.do);
  const { target, attempt, now } = world;
  const calls = target.status === 'publishing' && attempt.state === 'intended';
  const looks = (target.status === 'publishing' && attempt.state === 'processing') || target.status === 'unconfirmed';
  if (next.do === 'look' ? !looks : !calls) return undefined;
  const begun = next.do === 'die' && next.begun ? { commitStartedAt: now } : {};
  return stepFor({ target, attempt: { ...attempt, ...begun } }, eventOf(next), contextAt(now));
};

/** A person's word; "absent" is not heard while the call may still land. */
const wordOf = ({ target, attempt, now }: World, said: 'found' | 'absent'): Step | undefined => {
  const isAsked = target.status === 'unconfirmed' || target.status === 'needs_decision';
  if (!isAsked || (attempt.callDeadlineAt && now <= attempt.callDeadlineAt)) return undefined;
  return said === 'found'
    ? settleFoundByPerson({ permalink: 'https://example.com/1', platformPostId: '1' }, attempt, contextAt(now))
    : settleAbsentByPerson(target, attempt, contextAt(now));
};

const applied = ({ now, target, attempt }: World, step: Step): World => ({
  now,
  attempt: step.attempt ? applyAttempt(attempt, step.attempt, now) : attempt,
  target: applyTarget(target, step.target),
});

/** What must hold of one step, as a list of what does not. */
const faultsOf = (before: World, step: Step, after: World): string[] => {
  const [from, to] = [before.target.status, after.target.status];
  const { target, attempt, now } = after;
  const faults: string[] = [];
  if (from !== to && !canBecome(from, to, true)) faults.push(`${from} -> ${to} is not in the table`);
  if (from === 'unconfirmed' && to === 'scheduled' && step.cause !== 'absent_by_person' && !provenAbsent(before))
    faults.push('sent again without proof');
  if (to === 'unconfirmed' && !target.nextCheckAt) faults.push('in doubt and nobody looks');
  if (to === 'publishing' && attempt.state === 'processing' && !target.nextCheckAt)
    faults.push('accepted, nobody looks');
  if (from !== to && (to === 'scheduled' || to === 'held')) {
    if (!step.target.bumpVersion) faults.push('a new try without a new version');
    if (!step.target.dueAt) faults.push('waits without a look');
    else if (now < target.staleAt && step.target.dueAt > target.staleAt) faults.push('sleeps past its freshness');
    if (['armed', 'intended', 'processing', 'unknown'].includes(attempt.state)) faults.push('its attempt stays open');
  }
  return faults;
};

const provenAbsent = ({ attempt, now }: World): boolean => {
  const deadline = attempt.callDeadlineAt?.getTime() ?? Infinity;
  const spaced = now.getTime() - (attempt.lastAbsentAt?.getTime() ?? 0) >= 600_000;
  return attempt.absentReads >= 1 && spaced && now.getTime() >= deadline + 3_600_000;
};

describe('the engine over any history', () => {
  const history = fc.array(fc.tuple(fc.nat(90), move), { minLength: 1, maxLength: 40 });

  it('changes status only by the table, sends again after doubt only by proof, and always leaves a look', () => {
    fc.assert(
      fc.property(fc.boolean(), history, (replaced, moves) => {
        let state = world(replaced);
        for (const [minutes, next] of moves) {
          state = { ...state, now: plusMs(state.now, minutes * 60_000) };
          const step = stepOf(state, next);
          if (!step) continue;
          const after = applied(state, step);
          expect(faultsOf(state, step, after)).toEqual([]);
          state = after;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('ends the doubt about a post that cannot be asked for', () => {
    let state = applied(world(false), settleCommit(world(false).target, { kind: 'processing' }, contextAt(START)));
    for (let hours = 0; hours < 80; hours += 1) {
      state = { ...state, now: plusMs(state.now, 3_600_000) };
      const step = stepOf(state, { do: 'look', sighting: { kind: 'unavailable' } });
      if (step) state = applied(state, step);
    }
    expect(state.target.status).toBe('needs_decision');
  });

  it('keeps the deadline of a call that outlived its worker', () => {
    expect(settleDeath(world(false).target, true, contextAt(START)).attempt).toEqual({ state: 'unknown' });
  });
});

const contextAt = (now: Date) => ({ now, timing: publishingTiming(1), jitter: () => 0.5 });
