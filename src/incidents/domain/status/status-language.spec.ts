import { describe, expect, it } from '@jest/globals';
import { chooseLanguage } from './status-language.js';

describe('chooseLanguage', () => {
  it.each([
    [undefined, undefined, 'en'],
    ['fr', 'en', 'fr'],
    ['FR-be', undefined, 'fr'],
    ['xx', 'fr-CA,en;q=0.8', 'fr'],
    [undefined, 'de, fr;q=0.4, en;q=0.7', 'en'],
    [undefined, 'de-CH', 'en'],
    [undefined, 'fr;q=0, en;q=0.1', 'en'],
    [undefined, 'fr;q=nonsense', 'fr'],
  ])('lang=%s and Accept-Language %s: %s', (asked, accepted, language) => {
    expect(chooseLanguage(asked, accepted)).toBe(language);
  });
});
