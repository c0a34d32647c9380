import { describe, expect, it } from '@jest/globals';
import { simulate } from './simulate.js';
import type { SeededBugs } from './world.js';

const SEEDS = 150;
/** A checker that needs more than this many runs to see a bug is no checker. */
const ENOUGH_TO_CATCH = 200;

/** The first invariant a bug breaks, or undefined when no run shows it. */
const caughtBy = (bugs: SeededBugs): string | undefined => {
  for (let seed = 1; seed <= ENOUGH_TO_CATCH; seed += 1) {
    const [first] = simulate(seed, { bugs }).violations;
    if (first) return first.invariant;
  }
  return undefined;
};

describe('the simulated engine', () => {
  it('plays the same seed to the same trace, and another seed to another', () => {
    expect(simulate(4).hash).toBe(simulate(4).hash);
    expect(simulate(5).hash).not.toBe(simulate(4).hash);
  });

  it(`keeps every promise over ${SEEDS} seeds of crashes, cuts, stops and outages`, () => {
    const failed = [];
    for (let seed = 1; seed <= SEEDS; seed += 1) failed.push(...simulate(seed).violations.map((v) => ({ seed, ...v })));
    expect(failed).toEqual([]);
  });

  it('publishes everything by itself where nothing goes wrong', () => {
    expect(Object.keys(simulate(10).byStatus)).toEqual(['published']);
  });
});

describe('the checker', () => {
  it.each<[string, SeededBugs, readonly string[]]>([
    ['a call without its lease', { noFence: true }, ['I1', 'I4', 'I9', 'I10', 'TRUTH']],
    ['absence believed without a hold', { noHold: true }, ['I1']],
    ['the intent after the call', { intentAfterCall: true }, ['I1', 'I4']],
    ['no unique index over open attempts', { noUniqueIndex: true }, ['I9', 'I10']],
    ['absence believed while reading is ill', { trustSickReads: true }, ['I1']],
  ])('catches %s', (_, bugs, invariants) => {
    expect(invariants).toContain(caughtBy(bugs));
  });
});
