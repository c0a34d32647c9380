import { describe, expect, it } from '@jest/globals';
import { judgeViews, NO_HISTORY, type ViewsHistory } from './counters.policy.js';

const MINUTE = 60_000;
/** Ten posts of about `perHour` views in their first hour. */
const account = (perHour: number): ViewsHistory => {
  let history = NO_HISTORY;
  for (let i = 0; i < 10; i += 1) ({ history } = judgeViews(history, { ageMs: 45 * MINUTE, views: perHour * 0.75 }));
  return history;
};
const read = (views: number, minutes = 45) => ({ ageMs: minutes * MINUTE, views });

describe("views against the account's own history", () => {
  it('are bad when none came where many always did, good when any did', () => {
    expect(judgeViews(account(400), read(0)).verdict).toBe('bad');
    expect(judgeViews(account(400), read(30)).verdict).toBe('good');
  });

  it('are bad when they stand still between two reads', () => {
    const before = { ageMs: 25 * MINUTE, views: 120 };
    expect(judgeViews(account(400), { ...read(120), before }).verdict).toBe('bad');
    expect(judgeViews(account(400), { ...read(130), before }).verdict).toBe('good');
  });

  it('say nothing for an account that never had any, a new one, or so soon that none is due', () => {
    expect(judgeViews(account(2), read(0)).verdict).toBeUndefined();
    expect(judgeViews(NO_HISTORY, read(0)).verdict).toBeUndefined();
    expect(judgeViews(account(400), read(0, 5)).verdict).toBeUndefined();
  });

  it('do not teach that nothing comes while it is frozen', () => {
    let history = account(400);
    for (let i = 0; i < 50; i += 1) ({ history } = judgeViews(history, read(0)));
    expect(judgeViews(history, read(0)).verdict).toBe('bad');
  });
});
