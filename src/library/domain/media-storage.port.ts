import type { Readable } from 'node:stream';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';

/** Bytes that arrived whole and are safe on disk, but belong to no media yet. */
export interface StagedFile {
  readonly id: MediaId;
  readonly storageKey: string;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/** Where video bytes live. A file without a row is nobody's and is swept after an hour. */
export abstract class MediaStorage {
  /**
   * Writes the stream to its place, hashing on the way; holds a few chunks in memory, never the file.
   * Whatever fails, nothing is left behind.
   * @throws DomainError `media.too_large` at the first byte over `maxBytes`
   */
  abstract stage(upload: {
    readonly workspaceId: WorkspaceId;
    readonly source: Readable;
    readonly maxBytes: number;
  }): Promise<StagedFile>;

  /** Opens bytes `start` to `end`, both inclusive; everything when left out. */
  abstract open(storageKey: string, start?: number, end?: number): Readable;

  /** Removes the bytes; fine when they are gone already. */
  abstract discard(storageKey: string): Promise<void>;

  /** Keys of files that were last written before `instant`, in groups of at most 500. */
  abstract writtenBefore(instant: Date): AsyncIterable<readonly string[]>;
}
