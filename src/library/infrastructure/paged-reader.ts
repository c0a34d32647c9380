import { buffer } from 'node:stream/consumers';
import type { ByteReader } from '../domain/byte-reader.port.js';
import type { MediaStorage, StagedFile } from '../domain/media-storage.port.js';

const PAGE_BYTES = 65_536;
/** Kept pages: a walk over boxes goes forward and looks back a little. */
const MAX_PAGES = 16;

/** Reads a stored file by pages, so that a walk in small steps does not become a read each. */
export class PagedReader implements ByteReader {
  readonly size: number;
  private readonly pages = new Map<number, Promise<Buffer>>();

  constructor(
    private readonly storage: MediaStorage,
    private readonly file: Pick<StagedFile, 'storageKey' | 'bytes'>,
  ) {
    this.size = file.bytes;
  }

  async read(start: number, length: number): Promise<Buffer> {
    const end = Math.min(start + length, this.size);
    if (start >= end) return Buffer.alloc(0);
    const first = Math.floor(start / PAGE_BYTES);
    const last = Math.floor((end - 1) / PAGE_BYTES);
    // A long stretch is read once and not kept.
    if (last - first > 1) return buffer(this.storage.open(this.file.storageKey, start, end - 1));
    const pages = [];
    for (let page = first; page <= last; page += 1) pages.push(await this.page(page));
    const from = start - first * PAGE_BYTES;
    return Buffer.concat(pages).subarray(from, from + end - start);
  }

  private page(page: number): Promise<Buffer> {
    const kept = this.pages.get(page);
    if (kept) return kept;
    const start = page * PAGE_BYTES;
    const bytes = buffer(this.storage.open(this.file.storageKey, start, Math.min(start + PAGE_BYTES, this.size) - 1));
    this.pages.set(page, bytes);
    const [oldest] = this.pages.keys();
    if (this.pages.size > MAX_PAGES && oldest !== undefined) this.pages.delete(oldest);
    return bytes;
  }
}
