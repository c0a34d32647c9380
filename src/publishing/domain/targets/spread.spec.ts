import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { newId } from '../../../kernel/ids.js';
import { spreadOf } from './spread.js';

describe('the spread of a target', () => {
  it('lies within what was asked, and is the same for the same target', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.integer({ min: 0, max: 3_600 }), (id, seconds) => {
        const offset = spreadOf(id, seconds);
        expect(Number.isInteger(offset)).toBe(true);
        expect(offset).toBeGreaterThanOrEqual(0);
        expect(offset).toBeLessThan(Math.max(1, seconds * 1_000));
        expect(spreadOf(id, seconds)).toBe(offset);
      }),
      { seed: 20260125 },
    );
  });

  it('is exact when nothing was asked', () => {
    expect(spreadOf(newId(), 0)).toBe(0);
  });

  it('fills the time evenly, also for targets made in one moment', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i += 1) {
      const tenth = Math.floor(spreadOf(newId(), 600) / 60_000);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    // 1,000 each; five standard deviations.
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});
