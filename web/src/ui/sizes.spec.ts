import { describe, expect, it } from '@jest/globals';
import { lengthText, sizeText } from './sizes.ts';

describe('sizeText', () => {
  it('says sizes in the largest unit that fits, in the language', () => {
    expect(sizeText(0, 'en')).toBe('0 byte');
    expect(sizeText(12_345, 'en')).toBe('12 kB');
    expect(sizeText(12_345_678, 'en')).toBe('12.3 MB');
    expect(sizeText(12_345_678, 'fr')).toMatch(/^12,3\sMo$/u);
  });
});

describe('lengthText', () => {
  it('counts minutes and seconds', () => {
    expect(lengthText(5_021)).toBe('0:05');
    expect(lengthText(65_400)).toBe('1:05');
  });
});
