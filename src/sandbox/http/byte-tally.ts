import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { mvhdDurationSec } from './mp4-duration.js';

/** Bytes at the start that are kept to read the duration; our clips have `moov` in front. */
const HEAD_BYTES = 262_144;

/** Counts and hashes an upload without keeping it. */
export class ByteTally {
  #bytes = 0;
  #hash: Hash = createHash('sha256');
  #head: Buffer = Buffer.alloc(0);

  get bytes(): number {
    return this.#bytes;
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex');
  }

  /** Seconds from the movie header, when it lies in the first 256 KiB. */
  get durationSec(): number | undefined {
    return mvhdDurationSec(this.#head);
  }

  /** Whether the bytes begin as MP4 and MOV files do, with a `ftyp` box (ISO/IEC 14496-12, 4.3). */
  get isMovie(): boolean {
    return this.#head.subarray(4, 8).toString('latin1') === 'ftyp';
  }

  add(part: Buffer): void {
    this.#bytes += part.length;
    this.#hash.update(part);
    if (this.#head.length < HEAD_BYTES) {
      this.#head = Buffer.concat([this.#head, part.subarray(0, HEAD_BYTES - this.#head.length)]);
    }
  }

  /** Adds parts until `maxBytes` more have come; the rest is read and dropped. */
  async addFrom(parts: AsyncIterable<Buffer>, maxBytes: number): Promise<void> {
    let left = maxBytes;
    for await (const part of parts) {
      if (left > 0) this.add(part.subarray(0, left));
      left -= part.length;
    }
  }

  copy(): ByteTally {
    const copy = new ByteTally();
    copy.#bytes = this.#bytes;
    copy.#hash = this.#hash.copy();
    copy.#head = this.#head;
    return copy;
  }

  /** What the truth feed says about the bytes. */
  facts(): { sha256: string; bytes: number; durationSec?: number } {
    const { durationSec } = this;
    return { sha256: this.sha256, bytes: this.bytes, ...(durationSec === undefined ? {} : { durationSec }) };
  }
}
