import { describe, expect, it } from '@jest/globals';
import { changeLinks, leadsTo, utmFor, withUtm } from './caption-links.js';

const mark = (caption: string) => changeLinks(caption, ['tea.example'], (link) => `[${link}]`);

describe('changeLinks', () => {
  it('finds links of ours in a sentence, without its signs, and leaves others alone', () => {
    expect(mark('See https://tea.example/menu, or (https://shop.tea.example/a_(b)). https://other.example')).toBe(
      'See [https://tea.example/menu], or ([https://shop.tea.example/a_(b)]). https://other.example',
    );
    expect(mark('„https://tea.example“ — HTTPS://TEA.EXAMPLE/X?')).toBe(
      '„[https://tea.example]“ — [HTTPS://TEA.EXAMPLE/X]?',
    );
    expect(mark('no links, tea.example')).toBe('no links, tea.example');
  });

  it('is not deceived by who only looks like us', () => {
    for (const link of [
      'https://tea.example@evil.example/',
      'https://eviltea.example/',
      'https://tea.example.evil.example/',
      'https://evil.example/?https://tea.example',
      'https://evil.example#tea.example',
    ])
      expect({ link, ours: leadsTo(link, ['tea.example']) }).toEqual({ link, ours: false });
  });
});

describe('withUtm', () => {
  const utm = { source: 'tiktok', campaign: 'Frühling & Tee=50%' };

  it('adds what is missing behind what is there, before the fragment, encoded', () => {
    const added = 'utm_source=tiktok&utm_campaign=Fr%C3%BChling%20%26%20Tee%3D50%25';
    expect(withUtm('https://tea.example', utm)).toBe(`https://tea.example?${added}`);
    expect(withUtm('https://tea.example/a?b=%2f+c#top?x', utm)).toBe(`https://tea.example/a?b=%2f+c&${added}#top?x`);
    expect(withUtm('https://tea.example/?', utm)).toBe(`https://tea.example/?${added}`);
    const url = new URL(withUtm('https://tea.example/a', utm));
    expect(url.searchParams.get('utm_campaign')).toBe(utm.campaign);
  });

  it('keeps parameters that the link has, however often it is done', () => {
    const own = 'https://tea.example/?utm_source=mail';
    const once = withUtm(own, utm);
    expect(new URL(once).searchParams.getAll('utm_source')).toEqual(['mail']);
    expect(withUtm(once, utm)).toBe(once);
    expect(withUtm(own, {})).toBe(own);
  });
});

describe('utmFor', () => {
  it('takes the platform’s own before those for all, and fills in', () => {
    const settings = { '*': { source: '{platform}', medium: 'social' }, reels: { source: 'ig', content: '{post}' } };
    expect(utmFor(settings, { platform: 'tiktok', postId: 'p' })).toEqual({ source: 'tiktok', medium: 'social' });
    expect(utmFor(settings, { platform: 'reels', postId: 'p' })).toEqual({
      ...{ source: 'ig', medium: 'social', content: 'p' },
    });
  });
});
