import { describe, expect, it } from '@jest/globals';
import { readLink, shareLinkHint } from './share-link.js';

describe('the link a person gives', () => {
  it.each([
    ['', 'none'],
    ['  ', 'none'],
    [undefined, 'none'],
    [' https://example.com/v/1 ', 'link'],
    ['http://example.com', 'refused'],
    ['javascript:alert(1)', 'refused'],
    ['https://user:pass@example.com', 'refused'],
    ['not a link', 'refused'],
    [`https://example.com/${'x'.repeat(500)}`, 'refused'],
  ])('%s is read as %s', (text, expected) => {
    expect(readLink(text).kind).toBe(expected);
  });

  it('is kept without the spaces around it', () => {
    expect(readLink(' https://example.com/v/1 ')).toEqual({ kind: 'link', link: 'https://example.com/v/1' });
  });

  it('is compared with UpScrolled’s share links as a hint, never as a gate', () => {
    expect(shareLinkHint('upscrolled', 'https://share.upscrolled.com/en/post/Ab-1_2')).toBeUndefined();
    expect(shareLinkHint('upscrolled', 'https://example.com/v')).toContain('usually look like');
    expect(shareLinkHint('tiktok', 'https://example.com/v')).toBeUndefined();
    expect(shareLinkHint('upscrolled', undefined)).toBeUndefined();
  });

  it.each(['https://a.example/\u0000', 'https://a.example/\nx', 'https://a.exa\tmple/'])(
    'refuses control characters, which an address may hold and a database or a log may not: %j',
    (text) => {
      expect(readLink(text)).toEqual({ kind: 'refused' });
    },
  );
});
