import { describe, expect, it } from '@jest/globals';
import { noticeTiming } from './notice-timing.js';

describe('noticeTiming', () => {
  it('merges for six hours and waits ten minutes before an all-clear, at scale 1', () => {
    expect(noticeTiming(1)).toEqual({ mergeMs: 21_600_000, allClearAfterMs: 600_000, scale: 1 });
  });

  it('is divided by the time scale', () => {
    expect(noticeTiming(60)).toMatchObject({ mergeMs: 360_000, allClearAfterMs: 10_000 });
  });
});
