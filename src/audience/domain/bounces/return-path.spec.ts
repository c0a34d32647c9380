import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { DAY_MS } from '../../../kernel/durations.js';
import {
  readReturnPath,
  readUnsubscribeMailbox,
  RETURN_PATH_DAYS,
  returnPathOf,
  unsubscribeMailboxOf,
} from './return-path.js';

const secret = Buffer.alloc(32, 7);
const sentAt = new Date('2026-11-03T23:59:59Z');
const later = (days: number) => new Date(sentAt.getTime() + days * DAY_MS);
const recipient = { broadcastId: randomUUID(), subscriberId: randomUUID() };
const path = returnPathOf(secret, recipient, 'bounce.example.org', sentAt);

describe('returnPathOf', () => {
  it('names broadcast and person, and fits the 64 octets of a local part for all ids', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (broadcastId, subscriberId) => {
        const made = returnPathOf(secret, { broadcastId, subscriberId }, 'example.org', sentAt);
        expect(made).toMatch(/^b\+[0-9a-z]{62}@example\.org$/);
        expect(readReturnPath(secret, made, sentAt)).toEqual({ broadcastId, subscriberId });
      }),
    );
  });

  it('survives servers that change its case or put brackets around it', () => {
    expect(readReturnPath(secret, `<${path.toUpperCase()}>`, sentAt)).toEqual(recipient);
  });

  it('is good for thirty days and no longer', () => {
    expect(readReturnPath(secret, path, later(RETURN_PATH_DAYS))).toEqual(recipient);
    expect(readReturnPath(secret, path, later(RETURN_PATH_DAYS + 1))).toBeUndefined();
  });

  it('is not believed with one sign changed, nor under another secret', () => {
    for (let at = 2; at < 64; at += 1) {
      const changed = `${path.slice(0, at)}${path[at] === 'a' ? 'b' : 'a'}${path.slice(at + 1)}`;
      expect(readReturnPath(secret, changed, sentAt)).toBeUndefined();
    }
    expect(readReturnPath(randomBytes(32), path, sentAt)).toBeUndefined();
  });

  it.each([
    '',
    '@',
    'b+@x',
    'news@example.org',
    `b+${'z'.repeat(62)}@x`,
    `b+${'0'.repeat(61)}@x`,
    `b+${'0'.repeat(63)}@x`,
  ])('does not read %j', (address) => {
    expect(readReturnPath(secret, address, sentAt)).toBeUndefined();
  });
});

describe('the unsubscribe mailbox', () => {
  it('holds the token as it is', () => {
    const address = unsubscribeMailboxOf('Ab-_cdefghijklmnopqrst', 'bounce.example.org');
    expect(address).toBe('unsubscribe+Ab-_cdefghijklmnopqrst@bounce.example.org');
    expect(readUnsubscribeMailbox(`<${address}>`)).toBe('Ab-_cdefghijklmnopqrst');
    expect(readUnsubscribeMailbox('unsubscribe@bounce.example.org')).toBeUndefined();
  });
});
