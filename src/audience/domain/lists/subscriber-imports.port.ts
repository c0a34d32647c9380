import type { WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type {
  ImportCounts,
  ImportFileFacts,
  ImportRow,
  ImportVerdict,
  SubscriberImport,
  SubscriberImportId,
  SubscriberImportState,
} from './subscriber-import.js';

/** A file that has been read to its end. */
export interface ReceivedFile {
  readonly fileHash: Buffer;
  readonly bytes: number;
  readonly fileName?: string | undefined;
  readonly facts: ImportFileFacts;
}

/** Up to a thousand rows whose turn it is, in the order of the file. */
export interface ImportChunk {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly rows: readonly ImportRow[];
}

/** Names one import. */
export interface ImportName {
  readonly workspaceId: WorkspaceId;
  readonly id: SubscriberImportId;
}

/** Imports of people: what the workspace sees of them. */
export abstract class SubscriberImports {
  abstract create(
    item: Pick<SubscriberImport, 'id' | 'workspaceId' | 'actor' | 'settings'> & { readonly settingsHash: Buffer },
    tx: Tx,
  ): Promise<SubscriberImport>;
  /** @throws DomainError `subscriber_import.not_found` */
  abstract get(name: ImportName, tx?: Tx): Promise<SubscriberImport>;
  /** The same, locked until `tx` ends. */
  abstract lock(name: ImportName, tx: Tx): Promise<SubscriberImport>;
  abstract list(
    workspaceId: WorkspaceId,
    place: { readonly limit: number; readonly after?: { readonly at: string; readonly id: string } | undefined },
  ): Promise<readonly (SubscriberImport & { readonly at: string })[]>;
  /** In the order of the file, from after a row. */
  abstract rows(
    name: ImportName,
    page: { readonly verdicts: readonly ImportVerdict[]; readonly after: number; readonly limit: number },
  ): Promise<readonly Pick<ImportRow, 'row' | 'verdict' | 'problems' | 'cells'>[]>;
  abstract setState(name: ImportName, state: SubscriberImportState, tx: Tx): Promise<void>;
  /** The import that was started with this one's settings and this file; others that would start wait until `tx` ends. */
  abstract startedWith(item: SubscriberImport, tx: Tx): Promise<SubscriberImportId | undefined>;
  abstract countOpen(workspaceId: WorkspaceId, tx: Tx): Promise<number>;
}

/** A file on its way in, and its rows on their way onto the list. */
export abstract class SubscriberImportWork {
  /**
   * Drops what an earlier try of the file left, and marks the import as receiving.
   * @returns false when it takes no file: it was started, or another upload of it is still running
   */
  abstract beginFile(name: ImportName): Promise<boolean>;
  abstract addChunk(name: ImportName, rows: readonly ImportRow[]): Promise<void>;
  /** The file is judged. */
  abstract endFile(name: ImportName, file: ReceivedFile, counts: ImportCounts): Promise<void>;
  /** The file could not be read: the import waits for another. */
  abstract dropFile(name: ImportName): Promise<void>;

  /** Marks the import as running; undefined when there is nothing to do. */
  abstract begin(id: SubscriberImportId): Promise<SubscriberImport | undefined>;
  /** The next rows of a running import, which nobody cancels until `tx` ends; undefined when none are left. */
  abstract nextChunk(id: SubscriberImportId, tx: Tx): Promise<ImportChunk | undefined>;
  /** Writes what became of a chunk: the checkpoint after which a crash changes nothing any more. */
  abstract settle(id: SubscriberImportId, chunk: ImportChunk, tx: Tx): Promise<void>;
  /** @returns true when the import ended now */
  abstract end(id: SubscriberImportId): Promise<boolean>;
  /** Imports whose job has been silent for so long. */
  abstract silent(forMs: number): Promise<readonly ImportName[]>;
  /** Drops files and verdicts that are older than their rule says. */
  abstract forget(): Promise<void>;
}

/** Imports as jobs. */
export abstract class SubscriberImportQueue {
  abstract enqueue(name: ImportName, tx?: Tx): Promise<void>;
}
