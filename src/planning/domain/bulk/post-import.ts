import { DomainError } from '../../../kernel/domain-error.js';
import { DAY_MS } from '../../../kernel/durations.js';
import type { CsvEncoding } from '../../../kernel/csv/csv.port.js';
import type { RowProblem } from '../../../kernel/csv/csv-record.js';
import type { Id, WorkspaceId } from '../../../kernel/ids.js';
import type { LayoutName } from './layouts/layout.js';
import type { RowState } from './row-verdict.js';

export type PostImportId = Id<'post_import'>;

/** Most rows of one file, its header and empty ones not counted. */
export const MAX_ROWS = 100_000;
/** Most columns of a file; no product writes half as many. */
export const MAX_COLUMNS = 300;
/** Imports of one workspace that run or wait at a time. */
export const MAX_OPEN_POST_IMPORTS = 10;
/** How long a judged file that nobody started can be started and read. */
export const KEEP_CHECKED_MS = 7 * DAY_MS;
/** How long an import's rows are known: verdicts, and what tells a row that comes again. */
export const KEEP_ENDED_MS = 90 * DAY_MS;

/** How a file is to be read; the same file under other settings is another import. */
export interface ImportSettings {
  readonly layout?: LayoutName;
  readonly encoding?: CsvEncoding;
  readonly delimiter?: ',' | ';' | '\t';
  /** IANA zone of times without an offset; the workspace's when absent. */
  readonly timezone?: string;
  /** For rows that name no account. */
  readonly accountIds?: readonly string[];
  /** `allow`: a row that was imported before is imported again. */
  readonly duplicates?: 'skip' | 'allow';
}

/** What happens to good rows when there are bad ones. */
export type BadRowsRule = 'skip' | 'refuse';

/** How the file turned out to be written. */
export interface FileFacts {
  readonly layout: LayoutName;
  readonly delimiter: string;
  readonly encoding: string;
  readonly header: readonly string[];
  readonly ignoredColumns: readonly string[];
}

export const IMPORT_STATES = ['receiving', 'checked', 'refused', 'queued', 'running', 'done', 'cancelled'] as const;
/**
 * `receiving`: seen by nobody. `checked`: judged, nothing stored. `refused`: had bad rows and was to be all or nothing.
 * `queued`, `running`: a worker stores posts. `cancelled`: stopped, the rest can be started again.
 */
export type ImportState = (typeof IMPORT_STATES)[number];

export type RowCounts = Readonly<Record<RowState, number>>;

/** An import of posts. */
export interface PostImport {
  readonly id: PostImportId;
  readonly workspaceId: WorkspaceId;
  readonly state: Exclude<ImportState, 'receiving'>;
  readonly fileName?: string;
  readonly bytes: number;
  readonly facts: FileFacts;
  readonly settings: ImportSettings;
  readonly badRows: BadRowsRule;
  readonly actor: string;
  readonly counts: RowCounts;
  readonly createdAt: Date;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
}

/** One row as it stands now. */
export interface ImportRow {
  readonly row: number;
  readonly state: RowState;
  readonly problems: readonly RowProblem[];
  readonly postId?: string;
}

/** Rows that will not become posts by themselves. */
export const isStartable = ({ state }: Pick<PostImport, 'state'>): boolean =>
  state === 'checked' || state === 'refused' || state === 'cancelled';

export const notStartable = ({ id, state }: Pick<PostImport, 'id' | 'state'>): DomainError =>
  new DomainError(
    'conflict',
    'post_import.not_startable',
    `This import is ${state} already; there is nothing to start.`,
    {
      id,
      state,
    },
  );

export const notCancellable = ({ id, state }: Pick<PostImport, 'id' | 'state'>): DomainError =>
  new DomainError('conflict', 'post_import.not_cancellable', `This import is ${state}; nothing of it is to come.`, {
    id,
    state,
  });

export const tooManyPostImports = (): DomainError =>
  new DomainError(
    'rate_limited',
    'post_import.too_many_open',
    `${MAX_OPEN_POST_IMPORTS} imports of this workspace have not ended yet. Start this one again when some have.`,
    { maxOpen: MAX_OPEN_POST_IMPORTS },
  );

export const hasBadRows = (id: string, bad: number): DomainError =>
  new DomainError(
    'conflict',
    'post_import.has_bad_rows',
    `${bad} rows cannot be imported. Repair them by the error file, or start with badRows=skip.`,
    { id, bad },
  );
