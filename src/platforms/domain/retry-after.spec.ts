import { describe, expect, it } from '@jest/globals';
import { retryAfterIn } from './retry-after.js';

const NOW = new Date('2026-01-25T06:00:00Z');
const at = (value: string) => retryAfterIn({ 'retry-after': value }, NOW)?.toISOString();

describe('retryAfterIn', () => {
  it('reads seconds and HTTP dates', () => {
    expect(at('600')).toBe('2026-01-25T06:10:00.000Z');
    expect(at('Sun, 25 Jan 2026 06:00:30 GMT')).toBe('2026-01-25T06:00:30.000Z');
  });

  it('takes what is missing, unreadable or over for silence', () => {
    expect(retryAfterIn({}, NOW)).toBeUndefined();
    expect(at('soon')).toBeUndefined();
    expect(at('0')).toBeUndefined();
    expect(at('-5')).toBeUndefined();
    expect(at('Sun, 25 Jan 2026 05:00:00 GMT')).toBeUndefined();
  });
});
