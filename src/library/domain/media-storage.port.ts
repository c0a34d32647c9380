import type { Readable } from 'node:stream';
import type { MediaId, WorkspaceId } from '../../kernel/ids.js';

/** Bytes that arrived whole and are safely stored, but belong to no media yet. */
export interface StagedFile {
  readonly id: MediaId;
  readonly storageKey: string;
  readonly bytes: number;
  readonly sha256: Buffer;
}

/** Where video bytes live. A file without a row is nobody's and is swept after an hour. */
export abstract class MediaStorage {
  /** `far`: every read is a request over the network, so few large ones are better than many small ones. */
  abstract readonly distance: 'near' | 'far';

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

  /**
   * Opens bytes `start` to `end`, both inclusive; everything when left out. The stream fails when the bytes are gone.
   * Destroying it ends the reading.
   */
  abstract open(storageKey: string, start?: number, end?: number): Readable;

  /** Removes the bytes; fine when they are gone already. */
  abstract discard(storageKey: string): Promise<void>;

  /** Keys of files that were last written before `instant`, in groups of at most 500. */
  abstract writtenBefore(instant: Date): AsyncIterable<readonly string[]>;
}
