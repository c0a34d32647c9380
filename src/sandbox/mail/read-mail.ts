import type { ReceivedMail } from './mail-sink.js';

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Splits a MIME entity into unfolded headers (names in lower case) and its body, both as Latin-1 text. */
const split = (entity: string): Part => {
  const end = /\r?\n\r?\n/.exec(entity);
  const head = end ? entity.slice(0, end.index) : entity;
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}\n${value}`;
  }
  return { headers, body: end ? entity.slice(end.index + end[0].length) : '' };
};

const unquote = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_match, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );

const decoded = ({ headers, body }: Part): string => {
  const encoding = headers['content-transfer-encoding']?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return (encoding === 'quoted-printable' ? unquote(body) : Buffer.from(body, 'latin1')).toString('utf8');
};

/** The first plain text part, depth first. */
const plainText = (part: Part): string | undefined => {
  const type = part.headers['content-type'] ?? 'text/plain';
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary === undefined) return /^text\/plain/i.test(type) ? decoded(part) : undefined;
  for (const piece of part.body.split(`--${boundary}`).slice(1)) {
    const text = piece.startsWith('--') ? undefined : plainText(split(piece.replace(/^\r?\n/, '')));
    if (text !== undefined) return text;
  }
  return undefined;
};

/** RFC 2047 words, as subjects with emoji have them. */
const decodeWords = (value: string): string =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_match, how: string, text: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : unquote(text.replaceAll('_', ' ')).toString('utf8'),
    );

/** What tests look at in a message. Forgiving: the sink judges nobody's MIME. */
export const readMail = (raw: Buffer): Pick<ReceivedMail, 'messageId' | 'subject' | 'headers' | 'text'> => {
  const message = split(raw.toString('latin1'));
  const text = plainText(message);
  return {
    messageId: message.headers['message-id'] ?? null,
    subject: decodeWords(message.headers['subject'] ?? ''),
    headers: message.headers,
    ...(text === undefined ? {} : { text }),
  };
};
