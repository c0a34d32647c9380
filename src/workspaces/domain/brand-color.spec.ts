import { describe, expect, it } from '@jest/globals';
import { inkOn } from './brand-color.js';

describe('inkOn', () => {
  it.each([
    ['#ffffff', '#000000'],
    ['#ffd43b', '#000000'],
    ['#000000', '#ffffff'],
    ['#0b5cad', '#ffffff'],
    ['#757575', '#ffffff'],
    ['#777777', '#000000'],
  ])('writes on %s in %s', (color, ink) => {
    expect(inkOn(color)).toBe(ink);
  });
});
