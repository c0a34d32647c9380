import { createHash } from 'node:crypto';

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
const LENGTH = 13;
const MICROS_RANGE = 1_000_000n;
const CLOCK_RANGE = 1024n;

/** 48 bits that the marker fixes. */
const hashOf = (marker: string): bigint =>
  BigInt(`0x${createHash('sha256').update(marker).digest('hex').slice(0, 12)}`);

/**
 * A timestamp identifier: 53 bits of microseconds since 1970, then 10 bits of clock id, as 13 sortable characters
 * (atproto.com/specs/tid).
 */
export const formatTid = (micros: bigint, clockId: bigint): string => {
  let rest = (micros << 10n) | clockId;
  let text = '';
  for (let n = 0; n < LENGTH; n += 1) {
    text = ALPHABET.charAt(Number(rest & 31n)) + text;
    rest >>= 5n;
  }
  return text;
};

/** The record key of one attempt: the same for every try of it, so that a second write cannot become a second post. */
export const tidFor = (scheduledAt: Date, marker: string): string => {
  const hash = hashOf(marker);
  return formatTid(BigInt(scheduledAt.getTime()) * 1000n + (hash % MICROS_RANGE), hash % CLOCK_RANGE);
};

/** Whether `rkey` may have been made by `tidFor` with this marker; wrong once in about a million strangers. */
export const tidMatches = (rkey: string, marker: string): boolean => {
  let value = 0n;
  for (const character of rkey) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return false;
    value = (value << 5n) | BigInt(digit);
  }
  const hash = hashOf(marker);
  const micros = value >> 10n;
  return (
    rkey.length === LENGTH &&
    value % CLOCK_RANGE === hash % CLOCK_RANGE &&
    micros % 1000n === (hash % MICROS_RANGE) % 1000n
  );
};
