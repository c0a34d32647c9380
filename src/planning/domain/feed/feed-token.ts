import { createHash } from 'node:crypto';

/** Bytes of a feed's secret: 192 bits cannot be guessed. */
export const FEED_SECRET_BYTES = 24;

/** What stands between `/calendar/` and `.ics`; anything else names no feed and asks no database. */
const TOKEN = /^[\w-]{32}$/;

/** The secret part of a feed's address. @param bytes `FEED_SECRET_BYTES` random ones */
export const feedTokenOf = (bytes: Buffer): string => bytes.toString('base64url');

/** What is stored of a token; undefined for a text that can be none. */
export const feedTokenHash = (token: string): Buffer | undefined =>
  TOKEN.test(token) ? createHash('sha256').update(`calendar-feed|${token}`).digest() : undefined;
