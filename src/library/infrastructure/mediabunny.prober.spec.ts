import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { MediaStorage } from '../domain/media-storage.port.js';
import { MediabunnyProber } from './mediabunny.prober.js';

const proberOf = (file: Buffer) =>
  new MediabunnyProber({
    distance: 'near',
    open: (_key: string, start: number, end: number) => Readable.from([file.subarray(start, end + 1)]),
  } as unknown as MediaStorage);

describe('a file that is shorter than the header of a video', () => {
  it.each([1, 4, 8, 11])('is no video: %i bytes', async (bytes) => {
    const file = Buffer.from('\0\0\0\x20ftypisom').subarray(0, bytes);
    expect(await proberOf(file).probe({ storageKey: 'k', bytes })).toEqual({ kind: 'not_a_video' });
  });

  it('is not judged while the storage fails', async () => {
    const broken = new MediabunnyProber({
      distance: 'near',
      open: () =>
        new Readable({
          read() {
            this.destroy(new Error('disk'));
          },
        }),
    } as unknown as MediaStorage);
    await expect(broken.probe({ storageKey: 'k', bytes: 8 })).rejects.toThrow();
  });
});
