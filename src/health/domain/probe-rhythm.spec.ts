import { describe, expect, it } from '@jest/globals';
import { FIRST_RHYTHM, isProbeDue, nextRhythm } from './probe-rhythm.js';

const PACE = { intervalMs: 15_000, quickMs: 5_000, leastMs: 0, jitter: 0.2 };
const after = (looks: readonly boolean[], pace = PACE) =>
  looks.reduce(
    (rhythm, isBad) => nextRhythm(rhythm, { isBad, nowMs: rhythm.nextAtMs, random: 0.5 }, pace),
    FIRST_RHYTHM,
  );

describe('the rhythm of probes', () => {
  it('begins at once and then keeps its interval, spread by a fifth', () => {
    expect(isProbeDue(FIRST_RHYTHM, 0)).toBe(true);
    const spread = [0, 0.5, 1].map((random) => nextRhythm(FIRST_RHYTHM, { isBad: false, nowMs: 0, random }, PACE));
    expect(spread.map(({ nextAtMs }) => nextAtMs)).toEqual([12_000, 15_000, 18_000]);
  });

  it('follows a first bad look with three quick ones, however bad they are', () => {
    const times = [1, 2, 3, 4, 5].map((count) => after(Array.from({ length: count }, () => true)).nextAtMs);
    expect(times).toEqual([5_000, 10_000, 15_000, 30_000, 45_000]);
  });

  it('never goes below its budget', () => {
    expect(after([true], { ...PACE, leastMs: 60_000 }).nextAtMs).toBe(60_000);
  });
});
