import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { formatTid, tidFor, tidMatches } from './tid.js';

const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

describe('formatTid', () => {
  it('gives the key that a real PDS library gives', () => {
    const micros = BigInt(Date.UTC(2026, 0, 26, 12)) * 1000n + 123n;
    expect(formatTid(micros, 7n)).toBe('3mdd6zlco5v2b');
  });
});

describe('tidFor', () => {
  it('is a valid TID, the same each time, and recognised by its marker', () => {
    fc.assert(
      fc.property(instants, fc.uuid(), (at, marker) => {
        const rkey = tidFor(at, marker);
        expect(rkey).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
        expect(tidFor(at, marker)).toBe(rkey);
        expect(tidMatches(rkey, marker)).toBe(true);
      }),
    );
  });

  it('differs for two attempts at one instant', () => {
    const at = new Date('2026-01-26T12:00:00Z');
    expect(tidFor(at, 'a')).not.toBe(tidFor(at, 'b'));
  });
});

describe('tidMatches', () => {
  it.each([['3mdd6zlco5v2b'], ['self'], ['']])('%j is not ours', (rkey) => {
    expect(tidMatches(rkey, 'another marker')).toBe(false);
  });
});
