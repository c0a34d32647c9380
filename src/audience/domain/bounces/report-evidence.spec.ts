import { describe, expect, it } from '@jest/globals';
import { evidenceOf } from './report-evidence.js';

describe('evidenceOf', () => {
  it('keeps the words and no address', () => {
    expect(evidenceOf('550 5.1.1 <ana.b@x.example>:\r\n user\u0000 unknown (ana@x.example)')).toBe(
      '550 5.1.1 <[address]>: user  unknown ([address])',
    );
  });

  it('is at most 500 characters long', () => {
    expect(evidenceOf('x'.repeat(1_000_000))).toHaveLength(500);
  });
});
