import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';

const BLOCK_BYTES = 1_048_576;
const BOX_HEADER_BYTES = 8;

/**
 * Writes a video of exactly `bytes` bytes (under 4 GiB): a real clip, and behind it one more `mdat` box whose bytes no
 * track points at. Players and the probe take it as it is; everything has to be carried.
 */
export const writeBigVideo = async (path: string, clip: URL, bytes: number): Promise<void> => {
  const head = await readFile(clip);
  const left = bytes - head.length;
  const box = Buffer.alloc(BOX_HEADER_BYTES);
  box.writeUInt32BE(left);
  box.write('mdat', 4, 'latin1');
  const block = randomBytes(BLOCK_BYTES);
  const file = await open(path, 'wx');
  try {
    await file.write(Buffer.concat([head, box]));
    for (let rest = left - BOX_HEADER_BYTES; rest > 0; rest -= BLOCK_BYTES)
      await file.write(block, 0, Math.min(rest, BLOCK_BYTES));
  } finally {
    await file.close();
  }
};
