import { describe, expect, it } from '@jest/globals';
import { normaliseEmail } from './email-address.js';

describe('normaliseEmail', () => {
  it.each([
    ['  Ana@Example.ORG ', 'ana@example.org'],
    ['a.b+news@example.org', 'a.b+news@example.org'],
    ['jo\u0065\u0301@example.org', 'jo\u00e9@example.org'],
    ['ana@bücher.example', 'ana@xn--bcher-kva.example'],
    ['ana@localhost', 'ana@localhost'],
  ])('spells %j as %j', (given, expected) => {
    expect(normaliseEmail(given)).toBe(expected);
  });

  it.each([
    '',
    'ana',
    '@example.org',
    'ana@',
    'a b@example.org',
    'ana@exa mple.org',
    'ana@-x.org',
    'a..b@example.org',
    'ana@example.org\r\nBcc: eve@example.org',
    'ana\r\nX: y@example.org',
    '<ana@example.org>',
    '"a b"@example.org',
    'a\u200bna@example.org',
    'ana\u202e@example.org',
    'jos\ufffd@example.org',
    'ana@example.org\u0000',
    'ana@exa\ufffdmple.org',
    'ana@[127.0.0.1]',
    `${'a'.repeat(65)}@example.org`,
    `ana@${'a'.repeat(64)}.org`,
  ])('refuses %j', (given) => {
    expect(normaliseEmail(given)).toBeUndefined();
  });
});
