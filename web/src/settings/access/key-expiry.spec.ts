import { describe, expect, it } from '@jest/globals';
import { expiryAfter, isDead } from './key-expiry.ts';

const NOW = Date.parse('2026-01-25T10:00:00Z');

describe('expiryAfter', () => {
  it('is that many days later, or never', () => {
    expect([expiryAfter('30', NOW), expiryAfter('never', NOW)]).toEqual(['2026-02-24T10:00:00.000Z', undefined]);
  });
});

describe('isDead', () => {
  it('holds of revoked and of expired keys only', () => {
    expect([
      isDead({}, NOW),
      isDead({ revokedAt: '2026-01-01T00:00:00Z' }, NOW),
      isDead({ expiresAt: '2026-01-25T10:00:00Z' }, NOW),
      isDead({ expiresAt: '2026-01-25T10:00:01Z' }, NOW),
    ]).toEqual([false, true, true, false]);
  });
});
