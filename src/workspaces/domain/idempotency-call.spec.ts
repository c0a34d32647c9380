import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { canonicalJson, idempotencyKey, requestHash } from './idempotency-call.js';

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, shuffled(inner)]),
  );
};

describe('canonicalJson', () => {
  it('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('keeps the meaning', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('requestHash', () => {
  it('tells bodies and paths apart', () => {
    const hash = requestHash('/v1/posts', { a: 1 });
    expect(hash.equals(requestHash('/v1/posts', { a: 1 }))).toBe(true);
    expect(hash.equals(requestHash('/v1/posts', { a: 2 }))).toBe(false);
    expect(hash.equals(requestHash('/v1/accounts', { a: 1 }))).toBe(false);
  });

  it('takes no body for an empty one', () => {
    expect(requestHash('/x', undefined).equals(requestHash('/x', null))).toBe(true);
  });
});

describe('idempotencyKey', () => {
  it('accepts 1 to 255 printable characters and no key at all', () => {
    expect(idempotencyKey(undefined)).toBeUndefined();
    expect(idempotencyKey('a'.repeat(255))).toHaveLength(255);
    expect(idempotencyKey('order 7/2')).toBe('order 7/2');
  });

  it.each(['', 'a'.repeat(256), 'tab\there', 'naïve'])('refuses %p', (key) => {
    expect(() => idempotencyKey(key)).toThrow(/1 to 255 printable/);
  });
});
