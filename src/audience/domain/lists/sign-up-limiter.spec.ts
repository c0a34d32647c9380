import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../../kernel/durations.js';
import { SIGN_UP_WINDOW_MS, SIGN_UPS_PER_WINDOW, SignUpLimiter } from './sign-up-limiter.js';

const REMEMBERED = 10_000;
const now = new Date('2026-01-25T10:00:00Z');

describe('SignUpLimiter', () => {
  it('admits a window full, then refuses until the window ends', () => {
    const limiter = new SignUpLimiter(SIGN_UPS_PER_WINDOW);
    const tries = Array.from({ length: SIGN_UPS_PER_WINDOW + 1 }, () => limiter.admits('w|1.2.3.4', now));
    expect(tries.filter(Boolean)).toHaveLength(SIGN_UPS_PER_WINDOW);
    expect(limiter.admits('w|1.2.3.4', plusMs(now, SIGN_UP_WINDOW_MS))).toBe(true);
  });

  it('forgets the oldest window first when it remembers too many', () => {
    const limiter = new SignUpLimiter(1);
    const later = plusMs(now, SIGN_UP_WINDOW_MS);
    limiter.admits('back again', now);
    for (let other = 2; other < REMEMBERED; other += 1) limiter.admits(`${other}`, plusMs(now, 1));
    expect(limiter.admits('back again', later)).toBe(true);
    for (const another of ['the last that fits', 'one too many']) limiter.admits(another, later);
    expect(limiter.admits('back again', later)).toBe(false);
  });

  it('keeps senders apart', () => {
    const limiter = new SignUpLimiter(SIGN_UPS_PER_WINDOW);
    for (let sent = 0; sent <= SIGN_UPS_PER_WINDOW; sent += 1) limiter.admits('w|1.2.3.4', now);
    expect(limiter.admits('w|5.6.7.8', now)).toBe(true);
  });
});
