import { describe, expect, it } from '@jest/globals';
import { checkHashtags, hashtagOf } from './hashtag-set.js';

const rulesOf = (...hashtags: string[]) =>
  checkHashtags(hashtags.map(hashtagOf)).map(({ field, rule }) => `${field}: ${rule}`);

describe('hashtags of a set', () => {
  it('have a sign and one form, in every script', () => {
    expect(hashtagOf(' cafe\u0301 ')).toBe('#café');
    expect(rulesOf('tea', '#Чай', '#お茶', '#हिन्दी', '#2go', '#_a')).toEqual([]);
  });

  it('are named one by one where they are none', () => {
    expect(rulesOf('tea time', '#', '##tea', '#2026', '#tea-time', '_', 'a\u0000b')).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((index) => `hashtags.${index}: hashtag.form`),
    );
    expect(rulesOf('#tea', '#Tea')).toEqual(['hashtags.1: hashtag.unique']);
    expect(rulesOf('x'.repeat(100))).toEqual(['hashtags.0: hashtag.max_utf16']);
  });

  it('are at least one and at most a hundred', () => {
    expect(rulesOf()).toEqual(['hashtags: hashtags.count']);
    expect(rulesOf(...Array.from({ length: 101 }, (_, n) => `t${n}`))).toEqual(['hashtags: hashtags.count']);
  });
});
