import { describe, expect, it } from '@jest/globals';
import { progressOf, sharesOf } from './progress-of.ts';

describe('progressOf', () => {
  it('counts what is on its way as waiting, and deferred as not settled', () => {
    const counts = {
      pending: 3,
      claimed: 1,
      handed: 1,
      accepted: 10,
      deferred: 2,
      failed: 1,
      suppressed: 1,
      unknown: 1,
    };
    expect(progressOf(counts, 20)).toEqual({
      accepted: 10,
      deferred: 2,
      failed: 1,
      unknown: 1,
      suppressed: 1,
      settled: 13,
      waiting: 5,
      total: 20,
    });
  });

  it('has nothing waiting and no negative count before recipients are fixed', () => {
    expect(progressOf({}, 0)).toMatchObject({ waiting: 0, settled: 0 });
  });
});

describe('sharesOf', () => {
  it('are percent of all, and none of nobody', () => {
    expect(sharesOf(progressOf({ accepted: 1, failed: 1 }, 4))).toEqual([
      ['accepted', 25],
      ['deferred', 0],
      ['failed', 25],
      ['unknown', 0],
      ['suppressed', 0],
    ]);
    expect(sharesOf(progressOf({}, 0)).every(([, share]) => share === 0)).toBe(true);
  });
});
