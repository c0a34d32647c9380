import { createHash } from 'node:crypto';
import { crc32 } from './crc32.js';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const MARK = 'prn_live_';
const PUBLIC_ID_CHARS = 8;
/** 43 characters of 62 hold 256 bits. */
const SECRET_CHARS = 43;
/** 62^6 > 2^32, so six characters hold a CRC32. */
const CHECKSUM_CHARS = 6;
const SHAPE = new RegExp(
  `^(${MARK}[0-9A-Za-z]{${PUBLIC_ID_CHARS}})_[0-9A-Za-z]{${SECRET_CHARS}}([0-9A-Za-z]{${CHECKSUM_CHARS}})$`,
);

/** A key in plain text, to be shown once, and what is stored of it. */
export interface MintedKey {
  readonly plain: string;
  /** `prn_live_` and eight characters: names the key in lists and journals, opens nothing. */
  readonly prefix: string;
}

/**
 * Builds `prn_live_<public id>_<secret><checksum>`.
 * @param randomIndex draws an integer in 0..n-1; cryptographic outside of tests
 */
export const mintKey = (randomIndex: (n: number) => number): MintedKey => {
  const draw = (count: number) => Array.from({ length: count }, () => ALPHABET[randomIndex(ALPHABET.length)]).join('');
  const prefix = MARK + draw(PUBLIC_ID_CHARS);
  const body = `${prefix}_${draw(SECRET_CHARS)}`;
  return { plain: body + checksumOf(body), prefix };
};

/**
 * The prefix of a well-formed key; undefined when the shape or the checksum is wrong.
 * A mistyped or cut key is so refused without asking the database.
 */
export const prefixOf = (plain: string): string | undefined => {
  const match = SHAPE.exec(plain);
  if (!match) return undefined;
  return checksumOf(plain.slice(0, -CHECKSUM_CHARS)) === match[2] ? match[1] : undefined;
};

/** What is stored of a key: SHA-256. Enough, since the secret is 256 random bits and cannot be guessed. */
export const hashOf = (plain: string): Buffer => createHash('sha256').update(plain).digest();

const checksumOf = (body: string): string => {
  let rest = crc32(body);
  let digits = '';
  for (let place = 0; place < CHECKSUM_CHARS; place++) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
};
