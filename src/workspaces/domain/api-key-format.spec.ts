import { describe, expect, it } from '@jest/globals';
import { crc32 as nodeCrc32 } from 'node:zlib';
import { fc } from '../../../test/support/properties.js';
import { crc32 } from './crc32.js';
import { hashOf, mintKey, prefixOf } from './api-key-format.js';

const draws = fc.infiniteStream(fc.nat({ max: 61 }));
const minted = draws.map((stream) => mintKey(() => stream.next().value));

describe('api key format', () => {
  it('has a public id of 8, a secret of 43 and a checksum of 6 characters', () => {
    fc.assert(
      fc.property(minted, ({ plain, prefix }) => {
        expect(plain).toMatch(/^prn_live_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$/);
        expect(plain.startsWith(`${prefix}_`)).toBe(true);
      }),
    );
  });

  it('recognises every key it made and names its prefix', () => {
    fc.assert(fc.property(minted, ({ plain, prefix }) => expect(prefixOf(plain)).toBe(prefix)));
  });

  it('refuses a key with one character changed', () => {
    const changed = fc
      .tuple(minted, fc.nat({ max: 66 }), fc.constantFrom(...'09AZaz'))
      .map(([{ plain }, at, char]) => ({
        plain,
        typed: plain.slice(0, at) + char + plain.slice(at + 1),
      }));
    fc.assert(
      fc.property(changed, ({ plain, typed }) => {
        fc.pre(plain !== typed);
        expect(prefixOf(typed)).toBeUndefined();
      }),
    );
  });

  it('refuses a cut, extended or foreign key', () => {
    fc.assert(
      fc.property(minted, fc.nat({ max: 66 }), ({ plain }, at) => {
        expect(prefixOf(plain.slice(0, at))).toBeUndefined();
        expect(prefixOf(`${plain}x`)).toBeUndefined();
        expect(prefixOf(`${plain}\n`)).toBeUndefined();
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => expect(prefixOf(text)).toBeUndefined()));
  });

  it('stores 32 bytes that differ from key to key', () => {
    fc.assert(
      fc.property(minted, minted, (one, other) => {
        expect(hashOf(one.plain)).toHaveLength(32);
        expect(hashOf(one.plain).equals(hashOf(other.plain))).toBe(one.plain === other.plain);
      }),
    );
  });

  it('computes the checksum that everyone knows as CRC-32', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => expect(crc32(text)).toBe(nodeCrc32(text))));
  });
});
