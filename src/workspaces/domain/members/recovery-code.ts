import { createHash } from 'node:crypto';

/** As many as fit on a slip of paper. */
export const RECOVERY_CODES = 10;
/** 80 bits: cannot be guessed from a stolen table, so that a fast hash is enough. */
const CODE_BYTES = 10;
/** RFC 4648 base32 in lower case: no digit that looks like a letter. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const SHAPE = /^[a-z2-7]{16}$/;

/** A code that stands once for the one of the app. */
export interface MintedRecoveryCode {
  /** `xxxx-xxxx-xxxx-xxxx`. */
  readonly plain: string;
  readonly hash: Buffer;
}

/** @param randomBytes cryptographic outside of tests */
export const mintRecoveryCode = (randomBytes: (count: number) => Buffer): MintedRecoveryCode => {
  const bits = [...randomBytes(CODE_BYTES)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET.charAt(Number.parseInt(five, 2))).join('');
  return { plain: (letters.match(/.{4}/g) ?? []).join('-'), hash: codeHash(letters) };
};

const codeHash = (letters: string): Buffer => createHash('sha256').update(letters).digest();

/** The stored form of what was typed, spaces, hyphens and capitals aside; undefined when it cannot be one of ours. */
export const hashOfRecoveryCode = (typed: string): Buffer | undefined => {
  const letters = typed.replace(/[\s-]/g, '').toLowerCase();
  return SHAPE.test(letters) ? codeHash(letters) : undefined;
};
