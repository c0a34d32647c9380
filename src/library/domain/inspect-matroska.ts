import type { ByteReader } from './byte-reader.port.js';
import { type MediaRefusal, signHidden } from './file-signs.js';
import { isPadding } from './padding.js';

const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3]);
const SEGMENT = Buffer.from([0x18, 0x53, 0x80, 0x67]);
/** Elements without meaning that may stand between the header and the segment. */
const FILLERS = new Set([0xec, 0xbf]);
const BEHIND_BYTES = 65_536;

/** True for the first bytes of a Matroska or WebM file. */
export const isMatroska = (start: Buffer): boolean => start.subarray(0, EBML.length).equals(EBML);

/** A number whose length stands in its own first bits (RFC 8794, section 4); undefined size means "to the end". */
const sizeAt = (bytes: Buffer, at: number): { size: number | undefined; length: number } | undefined => {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  let size = first & (0xff >> length);
  let isUnknown = size === 0xff >> length;
  for (const byte of bytes.subarray(at + 1, at + length)) {
    size = size * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return { size: isUnknown ? undefined : size, length };
};

/** Where the segment ends; undefined when it does not say or is not found. */
const endOfSegment = async (reader: ByteReader): Promise<number | undefined> => {
  for (let at = 0; at < reader.size;) {
    const head = await reader.read(at, 12);
    const isMaster = isMatroska(head) || head.subarray(0, SEGMENT.length).equals(SEGMENT);
    const isFiller = FILLERS.has(head[0] ?? 0);
    if (!isMaster && !isFiller) return undefined;
    const idLength = isMaster ? EBML.length : 1;
    const found = sizeAt(head, idLength);
    if (!found || found.size === undefined) return undefined;
    const end = at + idLength + found.length + found.size;
    if (head.subarray(0, SEGMENT.length).equals(SEGMENT)) return end;
    at = end;
  }
  return undefined;
};

/** Looks behind the end of a Matroska file. */
export const inspectMatroska = async (reader: ByteReader): Promise<MediaRefusal | undefined> => {
  const end = await endOfSegment(reader);
  if (end === undefined || end >= reader.size || (await isPadding(reader, end))) return undefined;
  const behind = await reader.read(end, BEHIND_BYTES);
  // Live recorders append segments of their own kind.
  if (isMatroska(behind) || FILLERS.has(behind[0] ?? 0)) return signHidden(behind);
  return signHidden(behind) ?? { reason: 'polyglot', found: 'other data behind the end of the video' };
};
