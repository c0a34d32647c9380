import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.port.js';
import { notFound } from '../../kernel/domain-error.js';
import { plusMs } from '../../kernel/durations.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import { mediaEmpty } from '../domain/library.errors.js';
import { MediaStorage } from '../domain/media-storage.port.js';
import {
  MAX_OPEN_UPLOADS,
  offsetMismatch,
  type ResumableUpload,
  tooManyUploads,
  UPLOAD_LIFETIME_MS,
  type UploadId,
} from '../domain/resumable-upload.js';
import { type NewUpload, ResumableUploads } from '../domain/resumable-uploads.port.js';
import { FinishUpload } from './finish-upload.js';
import { Segments } from './segments.js';

/** What a crash of ours may cost at most of what has arrived; a client that hangs up costs nothing. */
const SEGMENT_BYTES = 64 * 1024 * 1024;

/** Uploads in several requests: each stretch of bytes is stored and counted before it is acknowledged. */
@Injectable()
export class UploadDesk {
  constructor(
    private readonly clock: Clock,
    private readonly storage: MediaStorage,
    private readonly uploads: ResumableUploads,
    private readonly finishing: FinishUpload,
  ) {}

  /**
   * Begins an upload; the same id again answers the upload that it began.
   * @throws DomainError `media.empty`, `upload.too_many_open`
   */
  async begin(upload: Omit<NewUpload, 'expiresAt'>): Promise<ResumableUpload> {
    if (upload.totalBytes === 0) throw mediaEmpty();
    const expiresAt = plusMs(this.clock.now(), UPLOAD_LIFETIME_MS);
    const begun = await this.uploads.insert({ ...upload, expiresAt }, MAX_OPEN_UPLOADS);
    if (!begun) throw tooManyUploads();
    return begun;
  }

  /** @throws DomainError `upload.not_found` */
  async get(workspaceId: WorkspaceId, id: UploadId): Promise<ResumableUpload> {
    const upload = await this.uploads.find(workspaceId, id);
    if (!upload) throw notFound('upload', id);
    return upload;
  }

  /**
   * Stores what `source` brings, from byte `offset` on, until it ends, in whatever way.
   * @returns where the upload stands then
   * @throws DomainError `upload.not_found`, `upload.offset_mismatch`
   */
  async append(upload: { workspaceId: WorkspaceId; id: UploadId; offset: number }, source: Readable): Promise<number> {
    const { workspaceId, id } = upload;
    const { receivedBytes } = await this.get(workspaceId, id);
    if (receivedBytes !== upload.offset) throw offsetMismatch();
    const segments = new Segments(source, SEGMENT_BYTES);
    let offset = receivedBytes;
    while (!(await segments.areOver())) {
      const stretch = Readable.from(segments.next(), { objectMode: false });
      const staged = await this.storage.stage({ workspaceId, source: stretch, maxBytes: SEGMENT_BYTES });
      const { id: fileId, storageKey, bytes, sha256 } = staged;
      if (!(await this.uploads.addPart(id, { fileId, firstByte: offset, bytes, storageKey, sha256 }))) {
        await this.storage.discard(storageKey);
        throw offsetMismatch();
      }
      offset += bytes;
    }
    return offset;
  }

  /**
   * The upload at its end, when all its bytes are here: a ready media, or the reason why not.
   * @throws DomainError `upload.not_found`, and of `FinishUpload.run` when the bytes are refused now
   */
  async settle(workspaceId: WorkspaceId, id: UploadId): Promise<ResumableUpload> {
    return this.finishing.run(await this.get(workspaceId, id));
  }

  /** @throws DomainError `upload.not_found` */
  async remove(workspaceId: WorkspaceId, id: UploadId): Promise<void> {
    const keys = await this.uploads.remove(workspaceId, id);
    if (!keys) throw notFound('upload', id);
    await this.discardAll(keys);
  }

  /** Throws away what was not finished in its time. @returns how many parts went */
  async expireOnce(): Promise<number> {
    const keys = await this.uploads.removeExpired(this.clock.now());
    await this.discardAll(keys);
    return keys.length;
  }

  private async discardAll(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.storage.discard(key);
  }
}
