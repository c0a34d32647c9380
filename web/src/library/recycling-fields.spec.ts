import { describe, expect, it } from '@jest/globals';
import { changesOf, fieldsOf } from './recycling-fields.ts';

const PLATFORMS = ['tiktok', 'reels'];
const stored = { gap: 2, gapFreq: 'week', cooldownDays: 14, expireDate: '2027-12-31' };

describe('how a post returns', () => {
  it('spreads one cooldown over the platforms, and leaves empty what the tags say', () => {
    expect(fieldsOf(stored, PLATFORMS)).toMatchObject({
      gap: 2,
      gapFreq: 'week',
      cooldownDays: { tiktok: 14, reels: 14 },
      priority: '',
    });
  });

  it('sends only what was typed otherwise, and null for what was taken back', () => {
    const before = fieldsOf(stored, PLATFORMS);
    expect(changesOf(before, before)).toEqual({});
    expect(changesOf(before, { ...before, gap: '', cooldownDays: { tiktok: 30 }, weight: 2 })).toEqual({
      gap: null,
      cooldownDays: { tiktok: 30 },
      weight: 2,
    });
    expect(changesOf(before, { ...before, cooldownDays: {} })).toEqual({ cooldownDays: null });
  });
});
