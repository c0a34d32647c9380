import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import type { MediaStorage } from '../../src/library/domain/media-storage.port.js';
import { DiskMediaStorage } from '../../src/library/infrastructure/disk-media.storage.js';
import { MediabunnyProber } from '../../src/library/infrastructure/mediabunny.prober.js';
import { S3MediaStorage } from '../../src/library/infrastructure/s3-media.storage.js';
import { startS3 } from '../support/s3.js';

/** One suite for every place where videos may live. */
interface Place {
  readonly storage: MediaStorage;
  leave(): Promise<void>;
}

const onDisk = async (): Promise<Place> => {
  const root = await mkdtemp(join(tmpdir(), 'perennial-storage-'));
  return { storage: new DiskMediaStorage(root), leave: () => rm(root, { recursive: true, force: true }) };
};

const onS3 = async (): Promise<Place> => {
  const s3 = await startS3();
  const storage = new S3MediaStorage(s3.settings);
  return {
    storage,
    leave: async () => {
      storage.close();
      await s3.stop();
    },
  };
};

const PART = 5 * 1024 * 1024;
const ages = (ms: number): Date => new Date(Date.now() + ms);

describe.each([
  ['disk', onDisk],
  ['S3', onS3],
])('media storage on %s', (_, enter) => {
  let place: Place;
  let storage: MediaStorage;
  const workspaceId = newId();

  beforeAll(async () => {
    place = await enter();
    ({ storage } = place);
  });
  afterAll(() => place.leave());

  const stage = (bytes: Buffer, maxBytes = bytes.length) =>
    storage.stage({ workspaceId, source: Readable.from(slices(bytes)), maxBytes });

  const keys = async (before = ages(60_000)) => {
    const found: string[] = [];
    for await (const group of storage.writtenBefore(before)) {
      expect(group.length).toBeLessThanOrEqual(500);
      found.push(...group);
    }
    return found;
  };

  it.each([0, 1, 100_000, PART, 2 * PART + 12_345])('keeps %i bytes as they came, with their hash', async (size) => {
    const bytes = randomBytes(size);
    const staged = await stage(bytes);
    expect(staged).toMatchObject({ bytes: size, sha256: createHash('sha256').update(bytes).digest() });
    expect(staged.storageKey).toBe(`${workspaceId}/${staged.id}`);
    expect((await buffer(storage.open(staged.storageKey))).equals(bytes)).toBe(true);
  });

  it('reads any range, both ends inclusive', async () => {
    const bytes = randomBytes(200_000);
    const { storageKey } = await stage(bytes);
    for (const [start, end] of [
      [0, 1],
      [10, 19],
      [199_999, 199_999],
      [65_535, 131_072],
    ] as const)
      expect((await buffer(storage.open(storageKey, start, end))).equals(bytes.subarray(start, end + 1))).toBe(true);
    expect((await buffer(storage.open(storageKey, 199_000))).equals(bytes.subarray(199_000))).toBe(true);
  });

  it('lets a reader stop in the middle, and serves several at once', async () => {
    const bytes = randomBytes(3_000_000);
    const { storageKey } = await stage(bytes);
    const impatient = storage.open(storageKey);
    for await (const chunk of impatient as AsyncIterable<Buffer>) if (chunk.length > 0) break;
    expect(impatient.destroyed).toBe(true);
    const others = await Promise.all([1, 2, 3].map(() => buffer(storage.open(storageKey))));
    expect(others.every((other) => other.equals(bytes))).toBe(true);
  });

  it('fails the stream of bytes that are gone', async () => {
    const { storageKey } = await stage(randomBytes(10));
    await storage.discard(storageKey);
    await expect(buffer(storage.open(storageKey))).rejects.toThrow();
  });

  it('discards once or twice, it is the same', async () => {
    const { storageKey } = await stage(randomBytes(10));
    await storage.discard(storageKey);
    await storage.discard(storageKey);
    expect(await keys()).not.toContain(storageKey);
  });

  it.each([10, PART + 10])('leaves nothing of a source over the limit of %i bytes', async (maxBytes) => {
    const before = await keys();
    await expect(stage(randomBytes(maxBytes + 1), maxBytes)).rejects.toMatchObject({ code: 'media.too_large' });
    expect(await keys()).toEqual(before);
  });

  it.each([0, 100, PART + 100])('leaves nothing of a source that breaks after %i bytes', async (size) => {
    const before = await keys();
    const source = Readable.from(breaking(randomBytes(size)));
    await expect(storage.stage({ workspaceId, source, maxBytes: 1e9 })).rejects.toThrow('hung up');
    expect(await keys()).toEqual(before);
  });

  it('lists what was written before an instant, and nothing younger', async () => {
    const { storageKey } = await stage(randomBytes(10));
    expect(await keys()).toContain(storageKey);
    expect(await keys(ages(-60_000))).toEqual([]);
  });

  it('can be probed', async () => {
    const clip = await readFile('seeds/clips/tea-in-a-minute.mp4');
    const prober = new MediabunnyProber(storage);
    const facts = { width: 720, height: 1280, videoCodec: 'avc', audioCodec: 'aac' };
    expect(await prober.probe(await stage(clip))).toMatchObject({ kind: 'video', facts });
    expect(await prober.probe(await stage(clip.subarray(0, clip.length / 2)))).toEqual({ kind: 'truncated' });
    const gone = await stage(clip);
    await storage.discard(gone.storageKey);
    await expect(prober.probe(gone)).rejects.toThrow();
  });
});

/** Chunks as a socket gives them. */
function* slices(bytes: Buffer): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function* breaking(bytes: Buffer): Iterable<Buffer> {
  yield* slices(bytes);
  throw new Error('hung up');
}
