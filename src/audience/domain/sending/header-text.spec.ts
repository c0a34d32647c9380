import { describe, expect, it } from '@jest/globals';
import { asciiDomain, encodedMailbox, encodedText, header } from './header-text.js';

const decoded = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/g, (_all, body: string) => Buffer.from(body, 'base64').toString('utf8'));

describe('header', () => {
  it('folds at blanks and keeps every line below 78 characters', () => {
    const [, value] = header('Subject', 'word '.repeat(60).trim());
    const lines = `Subject: ${value}`.split('\r\n');
    expect(lines.length).toBeGreaterThan(3);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(78);
    expect(lines.slice(1).every((line) => line.startsWith(' '))).toBe(true);
    expect(value.replace(/\r\n /g, ' ')).toBe('word '.repeat(60).trim());
  });

  it.each(['a\r\nBcc: all@example.org', 'a\nb', 'a\u0000b', 'x'.repeat(1_000)])('refuses %j', (value) => {
    expect(() => header('Subject', value)).toThrow(expect.objectContaining({ code: 'mail.header_break' }));
  });

  it('refuses a name that is more than a name', () => {
    expect(() => header('X: y\r\nBcc', 'a')).toThrow(expect.objectContaining({ code: 'mail.header_break' }));
  });
});

describe('encodedText', () => {
  it('leaves plain ASCII alone', () => {
    expect(encodedText('TikTok is down; we are still here')).toBe('TikTok is down; we are still here');
  });

  it('encodes everything else without cutting a character', () => {
    const subject = `Grüße ${'🎬'.repeat(40)} und mehr`;
    const encoded = encodedText(subject);
    expect(decoded(encoded)).toBe(subject);
    expect(Math.max(...encoded.split(' ').map(({ length }) => length))).toBeLessThanOrEqual(75);
  });

  it('encodes text that would be read as an encoded word', () => {
    expect(decoded(encodedText('=?UTF-8?B?SGk=?='))).toBe('=?UTF-8?B?SGk=?=');
  });
});

describe('encodedMailbox', () => {
  it.each([
    ['news@example.org', 'news@example.org'],
    ['Studio <news@example.org>', 'Studio <news@example.org>'],
    ['Ana, "the" one <a@example.org>', '"Ana, \\"the\\" one" <a@example.org>'],
    ['<a@bücher.example>', '<a@xn--bcher-kva.example>'],
  ])('writes %s as %s', (mailbox, written) => {
    expect(encodedMailbox(mailbox)).toBe(written);
  });

  it('encodes a name that is not ASCII', () => {
    const written = encodedMailbox('Jürgen Größe <j@example.org>');
    expect(written).toMatch(/^=\?UTF-8\?B\?\S+\?= <j@example\.org>$/);
    expect(decoded(written)).toBe('Jürgen Größe <j@example.org>');
  });
});

describe('asciiDomain', () => {
  it('keeps an odd local part', () => {
    expect(asciiDomain('"odd one"@exämple.org')).toBe('"odd one"@xn--exmple-cua.org');
    expect(asciiDomain('o’brien+x@example.org')).toBe('o’brien+x@example.org');
  });
});
