import { describe, expect, it } from '@jest/globals';
import { isCredentials } from './is-credentials.js';

describe('isCredentials', () => {
  it.each([
    [{ accessToken: 'act.1', refreshToken: 'rft-2' }, true],
    // An ellipsis out of a manual would fail in a header and look like a platform that is away.
    [{ accessToken: 'act.…' }, false],
    [{ accessToken: 'act\n' }, false],
    [{ accessToken: '' }, false],
    [{}, false],
  ])('%j: %s', (value, verdict) => expect(isCredentials(value)).toBe(verdict));
});
