import { TextDecoder } from 'node:util';
import { headerOf, type MimePart } from './mime-part.js';

/** The words that explain a report stand at its beginning. */
const MAX_ENCODED = 65_536;
const ENCODED_WORD = /=\?([\w-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,2000})\?=/gi;

/** The part's text in Unicode: transfer encoding removed, charset read; what is wrong in it is replaced. */
export const textOf = (part: MimePart): string => {
  const encoding = headerOf(part, 'content-transfer-encoding')?.toLowerCase().trim() ?? '';
  const body = part.body.slice(0, MAX_ENCODED);
  return decoded(bytesOf(body, encoding), part.parameters.charset);
};

/** A header's text: encoded words of RFC 2047 become what they mean. */
export const headerText = (value: string): string =>
  value
    .slice(0, 4_000)
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(ENCODED_WORD, (_, charset: string, kind: string, text: string) =>
      decoded(
        kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedPrintable(text.replaceAll('_', ' ')),
        charset,
      ),
    );

/** Words of an HTML part, for reports that have no other. */
export const withoutTags = (html: string): string =>
  html
    .replace(/<(style|script)\b[^>]{0,1000}>[^<]{0,20000}/gi, ' ')
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

const bytesOf = (body: string, encoding: string): Buffer => {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding === 'quoted-printable') return quotedPrintable(body.replace(/=[ \t]*\n/g, ''));
  return Buffer.from(body, 'latin1');
};

const quotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** What names no charset, or one that nobody knows, is UTF-8 when it can be, else Latin-1. */
const decoded = (bytes: Buffer, charset = ''): string => {
  try {
    return new TextDecoder(/^(?:us-)?ascii$|^$/i.test(charset) ? 'utf-8' : charset, { fatal: true }).decode(bytes);
  } catch {
    return decodedLoosely(bytes, charset);
  }
};

const decodedLoosely = (bytes: Buffer, charset: string): string => {
  try {
    return new TextDecoder(charset === '' ? 'windows-1252' : charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
};
