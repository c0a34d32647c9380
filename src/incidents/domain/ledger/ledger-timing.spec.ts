import { expect, it } from '@jest/globals';
import { ledgerTiming } from './ledger-timing.js';

it('keeps the ledger by the minute at scale 1, and shrinks every interval under a time scale', () => {
  const real = ledgerTiming(1);
  expect(real).toEqual({ leadMs: 600_000, tailMs: 604_800_000, bucketMs: 60_000, settleMs: 30_000 });
  const fast = ledgerTiming(60);
  expect(fast).toEqual({ leadMs: 10_000, tailMs: 10_080_000, bucketMs: 1_000, settleMs: 500 });
});
