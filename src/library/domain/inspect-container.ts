import type { ByteReader } from './byte-reader.port.js';
import { endsAsZip, type MediaRefusal, signAtStart, signHidden, ZIP_TAIL_BYTES } from './file-signs.js';
import { type Box, boxAt, childrenOf } from './iso-boxes.js';
import { inspectMatroska, isMatroska } from './inspect-matroska.js';
import { isPadding } from './padding.js';

/** First bytes in which readers of other formats look for their own mark (a PDF: anywhere in 1024). */
const START_BYTES = 1_024;
/** How much of a part that no player shows is searched. */
const HIDDEN_BYTES = 65_536;
/** A type box holds a handful of brands. */
const MAX_TYPE_BOX = 4_096;
/** Boxes looked at before a file counts as made to tire us; a fragment a second for 40 minutes is fewer. */
const MAX_BOXES = 5_000;

/** Boxes that hold pictures, sound or their index. Everything else is searched for stowaways. */
const MEDIA_BOXES = new Set(['mdat', 'moov', 'moof', 'mfra', 'sidx', 'ssix']);
/** What a film may begin with: a type, or what QuickTime wrote before there were types. */
const FIRST_BOXES = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);
/** On the way from the film to where each track's bytes lie. */
const PATH_TO_DATA = new Set(['trak', 'mdia', 'minf', 'dinf']);

const polyglot = (found: string): MediaRefusal => ({ reason: 'polyglot', found });
const elsewhere = (found: string): MediaRefusal => ({ reason: 'external_reference', found });

/**
 * Looks for what makes a file dangerous or dishonest although a player would show it: other formats at its start, behind
 * its end or in its unused parts, and pictures that lie elsewhere. Says nothing about whether the video is whole.
 * @returns undefined when nothing was found, also for files that are no video in the first place
 */
export const inspectContainer = async (reader: ByteReader): Promise<MediaRefusal | undefined> => {
  const start = await reader.read(0, START_BYTES);
  const sign = signAtStart(start) ?? signHidden(start);
  if (sign) return sign;
  const tail = await reader.read(Math.max(0, reader.size - ZIP_TAIL_BYTES), ZIP_TAIL_BYTES);
  if (endsAsZip(tail)) return polyglot('a ZIP archive');
  if (isMatroska(start)) return inspectMatroska(reader);
  const first = await boxAt(reader, 0, reader.size);
  return first.kind === 'box' && FIRST_BOXES.has(first.box.type) ? inspectFilm(reader) : undefined;
};

const inspectFilm = async (reader: ByteReader): Promise<MediaRefusal | undefined> => {
  const seen = new Set<string>();
  let at = 0;
  for (let count = 0; at < reader.size; count += 1) {
    if (count === MAX_BOXES) return polyglot(`more than ${MAX_BOXES} boxes`);
    const found = await boxAt(reader, at, reader.size);
    if (found.kind !== 'box')
      return (await isHonestEnd(reader, at, { seen, found })) ? undefined : behindEnd(reader, at);
    const refusal = await inspectBox(reader, found.box);
    if (refusal) return refusal;
    seen.add(found.box.type);
    at = found.box.end;
  }
  return undefined;
};

/** A cut in the middle of a film is for the probe to judge; zeros are padding. Anything else was put there. */
const isHonestEnd = async (
  reader: ByteReader,
  at: number,
  { seen, found }: { seen: ReadonlySet<string>; found: { kind: 'overrun'; type: string } | { kind: 'none' } },
): Promise<boolean> => {
  const isComplete = seen.has('moov') && seen.has('mdat') && !seen.has('moof');
  if (found.kind === 'overrun') return !isComplete && (MEDIA_BOXES.has(found.type) || FIRST_BOXES.has(found.type));
  return (!isComplete && reader.size - at < 8) || isPadding(reader, at);
};

const behindEnd = async (reader: ByteReader, at: number): Promise<MediaRefusal> =>
  signHidden(await reader.read(at, HIDDEN_BYTES)) ?? polyglot('other data behind the end of the video');

const inspectBox = async (reader: ByteReader, box: Box): Promise<MediaRefusal | undefined> => {
  if (box.type === 'ftyp' && box.end - box.start > MAX_TYPE_BOX) return polyglot('other data in the type box');
  if (box.type === 'moov') return outsideData(reader, box);
  if (MEDIA_BOXES.has(box.type)) return undefined;
  return signHidden(await reader.read(box.start, Math.min(HIDDEN_BYTES, box.end - box.start)));
};

/** Where a film says that its bytes are in another file. */
const outsideData = async (reader: ByteReader, parent: Box): Promise<MediaRefusal | undefined> => {
  let count = 0;
  for await (const box of childrenOf(reader, parent)) {
    count += 1;
    if (count > MAX_BOXES) return polyglot(`more than ${MAX_BOXES} boxes`);
    const refusal = await outsideBox(reader, box);
    if (refusal) return refusal;
  }
  return undefined;
};

const outsideBox = async (reader: ByteReader, box: Box): Promise<MediaRefusal | undefined> => {
  if (box.type === 'rmra') return elsewhere('a reference movie');
  if (box.type === 'cmov') return polyglot('a compressed index');
  if (box.type === 'dref') return outsideEntry(reader, box);
  return PATH_TO_DATA.has(box.type) ? outsideData(reader, box) : undefined;
};

/** Flag of a data reference: the bytes are in this file. */
const SELF_CONTAINED = 1;
const FULL_HEADER = 4;

/** Entries of a data reference box (ISO/IEC 14496-12, section 8.7.2). */
const outsideEntry = async (reader: ByteReader, dref: Box): Promise<MediaRefusal | undefined> => {
  for await (const entry of childrenOf(reader, { ...dref, start: dref.start + 2 * FULL_HEADER })) {
    const body = await reader.read(entry.start, Math.min(256, entry.end - entry.start));
    if (body.length < FULL_HEADER || (body.readUInt32BE(0) & SELF_CONTAINED) !== 0) continue;
    const place = body.toString('latin1', FULL_HEADER).replaceAll('\0', '');
    // A writer's slip: neither here nor anywhere. The probe finds the pictures or refuses.
    if (place === '') continue;
    return elsewhere(`a ${entry.type.trim()} reference`);
  }
  return undefined;
};
