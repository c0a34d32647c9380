import { errorMonitor } from 'node:events';
import type { Readable } from 'node:stream';
import type { ProviderObservations } from '../../infra/providers/provider-observations.js';
import { DomainError } from '../../kernel/domain-error.js';
import { MediaStorage, type StagedFile } from '../domain/media-storage.port.js';

/** Any storage, telling how it does; what it answers and throws stays the same. */
export class ObservedMediaStorage extends MediaStorage {
  constructor(
    private readonly storage: MediaStorage,
    private readonly name: string,
    private readonly observations: ProviderObservations,
  ) {
    super();
  }

  get distance(): 'near' | 'far' {
    return this.storage.distance;
  }

  async stage(upload: Parameters<MediaStorage['stage']>[0]): Promise<StagedFile> {
    return this.watching(() => this.storage.stage(upload));
  }

  open(storageKey: string, start?: number, end?: number): Readable {
    const stream = this.storage.open(storageKey, start, end);
    // Watching alone: an error that nobody handles stays one.
    stream.once(errorMonitor, (error: unknown) => this.met(error));
    stream.once('end', () => this.isWell());
    return stream;
  }

  async discard(storageKey: string): Promise<void> {
    return this.watching(() => this.storage.discard(storageKey));
  }

  writtenBefore(instant: Date): AsyncIterable<readonly string[]> {
    return this.storage.writtenBefore(instant);
  }

  private async watching<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.isWell();
      return result;
    } catch (error) {
      this.met(error);
      throw error;
    }
  }

  private isWell(): void {
    this.observations.observe({ provider: 'storage', name: this.name, isGood: true });
  }

  private met(error: unknown): void {
    const fault = storageFaultOf(error);
    if (fault === undefined) return;
    this.observations.observe({ provider: 'storage', name: this.name, isGood: false, detail: fault });
  }
}

/** The disk's own troubles, and a server that cannot be reached; a missing file or a broken upload is neither. */
const FAULTS = new Set(
  (
    'ENOSPC EDQUOT EIO EROFS EACCES EPERM EMFILE ENFILE ENODEV ESTALE ' +
    'ECONNREFUSED ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN'
  ).split(' '),
);
const REFUSALS = new Set([401, 403, 429]);

/** What the storage itself did wrong, in a word; undefined when it was not the storage. */
export const storageFaultOf = (error: unknown): string | undefined => {
  if (error instanceof DomainError || typeof error !== 'object' || error === null) return undefined;
  const { code, name, $metadata } = error as {
    code?: unknown;
    name?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const status = $metadata?.httpStatusCode;
  if (status !== undefined) return status >= 500 || REFUSALS.has(status) ? `It answered ${status}.` : undefined;
  if (typeof code === 'string' && FAULTS.has(code)) return code;
  return name === 'TimeoutError' ? 'No answer in time.' : undefined;
};
