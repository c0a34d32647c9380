import type { PostId, WorkspaceId } from '../../../kernel/ids.js';
import type { Tx } from '../../../kernel/transaction.js';
import type { Listed, ListPlace } from '../../../library/domain/media-records.port.js';
import type {
  BadRowsRule,
  FileFacts,
  ImportRow,
  ImportSettings,
  ImportState,
  PostImport,
  PostImportId,
} from './post-import.js';
import type { RowProblem } from '../../../kernel/csv/csv-record.js';
import type { RowRequest } from './row-request.js';
import type { RowState, RowVerdict } from './row-verdict.js';

/** What makes two imports the same one. */
export interface ImportKey {
  readonly workspaceId: WorkspaceId;
  readonly fileHash: Buffer;
  readonly settingsHash: Buffer;
}

/** A file that has been read to its end. */
export interface ReceivedImport extends ImportKey {
  readonly id: PostImportId;
  readonly fileName?: string | undefined;
  readonly bytes: number;
  readonly facts: FileFacts;
  readonly settings: ImportSettings;
  readonly badRows: BadRowsRule;
}

/** A row whose turn it is. */
export interface WaitingRow {
  readonly row: number;
  readonly request: RowRequest;
}

/** What became of a row whose turn it was. */
export type RowOutcome =
  | { readonly row: number; readonly postId: PostId; readonly problems: readonly RowProblem[] }
  | { readonly row: number; readonly problems: readonly RowProblem[] };

/** A row of the error file. */
export interface TroubledRow extends Pick<ImportRow, 'row' | 'problems'> {
  readonly cells: readonly string[];
}

/** What the workspace has of the things that rows speak of. */
export interface KnownThings {
  /** Posts that earlier imports made, by what their row said. */
  readonly byDigest: ReadonlyMap<string, PostId>;
  readonly postIds: ReadonlySet<PostId>;
}

/** The tables of imports. What is `receiving` is seen by `add`, `settle` and `drop` alone. */
export abstract class PostImports {
  abstract begin(item: Pick<PostImport, 'id' | 'workspaceId' | 'actor'>): Promise<void>;
  abstract add(importId: PostImportId, workspaceId: WorkspaceId, verdicts: readonly RowVerdict[]): Promise<void>;
  abstract known(
    workspaceId: WorkspaceId,
    digests: readonly string[],
    postIds: readonly PostId[],
  ): Promise<KnownThings>;
  /** Ends the receiving. */
  abstract settle(item: ReceivedImport, state: 'checked' | 'refused' | 'queued', tx: Tx): Promise<PostImport>;
  abstract drop(importId: PostImportId, tx?: Tx): Promise<void>;
  /** The one that was started under this key; others that would start wait until `tx` ends. */
  abstract startedUnder(key: ImportKey, tx: Tx): Promise<PostImport | undefined>;
  /** Forgets judged files of this key that nobody started. */
  abstract dropChecked(key: ImportKey, tx: Tx): Promise<void>;
  abstract countOpen(workspaceId: WorkspaceId, tx: Tx): Promise<number>;
  abstract countBad(importId: PostImportId, tx: Tx): Promise<number>;

  abstract find(workspaceId: WorkspaceId, id: PostImportId, tx?: Tx): Promise<PostImport | undefined>;
  abstract lock(workspaceId: WorkspaceId, id: PostImportId, tx: Tx): Promise<PostImport | undefined>;
  abstract list(workspaceId: WorkspaceId, place: ListPlace): Promise<Listed<PostImport>[]>;
  /** In the order of the file, from after a row. */
  abstract rows(
    workspaceId: WorkspaceId,
    id: PostImportId,
    page: { readonly states: readonly RowState[]; readonly after: number; readonly limit: number },
  ): Promise<ImportRow[]>;
  abstract troubled(id: PostImportId, after: number, limit: number): Promise<TroubledRow[]>;
  abstract setState(id: PostImportId, state: Exclude<ImportState, 'receiving'>, tx: Tx): Promise<void>;
}

/** The worker's side: one batch after the other, each in a transaction. */
export abstract class ImportWork {
  /** Marks the import as running; undefined when there is nothing to do. */
  abstract begin(id: PostImportId): Promise<PostImport | undefined>;
  /** False when it was cancelled; nobody cancels it until `tx` ends. */
  abstract isRunning(id: PostImportId, tx: Tx): Promise<boolean>;
  /** Rows whose video is here, kept from others until `tx` ends. */
  abstract take(id: PostImportId, limit: number, tx: Tx): Promise<WaitingRow[]>;
  abstract finish(id: PostImportId, outcomes: readonly RowOutcome[], tx: Tx): Promise<void>;
  /** Addresses that nobody fetches yet, in the order of the file. */
  abstract unfetched(id: PostImportId, limit: number): Promise<string[]>;
  abstract markFetching(id: PostImportId, url: string, mediaImportId: string, tx: Tx): Promise<void>;
  abstract refuseUrl(id: PostImportId, url: string, problem: RowProblem, tx: Tx): Promise<void>;
  /** Hands videos that have arrived to their rows, and refuses rows whose video never will. @returns how many moved */
  abstract collect(id: PostImportId): Promise<number>;
  /** True when no row waits any more: the import has ended. */
  abstract end(id: PostImportId): Promise<boolean>;
  /** Imports whose job has been silent for so long. */
  abstract silent(forMs: number): Promise<Pick<PostImport, 'id' | 'workspaceId'>[]>;
  /** Drops what is older than its rule says. */
  abstract forget(): Promise<void>;
}

/** Imports as jobs. */
export abstract class PostImportQueue {
  abstract enqueue(
    item: Pick<PostImport, 'id' | 'workspaceId'>,
    options: { readonly tx?: Tx; readonly inSeconds?: number },
  ): Promise<void>;
}
