import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import { DomainError } from '../../kernel/domain-error.js';
import type { WorkspaceId } from '../../kernel/ids.js';
import type { UploadDesk } from '../application/upload-desk.js';
import { UPLOAD_LIFETIME_MS, uploadRefused } from '../domain/resumable-upload.js';

/** One workspace's uploads as `@tus/server` wants to see them; another workspace's do not exist here. */
export class TusStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'expiration', 'termination'];

  constructor(
    private readonly desk: UploadDesk,
    private readonly workspaceId: WorkspaceId,
  ) {
    super();
  }

  override async create(file: Upload): Promise<Upload> {
    const metadata = file.metadata ?? {};
    if (Object.values(metadata).some((value) => value?.includes('\u0000'))) throw nulInMetadata();
    const totalBytes = file.size ?? 0;
    const begun = await this.desk.begin({ id: file.id, workspaceId: this.workspaceId, totalBytes, metadata });
    if (begun.totalBytes !== totalBytes) throw lengthDiffers();
    file.creation_date = begun.createdAt.toISOString();
    return file;
  }

  override async getUpload(id: string): Promise<Upload> {
    const { receivedBytes, totalBytes, metadata, createdAt, problem } = await this.desk.get(this.workspaceId, id);
    if (problem) throw uploadRefused(problem);
    return new Upload({
      id,
      size: totalBytes,
      offset: receivedBytes,
      ...(Object.keys(metadata).length ? { metadata: { ...metadata } } : {}),
      creation_date: createdAt.toISOString(),
    });
  }

  override write(stream: Readable, id: string, offset: number): Promise<number> {
    return this.desk.append({ workspaceId: this.workspaceId, id, offset }, stream);
  }

  override remove(id: string): Promise<void> {
    return this.desk.remove(this.workspaceId, id);
  }

  override getExpiration(): number {
    return UPLOAD_LIFETIME_MS;
  }
}

const nulInMetadata = () =>
  new DomainError('invalid', 'upload.bad_metadata', 'Upload-Metadata holds a NUL character. Send the name without it.');

const lengthDiffers = () =>
  new DomainError(
    'unprocessable',
    'idempotency.body_differs',
    'This Idempotency-Key began an upload of another length. Use a new key for a new upload.',
  );
