import { describe, expect, it } from '@jest/globals';
import { wayBack } from './way-back.ts';

describe('wayBack', () => {
  it('is the page that was asked for', () => {
    expect(wayBack({ from: '/calendar?view=week' })).toBe('/calendar?view=week');
  });

  it.each([
    [undefined],
    [{}],
    [{ from: 7 }],
    [{ from: 'https://elsewhere.example' }],
    [{ from: '//elsewhere.example' }],
    [{ from: '/\\elsewhere.example' }],
  ])('is the first page for %j', (state) => {
    expect(wayBack(state)).toBe('/');
  });
});
