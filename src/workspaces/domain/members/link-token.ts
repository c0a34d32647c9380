import { createHash } from 'node:crypto';

const TOKEN_BYTES = 32;
/** 43 characters hold 256 bits; what looks otherwise is refused before the database is asked. */
const SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** A secret that is handed out once, and what is stored of it. */
export interface MintedToken {
  readonly plain: string;
  readonly hash: Buffer;
}

/** @param randomBytes cryptographic outside of tests */
export const mintToken = (randomBytes: (count: number) => Buffer): MintedToken => {
  const plain = randomBytes(TOKEN_BYTES).toString('base64url');
  return { plain, hash: tokenHash(plain) };
};

/** SHA-256: enough for 256 random bits, which cannot be guessed. */
const tokenHash = (plain: string): Buffer => createHash('sha256').update(plain).digest();

/** The stored form of a presented token; undefined when it cannot be one of ours. */
export const hashOfToken = (presented: string): Buffer | undefined =>
  SHAPE.test(presented) ? tokenHash(presented) : undefined;
