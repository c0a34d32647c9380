import { describe, expect, it } from '@jest/globals';
import { GooglePhoneNumbers } from './google-phone-numbers.js';

const phones = new GooglePhoneNumbers();

describe('GooglePhoneNumbers', () => {
  it.each([
    ['+33 6 12 34 56 78', undefined, '+33612345678'],
    ['06 12 34 56 78', 'FR', '+33612345678'],
    ['(201) 555-0123', 'US', '+12015550123'],
    ['+44 7400 123456', 'FR', '+447400123456'],
    ['\u00a0+1-201-555-0123 ', undefined, '+12015550123'],
  ])('reads %j (%s) as %s', (given, country, number) => {
    expect(phones.parse(given, country)).toBe(number);
  });

  it('tells the country of a number', () => {
    expect(phones.countryOf('+33612345678')).toBe('FR');
    expect(phones.countryOf('nonsense')).toBeUndefined();
  });

  it.each([
    ['06 12 34 56 78', undefined],
    ['06 12 34 56 78', 'XX'],
    ['+33 6 12', undefined],
    ['+999 123 456 789', undefined],
    ['call +33612345678 now', undefined],
    ['+33612345678;ext=5', undefined],
    ['1-800-FLOWERS', 'US'],
    ['+33612345678\r\nX: y', undefined],
    ['', 'FR'],
    ['9'.repeat(10_000), 'FR'],
  ])('refuses %j (%s)', (given, country) => {
    expect(phones.parse(given, country)).toBeUndefined();
  });
});
