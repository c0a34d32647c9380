import type { Readable } from 'node:stream';

/** A file behind an address. Read `body` to its end or destroy it. */
export interface RemoteFile {
  /** Bare media type, lower-case; empty when not told. */
  readonly contentType: string;
  /** Size in bytes, when told. */
  readonly contentLength?: number;
  readonly body: Readable;
}

/** Files at addresses that users give; never one inside a private network. */
export abstract class RemoteFiles {
  /** Of the largest file it gives. */
  abstract readonly maxBytes: number;
  /** @throws DomainError `url.refused` when the address can be refused by its form */
  abstract check(url: string): void;
  /** @throws DomainError `url.*`; of kind `unavailable` when a later try may succeed */
  abstract open(url: string, signal: AbortSignal): Promise<RemoteFile>;
}
