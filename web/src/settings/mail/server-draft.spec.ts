import { describe, expect, it } from '@jest/globals';
import { NEW_SERVER, toServerWish } from './server-draft.ts';

describe('toServerWish', () => {
  it('sends no password that was not typed, and null for no limit', () => {
    const wish = toServerWish({ ...NEW_SERVER, host: ' mail.example.com ' }, '2026-01-25');
    expect(wish).toMatchObject({ host: 'mail.example.com', port: 465, perSecond: null, warmUp: null });
    expect(wish).not.toHaveProperty('password');
  });

  it('begins a warm-up today unless a day was named', () => {
    const draft = { ...NEW_SERVER, isWarmingUp: true };
    expect(toServerWish(draft, '2026-01-25').warmUp?.from).toBe('2026-01-25');
    expect(toServerWish({ ...draft, warmUpFrom: '2026-01-20' }, '2026-01-25').warmUp?.from).toBe('2026-01-20');
  });
});
