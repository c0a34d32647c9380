import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { PageTokens } from './page-token.js';

describe('PageTokens', () => {
  const tokens = new PageTokens(Buffer.alloc(32, 1));
  const id = randomUUID();

  it('names a page for good, and its id comes back out', () => {
    expect(tokens.read('links', tokens.tokenOf('links', id))).toBe(id);
    expect(tokens.tokenOf('links', id)).toBe(tokens.tokenOf('links', id));
  });

  it('opens no page of another kind, and none of another installation', () => {
    expect(tokens.read('notice', tokens.tokenOf('links', id))).toBeUndefined();
    expect(new PageTokens(Buffer.alloc(32, 2)).read('links', tokens.tokenOf('links', id))).toBeUndefined();
  });

  it('takes no text but its own', () => {
    const token = tokens.tokenOf('links', id);
    const odd = [
      '',
      'x',
      `${token}=`,
      ` ${token}`,
      token.slice(1),
      token.replace(/.$/, token.endsWith('A') ? 'Q' : 'A'),
    ];
    expect(odd.map((text) => tokens.read('links', text))).toEqual(odd.map(() => undefined));
  });
});
