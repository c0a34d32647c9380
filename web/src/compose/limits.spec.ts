import { describe, expect, it } from '@jest/globals';
import type { PlatformDto } from '../api/generated/types.gen.ts';
import { hasTitle, metersOf } from './limits.ts';

const platform = (rules: readonly object[]): PlatformDto => ({ capabilities: { rules } }) as unknown as PlatformDto;
const row = (rule: string, max: number, rest: object = {}) => ({ rule, field: 'caption', unit: 'u', max, ...rest });

describe('metersOf', () => {
  it('counts as the platform counts: one family is one grapheme, and many bytes', () => {
    const rules = [row('caption.max_graphemes', 10), row('caption.max_bytes', 100), row('caption.max_utf16', 100)];
    const used = metersOf(platform(rules), 'caption', '👨‍👩‍👧').map(({ rule, used: count }) => [rule, count]);
    expect(Object.fromEntries(used)).toEqual({
      'caption.max_graphemes': 1,
      'caption.max_bytes': 18,
      'caption.max_utf16': 8,
    });
  });

  it('puts the tightest limit first and says how near it is', () => {
    const rules = [row('caption.max_utf16', 100), row('caption.max_hashtags', 2)];
    expect(metersOf(platform(rules), 'caption', '#a #b #c').map(({ rule, level }) => [rule, level])).toEqual([
      ['caption.max_hashtags', 'over'],
      ['caption.max_utf16', 'fine'],
    ]);
    expect(metersOf(platform([row('caption.max_utf16', 10)]), 'caption', '123456789')[0]?.level).toBe('near');
    expect(metersOf(platform([row('caption.max_utf16', 10)]), 'caption', '1234567890')[0]?.level).toBe('near');
  });

  it('leaves out advice, other fields and what cannot be counted here', () => {
    const rules = [
      row('caption.max_utf16', 5, { isAdvice: true }),
      row('caption.unheard_of', 5),
      { rule: 'title.length', field: 'title', unit: 'u', max: 100 },
    ];
    expect(metersOf(platform(rules), 'caption', 'words')).toEqual([]);
    expect(hasTitle(platform(rules))).toBe(true);
    expect(metersOf(undefined, 'caption', 'words')).toEqual([]);
  });
});
