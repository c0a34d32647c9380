import { createHmac } from 'node:crypto';
import type { TargetLink } from './links.port.js';

/** Path under the public address where short links are. */
export const SHORT_PATH = 'l';

/** Signs of a code: 72 bits, which nobody guesses. */
const CODE_LENGTH = 12;

const CODE = /^[\w-]{12}$/;

/** What may be a code; anything else asks no database. */
export const isShortCode = (text: string): boolean => CODE.test(text);

/** The code of a link of a target, always the same. @param key 32 bytes for this purpose alone, the same in all processes */
export const shortCodeOf = (key: Buffer, { targetId, url }: TargetLink): string =>
  createHmac('sha256', key).update(`${targetId}|${url}`).digest('base64url').slice(0, CODE_LENGTH);
