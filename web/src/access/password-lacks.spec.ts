import { describe, expect, it } from '@jest/globals';
import { passwordLacks } from './password-lacks.ts';

describe('passwordLacks', () => {
  it('counts what is missing to fifteen', () => {
    expect([passwordLacks(''), passwordLacks('fourteen chars'), passwordLacks('fifteen charact')]).toEqual([15, 1, 0]);
  });

  it('counts a character outside of the basic plane once', () => {
    expect(passwordLacks('🦊'.repeat(14))).toBe(1);
  });
});
