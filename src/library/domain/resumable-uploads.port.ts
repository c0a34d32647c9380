import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { KeptProblem, ResumableUpload, UploadId, UploadPart } from './resumable-upload.js';

export type NewUpload = Pick<ResumableUpload, 'id' | 'workspaceId' | 'totalBytes' | 'metadata' | 'expiresAt'>;

/** The tables of uploads and of their parts. */
export abstract class ResumableUploads {
  /**
   * Stores a new upload, or answers the one with this id.
   * @param maxOpen most unfinished ones of the workspace, this one among them; undefined when there are as many already
   */
  abstract insert(upload: NewUpload, maxOpen: number): Promise<ResumableUpload | undefined>;
  abstract find(workspaceId: WorkspaceId, id: UploadId): Promise<ResumableUpload | undefined>;
  /** The upload, kept from others until `tx` ends. */
  abstract lock(workspaceId: WorkspaceId, id: UploadId, tx: Tx): Promise<ResumableUpload | undefined>;
  /** In order of their bytes. */
  abstract parts(id: UploadId): Promise<UploadPart[]>;
  /** Adds bytes at the end. False: the upload does not stand at `part.firstByte`, or is no longer receiving. */
  abstract addPart(id: UploadId, part: UploadPart): Promise<boolean>;
  /** Ends well; its parts belong to nobody afterwards. */
  abstract markReady(id: UploadId, mediaId: MediaId, tx: Tx): Promise<void>;
  /** Ends badly, unless it has ended before; its parts belong to nobody afterwards. */
  abstract markRefused(id: UploadId, problem: KeptProblem): Promise<void>;
  /** Forgets the upload. @returns where its parts are, or undefined when there is none of this id */
  abstract remove(workspaceId: WorkspaceId, id: UploadId): Promise<string[] | undefined>;
  /** Forgets at most 500 uploads whose time is over. @returns where their parts are */
  abstract removeExpired(now: Date): Promise<string[]>;
}
