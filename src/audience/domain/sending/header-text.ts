import { domainToASCII } from 'node:url';
import { DomainError } from '../../../kernel/domain-error.js';

/** A header as it goes over the wire: its value folded, without the final line break. */
export type Header = readonly [name: string, value: string];

const CRLF = '\r\n';
/** RFC 5322, 2.1.1: lines should stay below 78 characters and must stay below 998. */
const SOFT_LIMIT = 76;
const HARD_LIMIT = 996;
/** RFC 2047, 2: one encoded word. 45 bytes of UTF-8 become 60 of base64, 72 with its frame. */
const WORD_BYTES = 45;
const PRINTABLE = /^[\x20-\x7e]*$/;
const CONTROL = /\p{Cc}/u;
const NAME = /^[A-Za-z0-9-]+$/;
/** RFC 5322, 3.2.3: what a display name may hold without quotes. */
const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*$/;
const ADDRESS = /^(?<local>[^@]+|"[^"]+")@(?<domain>[^@]+)$/;

/**
 * A header with its value folded at blanks.
 * @throws DomainError `mail.header_break` when name or value could end the header, or one word is too long for a line
 */
export const header = (name: string, value: string): Header => {
  if (!NAME.test(name) || CONTROL.test(value)) throw headerBreak(name);
  return [name, fold(value, name.length + 2, name)];
};

/** Free text such as a subject: as it is when printable ASCII, else in encoded words (RFC 2047). */
export const encodedText = (text: string): string =>
  PRINTABLE.test(text) && !text.includes('=?') ? text : words(text);

/** `Name <address>` or `address`, as a header may carry it. */
export const encodedMailbox = (mailbox: string): string => {
  const found = /^(?<name>.*?)\s*<(?<address>[^<>]+)>\s*$/s.exec(mailbox)?.groups;
  if (!found) return asciiDomain(mailbox.trim());
  const name = (found['name'] ?? '').replace(/^"(.*)"$/s, '$1');
  const address = `<${asciiDomain(found['address'] ?? '')}>`;
  if (name === '') return address;
  if (!PRINTABLE.test(name)) return `${words(name)} ${address}`;
  return `${ATOMS.test(name) ? name : `"${name.replace(/[\\"]/g, '\\$&')}"`} ${address}`;
};

/** The address with its domain in ASCII (IDNA), as every mail server reads it. The local part stays as it is. */
export const asciiDomain = (address: string): string => {
  if (PRINTABLE.test(address)) return address;
  const found = ADDRESS.exec(address)?.groups;
  if (!found) return address;
  return `${found['local']}@${domainToASCII(found['domain'] ?? '') || found['domain']}`;
};

const words = (text: string): string => {
  const chunks: string[] = [];
  let chunk = '';
  for (const character of text) {
    if (Buffer.byteLength(chunk + character) > WORD_BYTES) {
      chunks.push(chunk);
      chunk = '';
    }
    chunk += character;
  }
  return [...chunks, chunk].map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join(' ');
};

const fold = (value: string, indent: number, name: string): string => {
  if (indent + value.length <= SOFT_LIMIT) return value;
  const lines: string[] = [];
  let line = '';
  for (const word of value.split(' ')) {
    const room = SOFT_LIMIT - (lines.length === 0 ? indent : 1);
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
    if (line.length > HARD_LIMIT) throw headerBreak(name);
  }
  return [...lines, line].join(`${CRLF} `);
};

const headerBreak = (name: string) =>
  new DomainError(
    'invalid',
    'mail.header_break',
    `The header ${JSON.stringify(name.slice(0, 40))} holds a line break, a control character or an endless word. Keep it on one line.`,
  );
