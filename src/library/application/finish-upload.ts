import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../kernel/domain-error.js';
import type { MediaId } from '../../kernel/ids.js';
import { UnitOfWork } from '../../kernel/transaction.js';
import type { VideoFacts } from '../domain/media.js';
import { MediaStorage, type StagedFile } from '../domain/media-storage.port.js';
import {
  declaredTypeOf,
  fileNameOf,
  isComplete,
  keptProblem,
  type ResumableUpload,
  type UploadPart,
} from '../domain/resumable-upload.js';
import { ResumableUploads } from '../domain/resumable-uploads.port.js';
import { AdmitMedia } from './admit-media.js';
import { ImportMedia } from './import-media.js';

/** Makes a media of an upload whose bytes are all here. May be run again after any fault, and by two at once. */
@Injectable()
export class FinishUpload {
  private readonly running = new Map<string, Promise<ResumableUpload>>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly storage: MediaStorage,
    private readonly uploads: ResumableUploads,
    private readonly imports: ImportMedia,
    private readonly admit: AdmitMedia,
  ) {}

  /**
   * @returns the upload as it is then; unchanged when bytes are missing or it has ended before
   * @throws DomainError of `ImportMedia.judge`: the upload is `refused` then and its bytes are gone
   */
  run(upload: ResumableUpload): Promise<ResumableUpload> {
    if (upload.state !== 'receiving' || !isComplete(upload)) return Promise.resolve(upload);
    const known = this.running.get(upload.id);
    if (known) return known;
    const run = this.finish(upload).finally(() => this.running.delete(upload.id));
    this.running.set(upload.id, run);
    return run;
  }

  private async finish(upload: ResumableUpload): Promise<ResumableUpload> {
    const parts = await this.uploads.parts(upload.id);
    const staged = await this.join(upload, parts);
    try {
      const { id: mediaId } = await this.admit.run(staged, (facts) => this.store(upload, staged, facts));
      await this.discard(parts, mediaId);
      return { ...upload, state: 'ready', mediaId };
    } catch (error) {
      if (error instanceof DomainError) {
        await this.uploads.markRefused(upload.id, keptProblem(error));
        await this.discard(parts);
      }
      throw error;
    }
  }

  /** One part is the file already; several are copied into one, a few chunks in memory at a time. */
  private async join({ workspaceId, totalBytes }: ResumableUpload, parts: readonly UploadPart[]): Promise<StagedFile> {
    const [first] = parts;
    if (first && parts.length === 1) return { ...first, id: first.fileId };
    const source = Readable.from(this.bytesOf(parts), { objectMode: false });
    return this.storage.stage({ workspaceId, source, maxBytes: totalBytes });
  }

  private async *bytesOf(parts: readonly UploadPart[]): AsyncIterable<Buffer> {
    for (const { storageKey } of parts) yield* this.storage.open(storageKey) as AsyncIterable<Buffer>;
  }

  private store(upload: ResumableUpload, staged: StagedFile, facts: VideoFacts): Promise<{ id: MediaId }> {
    const { id, workspaceId } = upload;
    return this.unitOfWork.run(async (tx) => {
      const current = await this.uploads.lock(workspaceId, id, tx);
      if (!current) throw notFound('upload', id);
      if (current.mediaId) return { id: current.mediaId };
      const declared = { fileName: fileNameOf(upload), declaredType: declaredTypeOf(upload) };
      const media = await this.imports.store({ workspaceId, ...declared, staged, facts }, tx);
      await this.uploads.markReady(id, media.id, tx);
      return media;
    });
  }

  /** A part that became the media keeps its bytes. */
  private async discard(parts: readonly UploadPart[], mediaId?: MediaId): Promise<void> {
    for (const { fileId, storageKey } of parts) if (fileId !== mediaId) await this.storage.discard(storageKey);
  }
}
