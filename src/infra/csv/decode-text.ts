import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { badEncoding, noByteOrderMark, notCsv } from '../../kernel/csv/csv.errors.js';
import type { CsvEncoding } from '../../kernel/csv/csv.port.js';

type Found = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedText {
  readonly encoding: Found;
  readonly text: AsyncIterable<string>;
}

const MARKS: readonly (readonly [Found, Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];

const OTHER_FILES: readonly (readonly [string, Buffer])[] = [
  ['an Excel workbook or another ZIP', Buffer.from('PK\u0003\u0004', 'latin1')],
  ['an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0])],
  ['a PDF', Buffer.from('%PDF')],
  ['UTF-32 text', Buffer.from([0xff, 0xfe, 0, 0])],
];

/**
 * The text of a file. A byte order mark decides; without one it is UTF-8, or what was asked for. Nothing is replaced:
 * the first byte that does not fit ends the reading.
 * @throws DomainError `csv.not_csv`, `csv.no_byte_order_mark`, `csv.bad_encoding`, also while the text is read
 */
export const decodeText = async (source: AsyncIterable<Buffer>, asked: CsvEncoding = 'utf-8'): Promise<DecodedText> => {
  const chunks = source[Symbol.asyncIterator]();
  const head = await headOf(chunks);
  const other = OTHER_FILES.find(([, sign]) => head.subarray(0, sign.length).equals(sign));
  if (other) throw notCsv(other[0]);
  const marked = MARKS.find(([, mark]) => head.subarray(0, mark.length).equals(mark));
  if (!marked && looksWide(head)) throw noByteOrderMark();
  const encoding = marked?.[0] ?? asked;
  const start = marked?.[1].length ?? 0;
  return { encoding, text: decoded(rest(head.subarray(start), chunks), encoding, start) };
};

const HEAD_BYTES = 1_024;

const headOf = async (chunks: AsyncIterator<Buffer>): Promise<Buffer> => {
  let head = Buffer.alloc(0);
  while (head.length < HEAD_BYTES) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  return head;
};

/** Every second byte of Latin text in UTF-16 is zero. */
const looksWide = (head: Buffer): boolean => {
  const zeros = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  return head.length >= 8 && zeros > head.length / 4;
};

async function* rest(head: Buffer, chunks: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
  yield head;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

/** What a stretch of bytes says, and how many of its last bytes wait for more. */
interface Step {
  readonly text: string;
  readonly left: number;
}

async function* decoded(chunks: AsyncIterable<Buffer>, encoding: Found, start: number): AsyncIterable<string> {
  let carry = Buffer.alloc(0);
  let offset = start;
  for await (const chunk of chunks) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const { text, left } = STEPS[encoding](bytes, offset);
    carry = Buffer.from(bytes.subarray(bytes.length - left));
    offset += bytes.length - left;
    if (text !== '') yield text;
  }
  if (carry.length > 0) throw badEncoding(offset, encoding);
}

const utf8Step = (bytes: Buffer, offset: number): Step => {
  const end = wholeUtf8(bytes);
  const whole = bytes.subarray(0, end);
  if (!isUtf8(whole)) throw badEncoding(offset + firstBadByte(whole), 'utf-8');
  return { text: whole.toString('utf8'), left: bytes.length - end };
};

/** Bytes that a first byte of UTF-8 announces, itself included; 0 when it is none. */
const sizeOf = (lead: number): number => {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
};

/** Where the last character that is all there ends. */
const wholeUtf8 = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const lead = bytes[bytes.length - back] ?? 0;
    if ((lead & 0xc0) === 0x80) continue;
    return sizeOf(lead) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};

const firstBadByte = (bytes: Buffer): number => {
  for (let at = 0; at < bytes.length;) {
    const size = sizeOf(bytes[at] ?? 0);
    if (size === 0 || !isUtf8(bytes.subarray(at, at + size))) return at;
    at += size;
  }
  return 0;
};

const utf16Step =
  (encoding: 'utf-16le' | 'utf-16be') =>
  (bytes: Buffer, offset: number): Step => {
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    const text = (encoding === 'utf-16be' ? Buffer.from(even).swap16() : even).toString('utf16le');
    const waits = /[\ud800-\udbff]$/.test(text) ? 1 : 0;
    const whole = waits === 0 ? text : text.slice(0, -1);
    if (!whole.isWellFormed()) throw badEncoding(offset + 2 * loneSurrogate(whole), encoding);
    return { text: whole, left: (bytes.length % 2) + 2 * waits };
  };

const loneSurrogate = (text: string): number => {
  const repaired = text.toWellFormed();
  for (let at = 0; at < text.length; at += 1) if (text[at] !== repaired[at]) return at;
  return 0;
};

const windowsStep = (bytes: Buffer, offset: number): Step => {
  const text = iconv.decode(bytes, 'win1252');
  const bad = text.indexOf('\ufffd');
  if (bad >= 0) throw badEncoding(offset + bad, 'windows-1252');
  return { text, left: 0 };
};

const STEPS: Readonly<Record<Found, (bytes: Buffer, offset: number) => Step>> = {
  'utf-8': utf8Step,
  'utf-16le': utf16Step('utf-16le'),
  'utf-16be': utf16Step('utf-16be'),
  'windows-1252': windowsStep,
};
