import { describe, expect, it } from '@jest/globals';
import { AddressKeys, tokenHash } from './address-keys.js';

const keys = new AddressKeys(Buffer.alloc(32, 7));
const hmac = keys.hmacOf('w1', 'ana@example.org');

describe('AddressKeys', () => {
  it('recognises an address again and tells workspaces apart', () => {
    expect(keys.hmacOf('w1', 'ana@example.org')).toEqual(hmac);
    expect(keys.hmacOf('w2', 'ana@example.org')).not.toEqual(hmac);
  });

  it('depends on its key', () => {
    expect(new AddressKeys(Buffer.alloc(32, 8)).hmacOf('w1', 'ana@example.org')).not.toEqual(hmac);
  });

  it('gives a 128 bit token per link, the same when asked again', () => {
    const token = keys.confirmToken('w1', hmac, 1);
    expect(Buffer.from(token, 'base64url')).toHaveLength(16);
    expect(keys.confirmToken('w1', hmac, 1)).toBe(token);
    expect(keys.confirmToken('w1', hmac, 2)).not.toBe(token);
    expect(tokenHash(token)).toHaveLength(32);
  });
});
