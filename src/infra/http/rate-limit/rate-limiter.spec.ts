import { describe, expect, it } from '@jest/globals';
import { RateLimiter } from './rate-limiter.js';

describe('RateLimiter', () => {
  it('keeps callers apart and tells policy and rest as structured fields', () => {
    const limiter = new RateLimiter({ name: 'key', limit: 2, windowSeconds: 60 });
    expect(limiter.take('a', 0).isAllowed).toBe(true);
    expect(limiter.take('a', 0).isAllowed).toBe(true);
    const refused = limiter.take('a', 0);
    expect(refused.isAllowed).toBe(false);
    expect(limiter.headersOf(refused)).toEqual({ 'RateLimit-Policy': '"key";q=2;w=60', RateLimit: '"key";r=0;t=30' });
    expect(limiter.take('b', 0).isAllowed).toBe(true);
  });

  it('remembers no more callers than it may, and forgets the one not seen for longest', () => {
    const limiter = new RateLimiter({ name: 'key', limit: 1, windowSeconds: 60 }, 2);
    limiter.take('a', 0);
    limiter.take('b', 0);
    expect(limiter.take('a', 0).isAllowed).toBe(false);
    limiter.take('c', 0);
    expect(limiter.take('a', 0).isAllowed).toBe(false);
    expect(limiter.take('b', 0).isAllowed).toBe(true);
  });
});
