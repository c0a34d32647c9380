import { describe, expect, it } from '@jest/globals';
import { shownWords } from './preview-look.ts';

describe('shownWords', () => {
  it('is the title of a Short, else its caption’s first line', () => {
    expect(shownWords('shorts', { caption: 'One\nTwo', title: 'T', options: {} })).toBe('T');
    expect(shownWords('shorts', { caption: 'One\nTwo', title: ' ', options: {} })).toBe('One');
  });

  it('is the caption elsewhere', () => {
    expect(shownWords('tiktok', { caption: 'One\nTwo', title: 'T', options: {} })).toBe('One\nTwo');
  });
});
