import { describe, expect, it } from '@jest/globals';
import { renamedTags } from './renamed-tags.js';

describe('renamedTags', () => {
  it('keeps the place, and one of two that become the same', () => {
    expect(renamedTags(['a', 'b', 'c'], { from: 'b', to: 'x' })).toEqual(['a', 'x', 'c']);
    expect(renamedTags(['a', 'b', 'c'], { from: 'c', to: 'a' })).toEqual(['a', 'b']);
    expect(renamedTags(['c', 'b', 'a'], { from: 'c', to: 'a' })).toEqual(['a', 'b']);
    expect(renamedTags(['b'], { from: 'a', to: 'x' })).toEqual(['b']);
  });
});
