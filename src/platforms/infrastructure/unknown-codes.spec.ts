import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnknownCodes } from './unknown-codes.js';

describe('UnknownCodes', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['log', 'error', 'warn']));

  it('counts each code', () => {
    const codes = new UnknownCodes();
    for (const code of ['a', 'b', 'a']) codes.report({ platform: 'skylight', call: 'x', code });
    expect(codes.counts()).toEqual({ 'skylight x a': 2, 'skylight x b': 1 });
  });

  it('keeps little of a code that a server of somebody else makes up', () => {
    const codes = new UnknownCodes();
    codes.report({ platform: 'skylight', call: 'c'.repeat(1_000_000), code: 'x'.repeat(1_000_000) });
    expect(Object.keys(codes.counts()).join('').length).toBeLessThan(300);
  });
});
