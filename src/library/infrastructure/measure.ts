import { createHash } from 'node:crypto';
import { mediaTooLarge } from '../domain/library.errors.js';

/** Counts and hashes chunks on their way. */
export class Measure {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** @throws DomainError `media.too_large` at the first byte over the limit */
  async *through(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of chunks) {
      this.bytes += chunk.length;
      if (this.bytes > this.maxBytes) throw mediaTooLarge(this.maxBytes);
      this.hash.update(chunk);
      yield chunk;
    }
  }

  /** What went through; once, at the end. */
  result(): { bytes: number; sha256: Buffer } {
    return { bytes: this.bytes, sha256: this.hash.digest() };
  }
}
