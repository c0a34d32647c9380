import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../kernel/ids.js';
import { HandOffTokens } from './hand-off-token.js';

const tokens = new HandOffTokens(Buffer.alloc(32, 7));
const until = new Date('2026-01-27T12:00:00Z');
const before = new Date('2026-01-27T11:59:59Z');

describe('a hand-off’s token', () => {
  it('names its hand-off until it ends', () => {
    const id = newId();
    const token = tokens.tokenOf(id, until);
    expect(tokens.read(token, before)).toBe(id);
    expect(tokens.read(token, until)).toBeUndefined();
  });

  it('does not survive a changed character, another key or another end', () => {
    const token = tokens.tokenOf(newId(), until);
    const [body = '', mac = ''] = token.split('.');
    const longer = tokens.tokenOf(newId(), new Date(until.getTime() + 1000)).split('.')[0] ?? '';
    const flipped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
    for (const forged of [
      `${flipped(body)}.${mac}`,
      `${body}.${flipped(mac)}`,
      `${longer}.${mac}`,
      body,
      '',
      '.',
      `${token}.`,
    ])
      expect(tokens.read(forged, before)).toBeUndefined();
    expect(new HandOffTokens(Buffer.alloc(32, 8)).read(token, before)).toBeUndefined();
  });

  it('is one text only: what a decoder would overlook makes it another one', () => {
    const token = tokens.tokenOf(newId(), until);
    const [body = '', mac = ''] = token.split('.');
    for (const odd of [
      `\\\\${token}`,
      `${body}:.${mac}`,
      `${body}.${mac}=`,
      `${token}=//x`,
      `"${token}`,
      `${body} .${mac}`,
    ])
      expect(tokens.read(odd, before)).toBeUndefined();
  });
});
