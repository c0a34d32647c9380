import { DAY_MS } from '../../kernel/durations.js';
import { DomainError } from '../../kernel/domain-error.js';
import type { Id, MediaId, WorkspaceId } from '../../kernel/ids.js';
import { cleanFileName } from './media.js';

export type UploadId = Id<'upload'>;

/** An unfinished upload is thrown away after this long; a finished one is remembered as long. */
export const UPLOAD_LIFETIME_MS = DAY_MS;

/** Unfinished uploads of one workspace: none that sends fifty files at once is stopped, and no disk fills with begun ones. */
export const MAX_OPEN_UPLOADS = 100;

/** A refusal that is kept, so that it can be read after the request that met it. */
export interface KeptProblem {
  readonly code: string;
  /** What to do about it. */
  readonly detail: string;
}

/**
 * An upload that may come in several requests.
 * `receiving`: bytes are missing, or it is being judged. `ready`: it became a media. `refused`: it cannot.
 */
export interface ResumableUpload {
  readonly id: UploadId;
  readonly workspaceId: WorkspaceId;
  readonly state: 'receiving' | 'ready' | 'refused';
  /** What the client said of the file, as it came. */
  readonly metadata: Readonly<Record<string, string | null>>;
  readonly totalBytes: number;
  /** The next byte we want, counted from 0. */
  readonly receivedBytes: number;
  readonly mediaId?: MediaId;
  readonly problem?: KeptProblem;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** A stretch of an upload's bytes in a stored file of its own. */
export interface UploadPart {
  readonly fileId: string;
  readonly firstByte: number;
  readonly bytes: number;
  readonly storageKey: string;
  readonly sha256: Buffer;
}

/** The file's name as clients of the protocol give it. */
export const fileNameOf = ({ metadata }: Pick<ResumableUpload, 'metadata'>): string =>
  cleanFileName(metadata.filename ?? metadata.name ?? undefined);

/** The media type as clients of the protocol name it. */
export const declaredTypeOf = ({ metadata }: Pick<ResumableUpload, 'metadata'>): string | undefined =>
  metadata.filetype ?? metadata.type ?? undefined;

export const isComplete = ({ receivedBytes, totalBytes }: ResumableUpload): boolean => receivedBytes === totalBytes;

export const keptProblem = ({ code, message }: DomainError): KeptProblem => ({ code, detail: message });

/** Another request of the same upload was faster, or the client counts otherwise than we do. */
export const offsetMismatch = (): DomainError =>
  new DomainError(
    'conflict',
    'upload.offset_mismatch',
    'Upload-Offset is not where this upload stands. Ask with HEAD for its Upload-Offset and go on from there.',
  );

export const tooManyUploads = (): DomainError =>
  new DomainError(
    'rate_limited',
    'upload.too_many_open',
    `${MAX_OPEN_UPLOADS} uploads of this workspace are unfinished. Finish or delete some (DELETE /v1/uploads/{id}), then begin this one again.`,
    { maxOpen: MAX_OPEN_UPLOADS },
  );

/** The upload came to a bad end before. */
export const uploadRefused = ({ code, detail }: KeptProblem): DomainError =>
  new DomainError('gone', 'upload.refused', detail, { reason: code });
