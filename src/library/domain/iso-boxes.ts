import type { ByteReader } from './byte-reader.port.js';

/** One box of an ISO base media file (ISO/IEC 14496-12, section 4.2) or atom of a QuickTime file. */
export interface Box {
  readonly type: string;
  /** Where its content begins and ends in the file. */
  readonly start: number;
  readonly end: number;
}

/** What lies where a box was looked for. */
export type BoxAt =
  | { readonly kind: 'box'; readonly box: Box }
  | { readonly kind: 'overrun'; readonly type: string }
  | { readonly kind: 'none' };

const HEADER = 8;
const LONG_HEADER = 16;
/** Letters, digits, space, punctuation and the © of QuickTime's user data. */
const TYPE = /^[\x20-\x7e\xa9]{4}$/;

/** Reads the box at `at` inside a parent that ends at `end`. */
export const boxAt = async (reader: ByteReader, at: number, end: number): Promise<BoxAt> => {
  const head = await reader.read(at, LONG_HEADER);
  if (head.length < HEADER || at + HEADER > end) return { kind: 'none' };
  const type = head.toString('latin1', 4, HEADER);
  const short = head.readUInt32BE(0);
  if (!TYPE.test(type)) return { kind: 'none' };
  const isLong = short === 1;
  if (isLong && head.length < LONG_HEADER) return { kind: 'overrun', type };
  const size = isLong ? Number(head.readBigUInt64BE(HEADER)) : short === 0 ? end - at : short;
  const header = isLong ? LONG_HEADER : HEADER;
  if (size < header) return { kind: 'none' };
  if (at + size > end) return { kind: 'overrun', type };
  return { kind: 'box', box: { type, start: at + header, end: at + size } };
};

/** Children of a box, as long as they follow each other. */
export async function* childrenOf(reader: ByteReader, { start, end }: Box): AsyncIterable<Box> {
  for (let at = start; at < end;) {
    const found = await boxAt(reader, at, end);
    if (found.kind !== 'box') return;
    yield found.box;
    at = found.box.end;
  }
}
