import { describe, expect, it } from '@jest/globals';
import { plusMs } from '../../../kernel/durations.js';
import { SIGN_UP_WINDOW_MS, SIGN_UPS_PER_WINDOW, SignUpLimiter } from './sign-up-limiter.js';

const now = new Date('2026-01-25T10:00:00Z');

describe('SignUpLimiter', () => {
  it('admits a window full, then refuses until the window ends', () => {
    const limiter = new SignUpLimiter(SIGN_UPS_PER_WINDOW);
    const tries = Array.from({ length: SIGN_UPS_PER_WINDOW + 1 }, () => limiter.admits('w|1.2.3.4', now));
    expect(tries.filter(Boolean)).toHaveLength(SIGN_UPS_PER_WINDOW);
    expect(limiter.admits('w|1.2.3.4', plusMs(now, SIGN_UP_WINDOW_MS))).toBe(true);
  });

  it('keeps senders apart', () => {
    const limiter = new SignUpLimiter(SIGN_UPS_PER_WINDOW);
    for (let sent = 0; sent <= SIGN_UPS_PER_WINDOW; sent += 1) limiter.admits('w|1.2.3.4', now);
    expect(limiter.admits('w|5.6.7.8', now)).toBe(true);
  });
});
