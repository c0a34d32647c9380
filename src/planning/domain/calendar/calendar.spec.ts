import { describe, expect, it } from '@jest/globals';
import { EXCERPT_LENGTH, excerptOf } from './calendar.js';

describe('excerptOf', () => {
  it('tells the title, and the caption where there is none', () => {
    expect(excerptOf({ title: 'Bread', caption: 'How to bake' })).toBe('Bread');
    expect(excerptOf({ title: '', caption: 'How to bake' })).toBe('How to bake');
    expect(excerptOf({ caption: 'How to bake' })).toBe('How to bake');
  });

  it('does not cut a character in two', () => {
    const words = 'a'.repeat(EXCERPT_LENGTH - 1);
    expect(excerptOf({ caption: `${words}🍞` })).toBe(words);
  });
});
