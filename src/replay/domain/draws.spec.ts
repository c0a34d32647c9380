import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { Draws, inversePhi, logNormalAt } from './draws.js';

describe('draws by key', () => {
  it('are the first 53 bits of the hash of seed and key', () => {
    const hex = createHash('sha256').update('42|upload|tiktok|3|7|0').digest('hex');
    const bits = BigInt(`0x${hex}`) >> BigInt(256 - 53);
    expect(new Draws(42).uniform('upload|tiktok|3|7|0')).toBe(Number(bits) / 2 ** 53);
  });

  it('depend on nothing drawn before', () => {
    const draws = new Draws(1);
    const first = draws.uniform('a');
    draws.uniform('b');
    expect(draws.uniform('a')).toBe(first);
    expect(new Draws(2).uniform('a')).not.toBe(first);
  });

  it('hit the median and the 95th percentile of a log-normal', () => {
    expect(logNormalAt(0.5, { p50: 18, p95: 35 })).toBeCloseTo(18, 9);
    expect(logNormalAt(0.95, { p50: 18, p95: 35 })).toBeCloseTo(35, 2);
    expect(() => logNormalAt(0.5, { p50: 2, p95: 1 })).toThrow(RangeError);
  });

  it('invert the normal distribution in the middle and in both tails', () => {
    expect(inversePhi(0.5)).toBeCloseTo(0, 12);
    expect(inversePhi(0.975)).toBeCloseTo(1.959963985, 6);
    expect(inversePhi(0.001)).toBeCloseTo(-3.090232306, 6);
    expect(Number.isFinite(inversePhi(0))).toBe(true);
  });
});
