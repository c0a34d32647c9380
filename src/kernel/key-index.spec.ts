import { describe, expect, it } from '@jest/globals';
import { KeyIndex } from './key-index.js';

describe('KeyIndex', () => {
  it('keeps one value for the same three words, in the order in which they came', () => {
    const index = new KeyIndex<{ readonly made: number }>();
    const first = index.getOrAdd('tiktok', 'us', 'publish', () => ({ made: 1 }));
    index.getOrAdd('reels', 'us', 'publish', () => ({ made: 2 }));
    expect(index.getOrAdd('tiktok', 'us', 'publish', () => ({ made: 3 }))).toBe(first);
    expect(index.get('tiktok', 'us', 'read')).toBeUndefined();
    expect(index.values()).toEqual([{ made: 1 }, { made: 2 }]);
  });

  it('tells words apart that look alike when they are joined', () => {
    const index = new KeyIndex<number>();
    index.getOrAdd('a', 'bc', 'd', () => 1);
    expect(index.get('ab', 'c', 'd')).toBeUndefined();
  });
});
