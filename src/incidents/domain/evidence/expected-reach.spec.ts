import { describe, expect, it } from '@jest/globals';
import { expectationInWords, expectedReach, expectedTotal } from './expected-reach.js';

describe('expected reach', () => {
  it('is the median of the own history with its middle half and sample size', () => {
    const expected = expectedReach([400, 100, 300, 200, 10_000]);
    expect(expected).toEqual({ kind: 'expected', median: 300, low: 200, high: 400, sampleSize: 5 });
    expect(expectationInWords(expected)).toBe('300 (middle half 200 to 400, 5 posts)');
    expect(expectedTotal({ planned: 4, expected })).toBe(1_200);
  });

  it('lies between two posts where their number is even', () => {
    expect(expectedReach([0, 0, 10, 20, 30, 40])).toMatchObject({ median: 15 });
  });

  it.each([0, 1, 4])('is not guessed from %s posts', (count) => {
    const expected = expectedReach(Array.from({ length: count }, () => 1_000));
    expect(expected).toEqual({ kind: 'not_enough_history', sampleSize: count });
    expect(expectationInWords(expected)).toBe(`not enough history (${count} of 5 posts)`);
    expect(expectedTotal({ planned: 9, expected })).toBeUndefined();
  });
});
