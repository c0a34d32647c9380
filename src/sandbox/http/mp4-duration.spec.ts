import { describe, expect, it } from '@jest/globals';
import { ByteTally } from './byte-tally.js';
import { mvhdDurationSec } from './mp4-duration.js';

/** `mvhd`, version 0: flags, two times, 600 units a second, 3000 units, the rest. */
const mvhd = Buffer.concat([
  Buffer.from('mvhd', 'latin1'),
  Buffer.from('0000000000000000000000000000025800000bb8', 'hex'),
  Buffer.alloc(80),
]);

describe('mvhdDurationSec', () => {
  it('divides the duration by the time scale', () => {
    expect(mvhdDurationSec(Buffer.concat([Buffer.alloc(300), mvhd]))).toBe(5);
    expect(mvhdDurationSec(Buffer.alloc(300))).toBeUndefined();
  });
});

describe('ByteTally', () => {
  it('keeps a copy untouched when the original goes on', () => {
    const tally = new ByteTally();
    tally.add(mvhd.subarray(0, 20));
    const copy = tally.copy();
    tally.add(mvhd.subarray(20));
    expect([tally.bytes, tally.durationSec]).toEqual([mvhd.length, 5]);
    expect([copy.bytes, copy.durationSec]).toEqual([20, undefined]);
    expect(copy.sha256).not.toBe(tally.sha256);
  });
});
