import { describe, expect, it } from '@jest/globals';
import { checkObject, checkPostWords, isStorableText } from './post-rules.js';

const rulesOf = (words: Parameters<typeof checkPostWords>[0]) =>
  checkPostWords(words).map(({ field, rule }) => `${field} ${rule}`);

describe('checkPostWords', () => {
  it('accepts words within every limit, and none at all', () => {
    expect(rulesOf({})).toEqual([]);
    expect(rulesOf({ caption: 'x'.repeat(5_000), title: null, tags: ['a', 'b'], variants: { tiktok: null } })).toEqual(
      [],
    );
  });

  it('names every fault at its place', () => {
    const words = {
      caption: 'x'.repeat(5_001),
      title: 'half \ud800',
      tags: ['a', 'a', ' '],
      options: { deep: [{ nul: '\u0000' }] },
      variants: { tiktok: { caption: 'y'.repeat(6_000) }, reels: { options: { big: 'z'.repeat(20_000) } } },
    };
    expect(rulesOf(words)).toEqual([
      'caption text.max_utf16',
      'title text.unreadable',
      'tags.2 tags.empty',
      'tags tags.unique',
      'options text.unreadable',
      'variants.tiktok.caption text.max_utf16',
      'variants.reels.options object.max_json',
    ]);
  });

  it('counts what is there and what is allowed', () => {
    expect(checkPostWords({ tags: Array.from({ length: 31 }, (_, index) => `t${index}`) })).toEqual([
      expect.objectContaining({ field: 'tags', limit: 30, actual: 31 }),
    ]);
  });

  it('keeps recycling for evergreen posts and refuses keys nobody knows', () => {
    expect(rulesOf({ kind: 'evergreen', recycling: { gap: 3, gapFreq: 'week' } })).toEqual([]);
    expect(rulesOf({ kind: 'one_shot', recycling: {} })).toEqual(['recycling recycling.evergreen_only']);
    expect(rulesOf({ kind: 'evergreen', recycling: { gapp: 3 } })).toEqual(['recycling.gapp unknownField']);
  });
});

describe('isStorableText', () => {
  it('takes emoji and refuses their halves', () => {
    expect(isStorableText('🎬')).toBe(true);
    expect(isStorableText('🎬'.slice(1))).toBe(false);
  });
});

describe('checkObject', () => {
  it('looks at keys too', () => {
    expect(checkObject('options', { 'a\u0000': 1 })).toHaveLength(1);
  });
});
