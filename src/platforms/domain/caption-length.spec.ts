import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { captionLength, cutToUtf16 } from './caption-length.js';

describe('captionLength', () => {
  it.each([
    ['soup', 4, 4, 4],
    ['é', 1, 1, 2],
    ['👨‍👩‍👧', 8, 1, 18],
    ['', 0, 0, 0],
  ])('counts %s in each unit', (text, utf16, graphemes, bytes) => {
    expect(captionLength(text, 'utf16')).toBe(utf16);
    expect(captionLength(text, 'graphemes')).toBe(graphemes);
    expect(captionLength(text, 'bytes')).toBe(bytes);
  });

  it('never counts more graphemes than UTF-16 units', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(captionLength(text, 'graphemes')).toBeLessThanOrEqual(captionLength(text, 'utf16'));
      }),
    );
  });
});

describe('cutToUtf16', () => {
  it('gives a start of the text within the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, max) => {
        const cut = cutToUtf16(text, max);
        expect(cut.length).toBeLessThanOrEqual(max);
        expect(text.startsWith(cut)).toBe(true);
      }),
    );
  });

  it('does not cut a family in two', () => {
    expect(cutToUtf16('a👨‍👩‍👧', 5)).toBe('a');
  });
});
