import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Logger } from '@nestjs/common';
import type { EvidencePart, EvidenceWriter } from '../../domain/evidence/evidence.js';

/** Texts are gathered to so many characters before they are written: a row is small, a chunk is not. */
const CHUNK = 16_384;

async function* chunksOf(parts: AsyncIterable<EvidencePart>, writer: EvidenceWriter): AsyncGenerator<string> {
  let gathered = '';
  for await (const part of parts) {
    gathered += writer.part(part);
    if (gathered.length < CHUNK) continue;
    yield gathered;
    gathered = '';
  }
  yield gathered + writer.end();
}

/** The stream with its first chunk read already: what fails by then can still be answered as a problem. */
const begun = async (chunks: AsyncGenerator<string>): Promise<AsyncGenerator<string>> => {
  const first = await chunks.next();
  return (async function* () {
    if (!first.done) yield first.value;
    yield* chunks;
  })();
};

/**
 * Writes a report as fast as it is read: memory holds one page of rows. A reader that leaves ends the queries; a fault
 * after the first bytes cuts the connection, so that half a report is never taken for a whole one.
 */
export const streamEvidence = async (
  parts: AsyncIterable<EvidencePart>,
  writer: EvidenceWriter,
  to: Writable,
): Promise<void> => {
  const chunks = await begun(chunksOf(parts, writer));
  try {
    await pipeline(Readable.from(chunks, { objectMode: true, highWaterMark: 2 }), to);
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    new Logger('Evidence').error({ err: error }, 'A report was cut off');
    throw error;
  }
};
