import { type DeliveryClass, isHard } from './delivery-class.js';
import { REPLY_PHRASES } from './reply-phrases.map.js';

const MAX_TEXT = 4_000;
const ENHANCED = /(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\.?\d)/;
const CODE = /(?:^|[^\d.])([45]\d\d)(?:[ -]|$)/;

/**
 * RFC 3463 and the IANA registry of enhanced status codes (read 2026-11): what `class.subject.detail` means where the
 * words say nothing. 5.5.x and x.x.0 stay unknown: servers answer them for anything.
 */
const BY_STATUS: Readonly<Record<string, DeliveryClass>> = {
  '1.1': 'hard-address',
  '1.2': 'hard-domain',
  '1.3': 'hard-address',
  '1.6': 'hard-address',
  '1.7': 'policy',
  '1.8': 'policy',
  '1.10': 'hard-domain',
  '2.1': 'hard-address',
  '2.2': 'mailbox-full',
  '2.3': 'content',
  '3.1': 'transient',
  '3.2': 'transient',
  '3.4': 'content',
  '3.5': 'transient',
  '4.1': 'transient',
  '4.2': 'transient',
  '4.3': 'transient',
  '4.4': 'hard-domain',
  '4.5': 'transient',
  '4.6': 'transient',
  '4.7': 'transient',
  '4.14': 'transient',
  '4.310': 'hard-domain',
  '4.312': 'transient',
  '4.316': 'transient',
  '5.3': 'policy',
};

/** By subject alone: media and content, security and policy. */
const BY_SUBJECT: Readonly<Record<string, DeliveryClass>> = { 6: 'content', 7: 'policy' };

/** Replies that say something without more: RFC 5321 4.2.3. 550, 553 and 554 are used for anything. */
const BY_CODE: Readonly<Record<number, DeliveryClass>> = { 551: 'hard-address', 552: 'mailbox-full' };

/**
 * What a server's answer means for the next mail. Reads the words first, then the enhanced code, then the code; one
 * that is temporary is never hard, whatever it says.
 * @param code 4xx or 5xx; undefined: looked for in `text`
 * @param enhanced RFC 3463, as `5.1.1`; undefined: looked for in `text`
 * @param text the reply, or the words of a report; only its first 4,000 characters are read
 */
export const classifyReply = (code: number | undefined, enhanced: string | undefined, text: string): DeliveryClass => {
  const words = oneLine(text);
  const status = enhanced ?? ENHANCED.exec(words)?.[1];
  const reply = code ?? Number(CODE.exec(words)?.[1] ?? Number.NaN);
  const found = byWords(status === undefined ? words : `${status} ${words}`) ?? byCodes(status, reply);
  return isHard(found) && isTemporary(status, reply) ? 'transient' : found;
};

/** Status codes stay in front of the words they belong to; continuation lines become one. */
const oneLine = (text: string): string =>
  text
    .slice(0, MAX_TEXT)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u2018\u2019]/g, "'")
    .toLowerCase();

const byWords = (words: string): DeliveryClass | undefined =>
  REPLY_PHRASES.find(([, phrase]) => phrase.test(words))?.[0];

const byCodes = (status: string | undefined, code: number): DeliveryClass => {
  const [, subject = '', detail = ''] = (status ?? '').split('.');
  const byStatus = BY_STATUS[`${subject}.${detail}`] ?? BY_SUBJECT[subject];
  if (byStatus) return byStatus;
  if (isTemporary(status, code)) return 'transient';
  return BY_CODE[code] ?? 'unknown';
};

/** The enhanced code wins: it is the more exact of the two. */
const isTemporary = (status: string | undefined, code: number): boolean =>
  status === undefined ? code >= 400 && code < 500 : status.startsWith('4');
