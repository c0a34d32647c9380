import { describe, expect, it } from '@jest/globals';
import { fromMicros, toMicros } from './money.ts';

describe('money', () => {
  it('comes back as it was typed', () => {
    expect([0.0079, 0.1 + 0.2, 25].map((amount) => fromMicros(toMicros(amount)))).toEqual([0.0079, 0.3, 25]);
  });

  it('reads what stands in an input', () => {
    expect([toMicros('12.5'), toMicros('')]).toEqual([12_500_000, 0]);
  });
});
