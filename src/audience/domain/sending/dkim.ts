import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { Header } from './header-text.js';

/** A domain's signing key; `privateKey` as PEM. */
export interface DkimCredentials {
  readonly domain: string;
  readonly selector: string;
  readonly privateKey: string;
}

/** The same, read once. */
export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  readonly key: KeyObject;
}

const CRLF = '\r\n';
const LINE = 72;

/**
 * Signed where present (RFC 6376, 5.4.1; RFC 8058, 4 demands both unsubscribe headers). `From` is signed once more than
 * it occurs, so that nobody can put a second one above it.
 */
const SIGNED = [
  'From',
  'To',
  'Subject',
  'Date',
  'Message-ID',
  'Reply-To',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'List-Id',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
  'Feedback-ID',
  'Auto-Submitted',
].map((name) => name.toLowerCase());

/** @throws Error when the key is no private key */
export const dkimKey = ({ domain, selector, privateKey }: DkimCredentials): DkimKey => ({
  domain,
  selector,
  key: createPrivateKey(privateKey),
});

/**
 * The `DKIM-Signature` of a message: rsa-sha256, relaxed/relaxed (RFC 6376).
 * @param headers in the order of the message, each name at most once
 * @param body with CRLF line ends
 */
export const dkimSignature = (
  { headers, body }: { readonly headers: readonly Header[]; readonly body: string },
  { domain, selector, key }: DkimKey,
  at: Date,
): Header => {
  const values = new Map(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const names = SIGNED.filter((name) => values.has(name));
  const bodyHash = createHash('sha256').update(relaxedBody(body)).digest('base64');
  const signature = [
    `v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector};`,
    `t=${Math.floor(at.getTime() / 1_000)}; h=${folded(['from', ...names].join(':'), ':')};`,
    `bh=${bodyHash};`,
    'b=',
  ].join(`${CRLF} `);
  const signed = names.map((name) => relaxedHeader(name, values.get(name) ?? '') + CRLF).join('');
  const data = signed + relaxedHeader('dkim-signature', signature);
  const value = sign('sha256', Buffer.from(data), key).toString('base64');
  return ['DKIM-Signature', signature + value.replace(new RegExp(`.{${LINE}}(?=.)`, 'g'), `$&${CRLF}  `)];
};

/** RFC 6376, 3.4.2. */
const relaxedHeader = (name: string, value: string): string =>
  `${name}:${value
    .replace(/\r\n/g, '')
    .replace(/[\t ]+/g, ' ')
    .trim()}`;

/** RFC 6376, 3.4.4. */
const relaxedBody = (body: string): string => {
  const lines = body
    .replace(/[\t ]+\r\n/g, CRLF)
    .replace(/[\t ]{2,}|\t/g, ' ')
    .replace(/(\r\n)+$/, '');
  return lines === '' ? '' : lines + CRLF;
};

/** Breaks after separators, so that no line grows beyond what mail servers like. */
const folded = (list: string, separator: string): string => {
  const lines = [''];
  for (const item of list.split(separator)) {
    const line = lines.at(-1) ?? '';
    if (line.length + item.length > LINE) lines.push(`${item}${separator}`);
    else lines[lines.length - 1] = `${line}${item}${separator}`;
  }
  return lines.join(`${CRLF}  `).slice(0, -separator.length);
};
