import { describe, expect, it } from '@jest/globals';
import { tokenOf } from './link-token.ts';

describe('tokenOf', () => {
  it('is what stands behind the sign', () => {
    expect(tokenOf('#abc_1-2')).toBe('abc_1-2');
  });

  it('is empty without a sign or behind a bare one', () => {
    expect([tokenOf(''), tokenOf('#')]).toEqual(['', '']);
  });

  it('reads what a mail program escaped, and leaves what is no escape', () => {
    expect([tokenOf('#a%2Bb'), tokenOf('#100%')]).toEqual(['a+b', '100%']);
  });
});
