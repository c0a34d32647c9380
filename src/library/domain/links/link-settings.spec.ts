import { describe, expect, it } from '@jest/globals';
import { readLinkSettings } from './link-settings.js';

const faultsOf = (given: Partial<Parameters<typeof readLinkSettings>[0]>): string[] => {
  try {
    readLinkSettings({ domains: [], utm: {}, shorten: false, ...given });
    return [];
  } catch (error) {
    return (error as { violations: { field: string; rule: string }[] }).violations.map(
      ({ field, rule }) => `${field}: ${rule}`,
    );
  }
};

describe('settings of links', () => {
  it('keep hosts as links are compared with them', () => {
    const { domains } = readLinkSettings({
      domains: [' Tea.Example ', 'TEA.example', 'köln.example'],
      utm: {},
      shorten: true,
    });
    expect(domains).toEqual(['tea.example', 'xn--kln-sna.example']);
  });

  it('name what is no host, no platform, no parameter and no value', () => {
    const domains = ['https://tea.example', 'tea', 'a.example/x', 'a.example:80', 'u@a.example', ''];
    expect(faultsOf({ domains })).toEqual(domains.map((_, index) => `domains.${index}: domain.form`));
    expect(faultsOf({ domains: Array.from({ length: 21 }, (_, n) => `a${n}.example`) })).toEqual([
      'domains: domains.max',
    ]);
    const utm = { myspace: {}, tiktok: 'x', reels: { utm_source: 'a', source: '' }, '*': { medium: 'x'.repeat(101) } };
    expect(faultsOf({ utm })).toEqual([
      'utm.myspace: unknownField',
      'utm.tiktok: utm.form',
      'utm.reels.utm_source: unknownField',
      'utm.reels.source: utm.value',
      'utm.*.medium: utm.value',
    ]);
  });
});
