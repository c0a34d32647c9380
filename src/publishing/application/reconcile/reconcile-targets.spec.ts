import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { AbsenceRule } from '../../../platforms/domain/platform.port.js';
import type { CheckOutcome, FindOutcome } from '../../../platforms/domain/publish-outcome.js';
import type { AccountDirectory } from '../../../accounts/index.js';
import type { HealthView } from '../../../health/index.js';
import type { PlatformRegistry } from '../../../platforms/index.js';
import type { AttemptJournal } from '../../domain/firing/firing.port.js';
import { publishingTiming } from '../../domain/publishing-timing.js';
import type { CheckDue } from '../../domain/reconcile/reconciliation.port.js';
import type { AttemptRecord, TargetRecord } from '../../domain/targets/target-record.js';
import type { Step } from '../../domain/targets/target-state.js';
import type { PersistentSettle } from '../firing/persistent-settle.js';
import type { PlatformAccess } from '../firing/platform-access.js';
import { LookAtPlatform } from './look-at-platform.js';
import { ReconcileTargets } from './reconcile-targets.js';
import type { Settlement } from '../firing/settle-target.js';

const now = new Date('2026-01-26T12:00:00Z');
const hoursAgo = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
const target = {
  status: 'unconfirmed',
  platform: 'tiktok',
  scheduledAt: hoursAgo(3),
  staleAt: new Date('2026-01-27T00:00:00Z'),
  tries: 0,
  checks: 3,
  content: { caption: 'Soup', media: { durationMs: 6_000 } },
} as unknown as TargetRecord;
const attempt = {
  state: 'unknown',
  absentReads: 2,
  createdAt: hoursAgo(3),
  outcomeAt: hoursAgo(3),
  callDeadlineAt: hoursAgo(3),
} as unknown as AttemptRecord;

const ruleOf = (witness: AbsenceRule['witness']): AbsenceRule => ({
  witness,
  reads: 3,
  spacingSeconds: 0,
  holdSeconds: 0,
});

/** One look; the attempt's own rule differs from the platform's usual one. */
const look = async (saw: {
  check: CheckOutcome;
  find: FindOutcome;
  rule: AbsenceRule['witness'];
  handleLost?: boolean;
  sibling?: boolean;
  read?: string;
}) => {
  const steps: (Step | undefined)[] = [];
  const platform = {
    absenceRule: ruleOf('list'),
    absenceRuleOf: () => ruleOf(saw.rule),
    absenceRuleWithoutHandle: ruleOf(saw.rule),
    check: () => Promise.resolve(saw.check),
    find: () => Promise.resolve(saw.find),
  };
  const context = { now, timing: publishingTiming(1), jitter: () => 0 };
  const lookAt = new LookAtPlatform(
    { get: () => platform } as unknown as PlatformRegistry,
    { contextOf: () => Promise.resolve({}), renewed: () => Promise.resolve(undefined) } as unknown as PlatformAccess,
    { resumeOf: () => Promise.resolve(saw.handleLost ? undefined : { handle: 'h' }) } as unknown as AttemptJournal,
    { findMany: () => Promise.resolve([]) } as unknown as AccountDirectory,
    { measuredState: () => ({ state: saw.read ?? 'healthy' }) } as unknown as HealthView,
  );
  await new ReconcileTargets(
    {
      claim: () => Promise.resolve([{ target, attempt }]),
      renew: () => Promise.resolve(),
      ownedPostIds: () => Promise.resolve([]),
      hasDoubtfulSibling: () => Promise.resolve(saw.sibling === true),
    },
    lookAt,
    {
      execute: (settlement: Settlement) =>
        Promise.resolve(void steps.push(settlement.decide(target, attempt, context))),
    } as unknown as PersistentSettle,
  ).runOnce();
  return steps[0]?.target.status;
};

const EMPTY: FindOutcome = { kind: 'listed', posts: [] };
const CLOSED: FindOutcome = { kind: 'unauthorised', reconnect: true };

describe('a look at a doubtful post', () => {
  it('believes a handle that says absent, even where the list may not be read', async () => {
    expect(await look({ check: { kind: 'absent' }, find: EMPTY, rule: 'handle' })).toBe('scheduled');
    expect(await look({ check: { kind: 'absent' }, find: CLOSED, rule: 'handle' })).toBe('scheduled');
  });

  it('never believes it without the list where the list is the witness', async () => {
    expect(await look({ check: { kind: 'absent' }, find: CLOSED, rule: 'list' })).toBe('unconfirmed');
  });

  it('keeps to the rule of this attempt: what nothing can disprove stays in doubt', async () => {
    expect(await look({ check: { kind: 'inconclusive' }, find: EMPTY, rule: 'list' })).toBe('scheduled');
    expect(await look({ check: { kind: 'inconclusive' }, find: EMPTY, rule: 'none' })).toBe('unconfirmed');
    expect(await look({ check: { kind: 'inconclusive' }, find: EMPTY, rule: 'handle' })).toBe('unconfirmed');
  });

  it('believes no list while reading is ill; a handle’s own word does not age', async () => {
    const read = 'degraded';
    expect(await look({ check: { kind: 'inconclusive' }, find: EMPTY, rule: 'list', read })).toBe('unconfirmed');
    expect(await look({ check: { kind: 'absent' }, find: EMPTY, rule: 'handle', read })).toBe('scheduled');
  });

  it('takes nothing from the list that another run of the post in doubt may own, but believes its handle', async () => {
    const posts = [{ platformPostId: '7', caption: 'Soup', createdAt: hoursAgo(3), durationMs: 6_000 }];
    const listed = { check: { kind: 'inconclusive' }, find: { kind: 'listed', posts }, rule: 'list' } as const;
    expect(await look(listed)).toBe('published');
    expect(await look({ ...listed, sibling: true })).toBe('unconfirmed');
    const check: CheckOutcome = { kind: 'published', platformPostId: '7' };
    expect(await look({ check, find: EMPTY, rule: 'list', sibling: true })).toBe('published');
  });

  it('asks the list alone where the handle was lost, by the rule that holds without one', async () => {
    const check: CheckOutcome = { kind: 'published', platformPostId: 'never asked' };
    expect(await look({ check, find: EMPTY, rule: 'none', handleLost: true })).toBe('unconfirmed');
    expect(await look({ check, find: EMPTY, rule: 'list', handleLost: true })).toBe('scheduled');
  });

  it('adopts what the list shows, whatever the rule', async () => {
    const post = { platformPostId: '1', caption: 'Soup', createdAt: hoursAgo(2), durationMs: 6_000 };
    const find: FindOutcome = { kind: 'listed', posts: [post] };
    expect(await look({ check: { kind: 'inconclusive' }, find, rule: 'none' })).toBe('published');
  });
});

describe('a look that takes its time', () => {
  afterEach(() => void jest.useRealTimers());

  it('keeps its target from other workers until it is settled', async () => {
    jest.useFakeTimers();
    const [slow, quick] = ['slow', 'quick'].map((id) => ({ target: { ...target, id }, attempt }));
    const renewed: (readonly string[])[] = [];
    const answer = Promise.withResolvers<void>();
    const reconcile = new ReconcileTargets(
      {
        claim: () => Promise.resolve([slow, quick] as CheckDue[]),
        renew: (ids: readonly string[]) => Promise.resolve(void renewed.push(ids)),
        ownedPostIds: () => Promise.resolve([]),
        hasDoubtfulSibling: () => Promise.resolve(false),
      },
      {
        execute: (item: CheckDue) => (item === quick ? Promise.resolve({}) : answer.promise),
      } as unknown as LookAtPlatform,
      { execute: () => Promise.resolve() } as unknown as PersistentSettle,
    );
    const round = reconcile.runOnce();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(renewed).toEqual([['slow'], ['slow']]);
    answer.resolve();
    await round;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(renewed).toHaveLength(2);
  });
});
