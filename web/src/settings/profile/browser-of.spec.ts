import { describe, expect, it } from '@jest/globals';
import { browserOf } from './browser-of.ts';

describe('browserOf', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox, Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge, Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile Safari/604.1',
      'Safari, iOS',
    ],
    ['curl/8.5.0', undefined],
  ])('reads %s', (userAgent, browser) => {
    expect(browserOf(userAgent)).toBe(browser);
  });
});
