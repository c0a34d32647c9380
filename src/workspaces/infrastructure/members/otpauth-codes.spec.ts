import { describe, expect, it } from '@jest/globals';
import { Secret } from 'otpauth';
import { OtpauthCodes } from './otpauth-codes.js';

const codes = new OtpauthCodes();
/** RFC 6238, appendix B: the secret of its table, whose eight digits end in ours. */
const SECRET = Secret.fromUTF8('12345678901234567890').base32;
const at = (seconds: number) => new Date(seconds * 1000);

describe('time-based codes', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238 at %d s', (seconds, code) => {
    expect(codes.stepOf(SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
  });

  it('count thirty seconds before and after, as the step they belong to, and no longer', () => {
    expect(codes.stepOf(SECRET, '287082', at(59 + 30))).toBe(1);
    expect(codes.stepOf(SECRET, '287082', at(29))).toBe(1);
    expect(codes.stepOf(SECRET, '287082', at(59 + 60))).toBeUndefined();
  });

  it.each(['', '28708', '2870820', 'abcdef', '２８７０８２'])('are never %p', (typed) => {
    expect(codes.stepOf(SECRET, typed, at(59))).toBeUndefined();
  });

  it('are told to an app with 160 random bits', () => {
    const [one, other] = [codes.newSecret(), codes.newSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(other).not.toBe(one);
    expect(codes.urlOf(one, 'olga@example.com')).toBe(
      `otpauth://totp/Perennial:olga%40example.com?issuer=Perennial&secret=${one}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
