import type { MediaId, WorkspaceId } from '../../kernel/ids.js';
import type { Tx } from '../../kernel/transaction.js';
import type { ImportId, MediaImport } from './media-import.js';
import type { KeptProblem } from './resumable-upload.js';

export type NewImport = Pick<MediaImport, 'id' | 'workspaceId' | 'url' | 'fileName'>;

/** The table of imports. */
export abstract class MediaImports {
  /** @param maxOpen most of the workspace that have not ended; undefined when there are as many already */
  abstract insert(item: NewImport, maxOpen: number, tx: Tx): Promise<MediaImport | undefined>;
  abstract find(workspaceId: WorkspaceId, id: ImportId): Promise<MediaImport | undefined>;
  /** Counts a try and answers the import; undefined when it is gone or has ended. */
  abstract begin(id: ImportId): Promise<MediaImport | undefined>;
  abstract progress(id: ImportId, bytes: { readonly received: number; readonly total?: number }): Promise<void>;
  /** The import, kept from others until `tx` ends. */
  abstract lock(id: ImportId, tx: Tx): Promise<MediaImport | undefined>;
  abstract markReady(id: ImportId, mediaId: MediaId, tx: Tx): Promise<void>;
  /** Ends badly, unless it has ended before. */
  abstract markEnded(id: ImportId, state: 'refused' | 'failed', problem: KeptProblem): Promise<void>;
  /** Drops those that ended longer ago than this. */
  abstract forgetEnded(olderThanMs: number): Promise<void>;
  /** Waits for its next try. */
  abstract requeue(id: ImportId): Promise<void>;
}

/** Imports as jobs: sent with the row, done by a worker, again when a try threw. */
export abstract class ImportQueue {
  abstract enqueue(item: Pick<MediaImport, 'id' | 'workspaceId'>, tx: Tx): Promise<void>;
}
