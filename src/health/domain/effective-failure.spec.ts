import { describe, expect, it } from '@jest/globals';
import { breadthNeeded, remember, weighFailure, weighGood, type Witnesses } from './effective-failure.js';
import { healthTiming } from './health-timing.js';
import type { Seen } from './seen.js';

const timing = healthTiming(1);
const AT = 1_000_000_000;
const HOUR = 3_600_000;
const seen = (ids: readonly string[], atMs = AT): readonly Seen[] =>
  ids.reduce<readonly Seen[]>((known, id) => remember(known, id, atMs), []);
const who = (more: Partial<Witnesses> = {}): Witnesses => ({ workspaces: [], accounts: [], counted: [], ...more });
const fail = (witnesses: Witnesses, atMs: number, maker = { workspaceId: 'a', accountId: 'x', targetId: 't' }) =>
  weighFailure(witnesses, maker, atMs, timing);

describe('what a failure counts', () => {
  it('is named by its workspace if three are active, else by its account, else by its target', () => {
    expect(fail(who({ workspaces: seen(['a', 'b', 'c']), accounts: seen(['x', 'y', 'z']) }), AT).source).toBe('a');
    expect(fail(who({ workspaces: seen(['a', 'b']), accounts: seen(['x', 'y', 'z']) }), AT).source).toBe('x');
    expect(fail(who({ workspaces: seen(['a', 'b']), accounts: seen(['x']) }), AT).source).toBe('t');
  });

  it('forgets who was active a day ago', () => {
    const workspaces = seen(['a', 'b', 'c']);
    expect(fail(who({ workspaces }), AT + 24 * HOUR + 1).source).toBe('t');
  });

  it('counts a source once per window, then half as much each time within an hour', () => {
    const weights: number[] = [];
    let { counted } = who();
    for (const minute of [0, 1, 2, 4, 70]) {
      const next = fail(who({ counted }), AT + minute * 60_000);
      ({ counted } = next);
      weights.push(next.weight);
    }
    expect(weights).toEqual([1, 0, 0.5, 0.25, 1]);
  });

  it('counts each of those who cannot be named', () => {
    expect(weighFailure(who(), {}, AT, timing).weight).toBe(1);
  });
});

describe('what good news counts', () => {
  it('weighs as little as each failure of its source in this window', () => {
    const maker = { targetId: 't' };
    let { counted } = who();
    for (let i = 0; i < 4; i += 1) ({ counted } = weighFailure(who({ counted }), maker, AT, timing));
    expect(weighGood(who({ counted }), maker, AT + 1_000, timing)).toBe(0.25);
    expect(weighGood(who({ counted }), { targetId: 'u' }, AT + 1_000, timing)).toBe(1);
    expect(weighGood(who({ counted }), maker, AT + 120_001, timing)).toBe(1);
  });
});

describe('how many sources must fail', () => {
  it('is three, or those that were there lately, but never one', () => {
    expect(breadthNeeded(who(), AT, timing)).toBe(3);
    const workspaces = seen(['a', 'b', 'c']);
    expect(breadthNeeded(who({ workspaces }), AT + HOUR, timing)).toBe(3);
    const two = remember(remember(workspaces, 'b', AT + 3 * HOUR), 'c', AT + 3 * HOUR);
    expect(breadthNeeded(who({ workspaces: two }), AT + 3 * HOUR, timing)).toBe(2);
    expect(breadthNeeded(who({ workspaces }), AT + 3 * HOUR, timing)).toBe(2);
  });
});
