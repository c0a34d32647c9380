import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error.js';
import type { MediaId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../kernel/transaction.js';
import * as imported from '../domain/media-import.js';
import { MediaImports } from '../domain/media-imports.port.js';
import { MediaStorage, type StagedFile } from '../domain/media-storage.port.js';
import type { VideoFacts } from '../domain/media.js';
import { type RemoteFile, RemoteFiles } from '../domain/remote-files.port.js';
import { keptProblem } from '../domain/resumable-upload.js';
import { AdmitMedia } from './admit-media.js';
import { ImportMedia } from './import-media.js';

/** How often progress is written, bytes. */
const PROGRESS_BYTES = 8 * 1024 * 1024;

/** One try of one import, from the address to the media. May be run again after any fault. */
@Injectable()
export class FetchImport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly storage: MediaStorage,
    private readonly imports: MediaImports,
    private readonly files: RemoteFiles,
    private readonly media: ImportMedia,
    private readonly admit: AdmitMedia,
  ) {}

  /**
   * @param signal when this process must stop; the try counts and another one follows
   * @returns `again` when a later try may succeed and there is one left
   */
  async runOnce(id: imported.ImportId, signal: AbortSignal): Promise<'done' | 'again'> {
    const item = await this.imports.begin(id);
    if (!item) return 'done';
    try {
      await this.fetch(item, signal);
      return 'done';
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') {
        await this.imports.markEnded(id, 'refused', keptProblem(error));
        return 'done';
      }
      if (item.attempts < imported.MAX_IMPORT_TRIES) {
        await this.imports.requeue(id);
        return 'again';
      }
      await this.imports.markEnded(
        id,
        'failed',
        keptProblem(error instanceof DomainError ? error : imported.importFailed()),
      );
      return 'done';
    }
  }

  private async fetch(item: imported.MediaImport, signal: AbortSignal): Promise<void> {
    const { workspaceId } = item;
    const file = await this.files.open(item.url, signal);
    if (imported.isDocument(file.contentType)) {
      file.body.destroy();
      throw imported.documentInstead(file.contentType);
    }
    const source = Readable.from(this.watched(item.id, file), { objectMode: false });
    const staged = await this.storage.stage({ workspaceId, source, maxBytes: this.files.maxBytes });
    await this.admit.run(staged, (facts) => this.store(item, staged, facts));
  }

  private async *watched(id: imported.ImportId, { body, contentLength }: RemoteFile): AsyncIterable<Buffer> {
    const total = contentLength === undefined ? {} : { total: contentLength };
    let received = 0;
    let written = 0;
    await this.imports.progress(id, { received, ...total });
    for await (const chunk of body as AsyncIterable<Buffer>) {
      received += chunk.length;
      if (received - written >= PROGRESS_BYTES) {
        written = received;
        await this.imports.progress(id, { received, ...total });
      }
      yield chunk;
    }
    await this.imports.progress(id, { received, ...total });
  }

  private store(item: imported.MediaImport, staged: StagedFile, facts: VideoFacts): Promise<{ id: MediaId }> {
    return this.unitOfWork.run(async (tx) => {
      const current = await this.imports.lock(item.id, tx);
      if (current?.mediaId) return { id: current.mediaId };
      const fileName = imported.importedFileName(item);
      const isNameGuessed = item.fileName === undefined;
      const file = { workspaceId: item.workspaceId, fileName, isNameGuessed, staged, facts };
      const stored = await this.media.store(file, tx);
      if (current) await this.imports.markReady(item.id, stored.id, tx);
      return stored;
    });
  }
}
