import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SeenAddresses } from './seen-addresses.js';

const hmac = (n: number): Buffer => createHash('sha256').update(String(n)).digest();

describe('SeenAddresses', () => {
  it('knows each address it was given, however many', () => {
    const seen = new SeenAddresses();
    const all = Array.from({ length: 20_000 }, (_, n) => hmac(n));
    expect(all.every((one) => seen.add(one))).toBe(true);
    expect(all.some((one) => seen.add(one))).toBe(false);
    expect(seen.add(hmac(20_000))).toBe(true);
  });

  it('tells a hash of zeros from a free place', () => {
    const seen = new SeenAddresses();
    expect(seen.add(Buffer.alloc(32))).toBe(true);
    expect(seen.add(Buffer.alloc(32))).toBe(false);
  });
});
