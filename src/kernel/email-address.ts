import { domainToASCII } from 'node:url';

/** RFC 5321 4.5.3.1: path 256 octets with its brackets, local part 64. */
const MAX_ADDRESS = 254;
const MAX_LOCAL = 64;
/** No quoted forms. No invisible characters either (`\p{C}`: zero width, direction marks), nor what a wrong decoding leaves. */
const LOCAL = /^[^\s@"<>(),;:\\[\]\p{C}\ufffd]+$/u;
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/**
 * One spelling per mailbox: trimmed, Unicode NFC, lower case, domain in ASCII. Dots and plus signs stay: folding them
 * is right for one provider and wrong for the next.
 * @returns undefined when it is not an address mail can be sent to
 */
export const normaliseEmail = (given: string): string | undefined => {
  const whole = given.trim().normalize('NFC').toLowerCase();
  const at = whole.lastIndexOf('@');
  const local = whole.slice(0, Math.max(at, 0));
  const domain = domainToASCII(whole.slice(at + 1));
  if (!LOCAL.test(local) || local.startsWith('.') || local.endsWith('.') || local.includes('..')) return undefined;
  if (Buffer.byteLength(local) > MAX_LOCAL || !DOMAIN.test(domain)) return undefined;
  const address = `${local}@${domain}`;
  return Buffer.byteLength(address) > MAX_ADDRESS ? undefined : address;
};
