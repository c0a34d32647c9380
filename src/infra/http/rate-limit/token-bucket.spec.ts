import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { type Bucket, takeToken } from './token-bucket.js';

const MINUTE = { limit: 60, windowSeconds: 60 };

describe('takeToken', () => {
  it('lets a whole quota through at once, then one for each share of the window', () => {
    let bucket: Bucket | undefined;
    for (let left = 59; left >= 0; left -= 1) {
      const take = takeToken(bucket, MINUTE, 1_000);
      expect(take).toMatchObject({ isAllowed: true, remaining: left });
      bucket = take.bucket;
    }
    expect(takeToken(bucket, MINUTE, 1_000)).toMatchObject({ isAllowed: false, remaining: 0, resetSeconds: 1 });
    expect(takeToken(bucket, MINUTE, 1_999)).toMatchObject({ isAllowed: false });
    expect(takeToken(bucket, MINUTE, 2_000)).toMatchObject({ isAllowed: true, remaining: 0 });
  });

  it('never lets more through than the quota and what has filled since, whatever the pattern', () => {
    const gaps = fc.array(fc.nat({ max: 5_000 }), { maxLength: 400 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 100 }), (pattern, limit) => {
        const quota = { limit, windowSeconds: 60 };
        let now = 0;
        let allowed = 0;
        let bucket: Bucket | undefined;
        for (const gap of pattern) {
          now += gap;
          const take = takeToken(bucket, quota, now);
          bucket = take.bucket;
          if (take.isAllowed) allowed += 1;
          expect(take.remaining).toBeGreaterThanOrEqual(0);
          expect(take.remaining).toBeLessThan(limit);
          expect(allowed).toBeLessThanOrEqual(limit + (now * limit) / 60_000 + 1e-6);
        }
      }),
    );
  });

  it('tells a refused caller when it will be let in, and keeps that word', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.float({ min: 0, max: Math.fround(0.99), noNaN: true }),
        (limit, tokens) => {
          const quota = { limit, windowSeconds: 60 };
          const refused = takeToken({ tokens, atMs: 0 }, quota, 0);
          expect(refused.isAllowed).toBe(false);
          expect(takeToken(refused.bucket, quota, refused.resetSeconds * 1000).isAllowed).toBe(true);
        },
      ),
    );
  });

  it('gives nothing to a clock that steps back', () => {
    const empty = { tokens: 0, atMs: 90_000 };
    const back = takeToken(empty, MINUTE, 0);
    expect(back).toMatchObject({ isAllowed: false, bucket: { tokens: 0, atMs: 90_000 } });
  });
});
