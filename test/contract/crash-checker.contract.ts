import { describe, expect, it } from '@jest/globals';
import { check, isSound } from '../../seeds/crash/checker/check.ts';
import type { History, Snapshot } from '../../seeds/crash/checker/rows.ts';
import { attempt, call, DUE, history, intent, story, target, truth } from '../mothers/crash-history.ts';

const brokenBy = (change: Partial<History>) => [
  ...new Set(check(history(change)).invariantViolations.map(({ invariant }) => invariant)),
];

const look = (at: number, change: Partial<Snapshot>): Snapshot => ({
  at,
  aliveSince: 0,
  idle: [],
  stale: [],
  open: [],
  ...change,
});

/** Two runs of one post on one account, each published; the second begun `from` ms after the instant of the first. */
const twoRuns = (from: number): Partial<History> => ({
  targets: [target(), target({ id: 'second', rootId: 'second', occurrenceId: 'run 2', platformHandle: 'handle 2' })],
  attempts: [
    attempt(),
    attempt({ id: 'a2', targetId: 'second', fence: 2, handle: 'handle 2', commitStartedAt: DUE + from + 1 }),
  ],
  intents: [intent(), intent({ targetId: 'second', fence: 2, at: DUE + from })],
  events: [
    ...story('target', 'scheduled', 'publishing', 'published'),
    ...story('second', 'scheduled', 'publishing', 'published').map((row) => ({ ...row, at: row.at + from })),
  ],
  truth: [truth(), truth({ handle: 'handle 2', createdAt: DUE + from + 5 })],
  calls: [call(), call({ at: DUE + from + 3 })],
});

/** The post also went to another account. */
const rerouted = (accountId: string): Partial<History> => ({
  targets: [
    target({ status: 'rerouted', platformHandle: null, publishedAt: null, replacementId: 'other' }),
    target({ id: 'other', role: 'reroute', accountId, platform: 'reels' }),
  ],
  attempts: [attempt({ targetId: 'other', accountId })],
  intents: [intent({ targetId: 'other' })],
  events: [...story('target', 'scheduled', 'rerouted'), ...story('other', 'scheduled', 'publishing', 'published')],
  truth: [truth({ platform: 'reels', accountExternalId: accountId === 'spare' ? 'spare' : 'stranger' })],
  calls: [
    call({ platform: 'reels', step: 'publish', accountExternalId: accountId === 'spare' ? 'spare' : 'stranger' }),
  ],
});

describe('the checker of the crash matrix', () => {
  it('finds nothing in a run as it should be', () => {
    const verdict = check(history());
    expect(verdict).toMatchObject({ targets: 1, live: 1, duplicates: 0, lost: 0, stuck: 0, invariantViolations: [] });
    expect(isSound(verdict)).toBe(true);
  });

  it('finds nothing in a reroute to a permitted fallback, nor in a run after an earlier one', () => {
    expect(brokenBy(rerouted('spare'))).toEqual([]);
    expect(brokenBy(twoRuns(300))).toEqual([]);
  });

  it('links by the words what no handle links, and takes the try whose call was under way', () => {
    const words = twoRuns(300);
    const [first, second] = [truth({ handle: 'x' }), truth({ handle: 'y', createdAt: DUE + 305 })];
    const attempts = (words.attempts ?? []).map((row) => ({
      ...row,
      callDeadlineAt: (row.commitStartedAt ?? 0) + 200,
    }));
    const targets = (words.targets ?? []).map((row) => ({ ...row, platformHandle: `of ${row.id}` }));
    expect(check(history({ ...words, targets, attempts, truth: [first, second] }))).toMatchObject({
      live: 2,
      duplicates: 0,
      invariantViolations: [],
    });
  });
});

describe('it reports', () => {
  it('I1: a second copy of one run on one account', () => {
    const change = {
      truth: [truth(), truth({ createdAt: DUE + 180 })],
      attempts: [attempt(), attempt({ id: 'again', no: 2, fence: 2, version: 2, state: 'disproved' })],
      intents: [intent(), intent({ version: 2, fence: 2 })],
    };
    expect(check(history(change)).duplicates).toBe(1);
    expect(brokenBy(change)).toContain('I1');
  });

  it('I1: a post that nobody of ours made', () => {
    expect(brokenBy({ truth: [truth(), truth({ handle: 'whose', caption: 'Elsewhere' })] })).toEqual(['I1']);
  });

  it.each([
    ['a hold', { status: 'held', nextCheckAt: null, callDeadlineAt: null }],
    ['a doubt without a look', { status: 'unconfirmed', nextCheckAt: DUE, callDeadlineAt: null }],
    ['a call that is over', { status: 'publishing', nextCheckAt: null, callDeadlineAt: DUE }],
  ])('I2: past the stale instant, %s', (_what, row) => {
    const at = DUE + 120_000;
    expect(brokenBy({ snapshots: [look(at, { stale: [{ targetId: 'target', staleAt: DUE, ...row }] })] })).toEqual([
      'I2',
    ]);
  });

  it('I2 not: past the stale instant, a doubt with a look ahead and a call that may still run', () => {
    const at = DUE + 120_000;
    const ahead = { targetId: 'target', staleAt: DUE, nextCheckAt: at + 1, callDeadlineAt: at + 1 };
    const stale = [
      { ...ahead, status: 'unconfirmed' },
      { ...ahead, status: 'publishing', nextCheckAt: null },
    ];
    expect(brokenBy({ snapshots: [look(at, { stale })] })).toEqual([]);
  });

  it('I3: published without proof, and published without a post', () => {
    expect(brokenBy({ targets: [target({ platformHandle: null })] })).toEqual(['I3']);
    expect(brokenBy({ truth: [] })).toEqual(['I3']);
  });

  it('I3: live, and called something else', () => {
    const events = story('target', 'scheduled', 'missed');
    expect(brokenBy({ targets: [target({ status: 'missed' })], events })).toEqual(['I3']);
  });

  it('I4: a call before its intent, without one, and one that the journal does not know', () => {
    expect(brokenBy({ intents: [intent({ at: DUE + 150 })] })).toContain('I4');
    expect(brokenBy({ intents: [intent({ takenBy: 'cancel' })] })).toContain('I4');
    expect(brokenBy({ calls: [call(), call({ at: DUE + 70 })] })).toEqual(['I4']);
  });

  it('I5: live on an account that no route names', () => {
    const stranger = { id: 'stranger', workspaceId: 'tenant', platform: 'reels', externalId: 'stranger' };
    expect(brokenBy({ ...rerouted('stranger'), accounts: [...history().accounts, stranger] })).toEqual(['I5']);
  });

  it('I6: a due target that nobody has for more than a minute', () => {
    const idle = [{ targetId: 'target', version: 1, dueAt: DUE }];
    const looks = (...seconds: number[]) => seconds.map((s) => look(DUE + s * 1_000, { idle }));
    expect(brokenBy({ snapshots: looks(1, 20, 40, 62) })).toEqual(['I6']);
    expect(brokenBy({ snapshots: looks(1, 20, 40, 59) })).toEqual([]);
    expect(brokenBy({ snapshots: [...looks(1, 20), look(DUE + 30_000, {}), ...looks(40, 80)] })).toEqual([]);
    const alone = looks(1, 20, 40, 62).map((one) => ({ ...one, aliveSince: DUE + 15_000 }));
    expect(brokenBy({ snapshots: alone })).toEqual([]);
  });

  it('I7: a mail twice, and a mail after leaving', () => {
    const mail = { to: 'a@example.com', subject: 'News', at: DUE };
    expect(brokenBy({ mails: [mail, mail] })).toEqual(['I7']);
    expect(brokenBy({ left: [{ email: 'a@example.com', at: DUE - 10 }] })).toEqual(['I7']);
    expect(brokenBy({ left: [{ email: 'a@example.com', at: DUE + 10 }] })).toEqual([]);
  });

  it('I8: rows of several tenants, and a post on an account of another', () => {
    expect(brokenBy({ attempts: [attempt({ workspaceId: 'other' })] })).toEqual(['I8']);
    const accounts = history().accounts.map((row) => ({ ...row, workspaceId: 'other' }));
    expect(brokenBy({ accounts })).toEqual(['I8']);
  });

  it('I9: two open tries of a target, seen on the way or by the journal', () => {
    const row = { targetId: 'target', postId: 'post', accountId: 'account' };
    const open = [
      { ...row, attemptId: 'a' },
      { ...row, attemptId: 'b' },
    ];
    expect(brokenBy({ snapshots: [look(DUE, { open })] })).toContain('I9');
    const again = attempt({
      id: 'again',
      no: 2,
      fence: 2,
      version: 2,
      handle: null,
      commitStartedAt: null,
      outcomeAt: DUE + 15,
    });
    expect(
      brokenBy({ attempts: [attempt(), again], intents: [intent(), intent({ version: 2, fence: 2, at: DUE + 8 })] }),
    ).toEqual(['I9']);
  });

  it('I10: a run sent while the run before was open', () => {
    expect(brokenBy(twoRuns(10))).toEqual(['I10']);
  });

  it('I11: sent before its time', () => {
    expect(brokenBy({ targets: [target({ scheduledAt: DUE + 1_000 })] })).toEqual(['I11']);
  });

  it('I11: live after an acknowledged cancel, or in old words after an acknowledged edit', () => {
    expect(brokenBy({ cancels: [{ targetId: 'target', at: DUE }] })).toEqual(['I11']);
    expect(brokenBy({ edits: [{ targetId: 'target', caption: 'New words', at: DUE }] })).toEqual(['I11']);
    expect(brokenBy({ edits: [{ targetId: 'target', caption: 'Words', at: DUE }] })).toEqual([]);
  });

  it('I12: a change the table does not know, a gap, and a status without an event', () => {
    expect(brokenBy({ events: story('target', 'scheduled', 'published') })).toEqual(['I12']);
    const gap = story('target', 'scheduled', 'publishing', 'published').map((row, index) =>
      index === 2 ? { ...row, seq: 4 } : row,
    );
    expect(brokenBy({ events: gap })).toEqual(['I12']);
    expect(brokenBy({ events: story('target', 'scheduled', 'publishing') })).toContain('I12');
  });
});

describe('it counts', () => {
  const without = (status: string, change: Partial<History> = {}) =>
    check(
      history({
        targets: [target({ status, platformHandle: null, publishedAt: null })],
        truth: [],
        calls: [],
        ...change,
      }),
    );

  it.each([
    ['needs_decision', 'needsDecision'],
    ['missed', 'missed'],
    ['held', 'stuck'],
    ['failed', 'lost'],
    ['rerouted', 'lost'],
  ])('%s without a copy as %s', (status, fate) => {
    expect(without(status)).toMatchObject({ live: 0, [fate]: 1, targets: 1 });
  });

  it('what was raced apart, and the stuck among them', () => {
    const cancelled = without('cancelled', { raced: ['target'] });
    expect(cancelled).toMatchObject({ targets: 0, stuck: 0, raced: { cancelled: 1 } });
    expect(without('held', { raced: ['target'] })).toMatchObject({ targets: 0, stuck: 1 });
  });

  it('a cancelled run that nobody cancelled as a broken promise', () => {
    expect(isSound(without('cancelled'))).toBe(false);
  });

  it('a decision that no kill explains as a broken promise', () => {
    const events = story('target', 'scheduled', 'publishing', 'unconfirmed', 'needs_decision');
    const kill = { at: DUE + 100, step: 'call-sent', workerIds: ['worker'] };
    expect(isSound(without('needs_decision', { events }))).toBe(false);
    expect(isSound(without('needs_decision', { events, kills: [kill] }))).toBe(true);
    expect(isSound(without('needs_decision', { events, kills: [{ ...kill, at: DUE + 300 }] }))).toBe(false);
  });
});
