import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { hashOfRecoveryCode, mintRecoveryCode } from './recovery-code.js';

describe('a recovery code', () => {
  it('is found again however it is typed', () => {
    const { plain, hash } = mintRecoveryCode(randomBytes);
    expect(plain).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/);
    for (const typed of [plain, plain.toUpperCase(), plain.replaceAll('-', ''), ` ${plain.replaceAll('-', ' ')} `])
      expect(hashOfRecoveryCode(typed)).toEqual(hash);
  });

  it('carries every bit that was drawn', () => {
    expect(mintRecoveryCode((count) => Buffer.alloc(count, 0)).plain).toBe('aaaa-aaaa-aaaa-aaaa');
    expect(mintRecoveryCode((count) => Buffer.alloc(count, 0xff)).plain).toBe('7777-7777-7777-7777');
  });

  it.each(['', '123456', 'aaaa-aaaa-aaaa-aaa', 'aaaa-aaaa-aaaa-aaa1'])('cannot be %p', (typed) => {
    expect(hashOfRecoveryCode(typed)).toBeUndefined();
  });
});
