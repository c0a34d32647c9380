import { createHmac, timingSafeEqual } from 'node:crypto';
import { DAY_MS } from '../../../kernel/durations.js';

/** Servers give up after 5 days and some send their report later; a month leaves room for the slowest. */
export const RETURN_PATH_DAYS = 30;

const PREFIX = 'b+';
const ID_BYTES = 16;
const DAY_BYTES = 2;
const MAC_BYTES = 6;
const BODY_BYTES = 2 * ID_BYTES + DAY_BYTES;
const TOKEN_BYTES = BODY_BYTES + MAC_BYTES;
/** 36^62 is just above 2^320: the 40 bytes fit, and with `b+` the local part has the 64 octets RFC 5321 allows. */
const TOKEN_LENGTH = 62;
const DIGITS_AT_ONCE = 8;
const TOKEN = /^b\+([0-9a-z]{62})@/;
const UNSUBSCRIBE = /^unsubscribe\+([\w-]{16,52})@/i;

/** The mail an envelope sender stands for. */
export interface ReturnPathOwner {
  readonly broadcastId: string;
  readonly subscriberId: string;
}

/**
 * The envelope sender of one mail (VERP): whatever comes back to it is about this broadcast and this person.
 * Digits and small letters only, since some servers lower the case of what they return. Good for `RETURN_PATH_DAYS`.
 * A 48-bit HMAC: who would forge one must know both ids and try 2^47 times through a rate-limited door.
 * @param recipient its ids are UUIDs
 * @param at when the mail leaves
 */
export const returnPathOf = (secret: Buffer, recipient: ReturnPathOwner, domain: string, at: Date): string => {
  const body = Buffer.alloc(BODY_BYTES);
  body.write(recipient.broadcastId.replaceAll('-', ''), 0, ID_BYTES, 'hex');
  body.write(recipient.subscriberId.replaceAll('-', ''), ID_BYTES, ID_BYTES, 'hex');
  body.writeUInt16BE(dayOf(at) + RETURN_PATH_DAYS, 2 * ID_BYTES);
  const token = Buffer.concat([body, macOf(secret, body)]);
  return `${PREFIX}${BigInt(`0x${token.toString('hex')}`)
    .toString(36)
    .padStart(TOKEN_LENGTH, '0')}@${domain}`;
};

/**
 * Whose mail came back.
 * @param address with or without angle brackets, in any case; its domain is not looked at
 * @returns undefined when we did not make it, or it is too old
 */
export const readReturnPath = (secret: Buffer, address: string, now: Date): ReturnPathOwner | undefined => {
  const digits = TOKEN.exec(bare(address).toLowerCase())?.[1];
  const token = digits === undefined ? undefined : bytesOf(digits);
  if (!token) return undefined;
  const body = token.subarray(0, BODY_BYTES);
  if (!timingSafeEqual(token.subarray(BODY_BYTES), macOf(secret, body))) return undefined;
  if (body.readUInt16BE(2 * ID_BYTES) < dayOf(now)) return undefined;
  return { broadcastId: uuidAt(body, 0), subscriberId: uuidAt(body, ID_BYTES) };
};

/** Where `List-Unsubscribe: <mailto:>` points (RFC 2369): any mail to it takes the owner of the token off the list. */
export const unsubscribeMailboxOf = (unsubscribeToken: string, domain: string): string =>
  `unsubscribe+${unsubscribeToken}@${domain}`;

/** The unsubscribe token in such an address; whether a subscriber has it is for the list to say. */
export const readUnsubscribeMailbox = (address: string): string | undefined => UNSUBSCRIBE.exec(bare(address))?.[1];

const bare = (address: string): string => address.trim().replace(/^<|>$/g, '');

const dayOf = (at: Date): number => Math.floor(at.getTime() / DAY_MS);

const macOf = (secret: Buffer, body: Buffer): Buffer =>
  createHmac('sha256', secret).update('return-path|').update(body).digest().subarray(0, MAC_BYTES);

const bytesOf = (digits: string): Buffer | undefined => {
  let value = 0n;
  for (let at = 0; at < digits.length; at += DIGITS_AT_ONCE) {
    const chunk = digits.slice(at, at + DIGITS_AT_ONCE);
    value = value * BigInt(36 ** chunk.length) + BigInt(Number.parseInt(chunk, 36));
  }
  const hex = value.toString(16);
  return hex.length > 2 * TOKEN_BYTES ? undefined : Buffer.from(hex.padStart(2 * TOKEN_BYTES, '0'), 'hex');
};

const uuidAt = (bytes: Buffer, from: number): string => {
  const hex = bytes.toString('hex', from, from + ID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};
