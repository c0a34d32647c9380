import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { entryOf, headOf, reportOf } from '../../../../test/mothers/evidence.js';
import { evidenceAsCsv } from '../../domain/evidence/evidence-csv.js';
import type { EvidencePart } from '../../domain/evidence/evidence.js';
import { streamEvidence } from './stream-evidence.js';

/** Parts without end; says how many were asked for and whether it was let go. */
const endless = () => {
  const seen = { asked: 0, ended: false };
  const parts = (async function* (): AsyncGenerator<EvidencePart> {
    try {
      yield { kind: 'head', head: headOf() };
      for (;;) {
        seen.asked += 1;
        yield { kind: 'timeline', entry: entryOf({ text: 'x'.repeat(1_000) }) };
      }
    } finally {
      seen.ended = true;
    }
  })();
  return { seen, parts };
};

describe('a streamed report', () => {
  it('is what its writer writes, whole', async () => {
    const to = new PassThrough();
    const read = text(to);
    await streamEvidence(
      (async function* () {
        yield* reportOf();
      })(),
      evidenceAsCsv(),
      to,
    );
    const writer = evidenceAsCsv();
    expect(await read).toBe(reportOf().map(writer.part).join('') + writer.end());
  });

  it('asks for no more than a slow reader takes, and stops when it leaves', async () => {
    const { seen, parts } = endless();
    const to = new PassThrough();
    const done = streamEvidence(parts, evidenceAsCsv(), to);
    await new Promise((resolve) => setImmediate(resolve));
    while (to.readableLength === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let n = 0; n < 50; n += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(seen.asked).toBeLessThan(200);
    to.destroy();
    await done;
    expect(seen.ended).toBe(true);
  });

  it('leaves the answer untouched when nothing can be read', async () => {
    const to = new PassThrough();
    // eslint-disable-next-line require-yield -- it fails before it could
    const broken = (async function* (): AsyncGenerator<EvidencePart> {
      throw new Error('the database is away');
    })();
    await expect(streamEvidence(broken, evidenceAsCsv(), to)).rejects.toThrow('the database is away');
    expect([to.destroyed, to.readableLength]).toEqual([false, 0]);
  });
});
