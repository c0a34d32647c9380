import { describe, expect, it } from '@jest/globals';
import { clearedCookie, sessionCookie, tokenIn } from './session-cookie.js';

describe('the session cookie', () => {
  it('cannot be read by scripts, sent along by foreign forms, or go in the clear where there is TLS', () => {
    expect(sessionCookie('t', 60, true)).toBe('__Host-perennial=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure');
    expect(sessionCookie('t', 60, false)).toBe('perennial=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=60');
    expect(clearedCookie(false)).toContain('perennial=; ');
  });

  it('is found among others, and only by its whole name', () => {
    expect(tokenIn('a=b; perennial=t-1; c=d', false)).toBe('t-1');
    expect(tokenIn('notperennial=t-1', false)).toBeUndefined();
    expect(tokenIn('perennial=t-1', true)).toBeUndefined();
    expect(tokenIn('perennial=', false)).toBeUndefined();
    expect(tokenIn(undefined, false)).toBeUndefined();
  });
});
