import { createHash } from 'node:crypto';
import type { Header } from './header-text.js';

/** A body and the headers that say how to read it. */
export interface MimeBody {
  readonly headers: readonly Header[];
  /** Lines end in CRLF, the last one too. */
  readonly body: string;
}

const CRLF = '\r\n';
/** RFC 5322, 2.1.1, less the line break. */
const LONGEST_LINE = 998;
/** RFC 2045, 6.7 and 6.8. */
const ENCODED_LINE = 76;
/** Above this share of other bytes base64 is shorter than quoted-printable, and no less readable. */
const MOSTLY_ASCII = 5 / 6;
const SEVEN_BIT = /^[\t\r\n\x20-\x7e]*$/;

/**
 * Text alone, or text and HTML as alternatives, the richer last (RFC 2046, 5.1.4).
 * @param seed what makes the boundary its own, such as the Message-ID
 */
export const mimeBody = (text: string, html: string | undefined, seed: string): MimeBody => {
  const plain = textPart('text/plain', text);
  if (html === undefined) return plain;
  const boundary = `=_${createHash('sha256').update(seed).digest('base64url').slice(0, 24)}`;
  const parts = [plain, textPart('text/html', html)].map(({ headers, body }) => {
    const head = headers.map(([name, value]) => `${name}: ${value}${CRLF}`).join('');
    return `--${boundary}${CRLF}${head}${CRLF}${body}`;
  });
  return {
    headers: [['Content-Type', `multipart/alternative;${CRLF} boundary="${boundary}"`]],
    body: `${parts.join(CRLF)}${CRLF}--${boundary}--${CRLF}`,
  };
};

const textPart = (type: string, text: string): MimeBody => {
  const lines = withCrlf(text);
  const [encoding, body] = encode(lines);
  return {
    headers: [
      ['Content-Type', `${type}; charset=utf-8`],
      ['Content-Transfer-Encoding', encoding],
    ],
    body: body.endsWith(CRLF) ? body : `${body}${CRLF}`,
  };
};

const withCrlf = (text: string): string => text.replace(/\r\n|\r|\n/g, CRLF);

const encode = (text: string): readonly [encoding: string, body: string] => {
  if (SEVEN_BIT.test(text) && !hasLongLine(text)) return ['7bit', text];
  const bytes = Buffer.from(text);
  let ascii = 0;
  for (const byte of bytes) if (byte < 0x80) ascii += 1;
  if (ascii >= bytes.length * MOSTLY_ASCII) return ['quoted-printable', quotedPrintable(text)];
  return ['base64', bytes.toString('base64').replace(/.{76}/g, `$&${CRLF}`)];
};

/** A walk from break to break: a pattern with a count of 998 would look at every line a thousand times. */
const hasLongLine = (text: string): boolean => {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const until = end === -1 ? text.length : end;
    if (until - from >= LONGEST_LINE) return true;
    from = until + 1;
  }
  return false;
};

/** RFC 2045, 6.7. Breaks of the text stay breaks; blanks at the end of a line are encoded. */
const quotedPrintable = (text: string): string => text.split(CRLF).map(quotedLine).join(CRLF);

const quotedLine = (line: string): string => {
  const encoded = line
    .replace(/[^\t\x20-\x3c\x3e-\x7e]+/gu, escaped)
    .replace(/[\t ]$/, (blank) => (blank === ' ' ? '=20' : '=09'));
  if (encoded.length <= ENCODED_LINE) return encoded;
  const lines: string[] = [];
  let rest = encoded;
  while (rest.length > ENCODED_LINE) {
    const end = cutBefore(rest, ENCODED_LINE - 1);
    lines.push(`${rest.slice(0, end)}=`);
    rest = rest.slice(end);
  }
  return [...lines, rest].join(CRLF);
};

const escaped = (characters: string): string =>
  Buffer.from(characters).toString('hex').toUpperCase().replace(/../g, '=$&');

/** A line is not cut within `=XX`. */
const cutBefore = (line: string, limit: number): number => {
  const escape = line.lastIndexOf('=', limit - 1);
  return escape > limit - 3 ? escape : limit;
};
