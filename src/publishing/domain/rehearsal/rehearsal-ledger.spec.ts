import { describe, expect, it } from '@jest/globals';
import { NO_QUOTAS, publishQuotas } from '../../../accounts/domain/quota.policy.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import { NO_LOAD } from '../../../routing/domain/load-spread.policy.js';
import { RehearsalLedger } from './rehearsal-ledger.js';

const start = new Date('2026-01-26T08:20:00Z');
const minutes = (count: number) => plusMs(start, count * MINUTE_MS);
const holder = { id: 'a', platform: 'tiktok' } as const;
const post = (n: number) => ({ postId: `p${n}`, occurrenceId: `o${n}` });
const account = (change = {}) => ({ holder, usage: [], own: [], load: NO_LOAD, ...change });
const ledger = (rules = publishQuotas(100)) => new RehearsalLedger(rules, start, DAY_MS);

describe('RehearsalLedger', () => {
  it('counts what is used, what the account has planned itself, and what it is given, each in its own day', () => {
    const book = ledger();
    const usage = [{ scope: 'account' as const, kind: 'publish', limit: 15, used: 3, resetsAt: plusMs(start, DAY_MS) }];
    const own = [
      { hour: new Date('2026-01-26T07:00:00Z'), count: 5 },
      { hour: new Date('2026-01-26T12:00:00Z'), count: 4 },
    ];
    book.add(account({ usage, own }));
    expect(book.leftAt('a', minutes(60))).toBe(6);
    for (let n = 0; n < 8; n += 1) book.give(post(n), 'a', minutes(60 + n));
    expect(book.leftAt('a', minutes(90))).toBe(0);
    expect(book.leftAt('a', plusMs(start, DAY_MS))).toBe(6);
  });

  it('lets nothing through before a cap that the platform reported is over, and everything where nobody counts', () => {
    const book = ledger(NO_QUOTAS);
    const usage = [{ scope: 'account' as const, kind: 'reported', limit: 0, used: 0, resetsAt: minutes(30) }];
    book.add(account({ usage }));
    expect([book.leftAt('a', minutes(29)), book.leftAt('a', minutes(30))]).toEqual([0, Infinity]);
    expect(book.leftAt('unknown', start)).toBe(Infinity);
    expect(book.loadAt('unknown', start)).toBeUndefined();
  });

  it('counts what a person is given, and no quota of ours', () => {
    const book = ledger(publishQuotas(1));
    book.add(account({ load: { ...NO_LOAD, byHand: true } }));
    for (let n = 0; n < 3; n += 1) book.give(post(n), 'a', minutes(n));
    expect(book.leftAt('a', minutes(5))).toBe(Infinity);
    expect(book.loadAt('a', minutes(5))).toMatchObject({ takenAt: [minutes(0), minutes(1), minutes(2)], byHand: true });
  });

  it('gives a run to an account once, and a post once within the gap', () => {
    const book = ledger();
    book.give(post(1), 'a', start);
    expect([book.carriesRun('o1', 'a'), book.carriesRun('o1', 'b'), book.carriesRun('o2', 'a')]).toEqual([
      true,
      false,
      false,
    ]);
    expect([book.hadPost('p1', 'a', minutes(60)), book.hadPost('p1', 'a', plusMs(start, DAY_MS))]).toEqual([
      true,
      false,
    ]);
    book.forgetBefore(plusMs(start, DAY_MS + 1));
    expect(book.carriesRun('o1', 'a')).toBe(false);
  });

  it('takes the most of the same hour of a week for usual, and lists what was taken over in order', () => {
    const book = ledger();
    const hour = new Date('2026-01-26T08:00:00Z');
    const own = [
      { hour, count: 2 },
      { hour: plusMs(hour, -3 * DAY_MS), count: 9 },
      { hour: plusMs(hour, -3 * DAY_MS - HOUR_MS), count: 50 },
    ];
    book.add(account({ own, load: { ...NO_LOAD, takenAt: [minutes(-5)] } }));
    book.give(post(1), 'a', minutes(20));
    book.give(post(2), 'a', minutes(10));
    expect(book.loadAt('a', minutes(10))).toEqual({
      usualHour: 9,
      takenAt: [minutes(-5), minutes(10), minutes(20)],
      troubledCount: 0,
    });
    expect(book.loads()).toContainEqual({ accountId: 'a', hour, own: 2, extra: 2 });
  });
});
