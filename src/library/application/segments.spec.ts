import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../test/support/properties.js';
import { Segments } from './segments.js';

async function* stream(chunks: readonly Uint8Array[]): AsyncIterable<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

const cut = async (chunks: readonly Uint8Array[], maxBytes: number): Promise<Buffer[]> => {
  const segments = new Segments(stream(chunks), maxBytes);
  const cuts: Buffer[] = [];
  while (!(await segments.areOver())) {
    const pieces: Buffer[] = [];
    for await (const piece of segments.next()) pieces.push(piece);
    cuts.push(Buffer.concat(pieces));
  }
  return cuts;
};

describe('Segments', () => {
  it('keep every byte in order, each full but the last', async () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(chunks, fc.integer({ min: 1, max: 25 }), async (given, maxBytes) => {
        const cuts = await cut(given, maxBytes);
        expect(Buffer.concat(cuts)).toEqual(Buffer.concat(given));
        expect(cuts.slice(0, -1).every(({ length }) => length === maxBytes)).toBe(true);
        expect(cuts.every(({ length }) => length > 0 && length <= maxBytes)).toBe(true);
      }),
    );
  });

  it('are over at once when nothing comes', async () => {
    expect(await cut([], 10)).toEqual([]);
    expect(await cut([new Uint8Array()], 10)).toEqual([]);
  });
});
