import { DomainError } from '../../../kernel/domain-error.js';
import { DAY_MS } from '../../../kernel/durations.js';
import type { Id, WorkspaceId } from '../../../kernel/ids.js';
import type { CsvEncoding } from '../../../kernel/csv/csv.port.js';
import type { RowProblem } from '../../../kernel/csv/csv-record.js';
import type { Attributes } from './attributes.js';

export type SubscriberImportId = Id<'subscriber_import'>;

/** Most rows of one file, its header and empty ones not counted. */
export const MAX_IMPORT_ROWS = 2_000_000;
/** Most columns of a file. */
export const MAX_IMPORT_COLUMNS = 200;
/** Imports of one workspace that run or wait at a time. */
export const MAX_OPEN_SUBSCRIBER_IMPORTS = 5;
/** How long a judged file that nobody started can be started and read; it holds addresses. */
export const KEEP_CHECKED_MS = 7 * DAY_MS;
/** How long verdicts can be read, and the same file is known. */
export const KEEP_ENDED_MS = 30 * DAY_MS;

/** Where a file's people come from and how it is to be read. Another setting makes another import of the same file. */
export interface SubscriberImportSettings {
  /** Declared by the workspace: `shop customers 2024`, `export of our newsletter`. */
  readonly source: string;
  /** The words that people agreed to there. */
  readonly consent: { readonly text: string; readonly textVersion: string; readonly language: string };
  /** Which column is what, by the header's names; by guess when absent. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly encoding?: CsvEncoding;
  readonly delimiter?: ',' | ';' | '\t';
  /** ISO 3166 code for numbers without `+`. */
  readonly phoneCountry?: string;
  /** Given to everyone in the file, besides its own column. */
  readonly tags?: readonly string[];
  /** Whether those without proof get a confirm mail at once; else they wait until they are asked, and are purged. */
  readonly askToConfirm: boolean;
}

/** How the file turned out to be written. */
export interface ImportFileFacts {
  readonly delimiter: string;
  readonly encoding: string;
  readonly header: readonly string[];
  /** Columns that are read, and as what. */
  readonly columns: Readonly<Record<string, string>>;
  readonly ignoredColumns: readonly string[];
}

export const SUBSCRIBER_IMPORT_STATES = [
  'waiting',
  'receiving',
  'checked',
  'queued',
  'running',
  'done',
  'cancelled',
] as const;
/**
 * `waiting`: for its file. `receiving`: the file arrives and is judged. `checked`: judged, nobody is on the list yet.
 * `queued`, `running`: a worker puts people on the list. `cancelled`: stopped, and can be started again.
 */
export type SubscriberImportState = (typeof SUBSCRIBER_IMPORT_STATES)[number];

export const IMPORT_VERDICTS = [
  'ready',
  'confirmed',
  'pending',
  'exists',
  'duplicate',
  'suppressed',
  'limited',
  'bad',
] as const;
/**
 * `ready`: would join, or waits for its turn. `confirmed`, `pending`: on the list now. `exists`: was there already.
 * `duplicate`: an earlier row has the same address. `suppressed`: must not be written to. `limited`: got its confirm
 * mails of this week. `bad`: cannot be read; the error file says why.
 */
export type ImportVerdict = (typeof IMPORT_VERDICTS)[number];

export type ImportCounts = Readonly<Record<ImportVerdict, number>>;

export const noImportCounts = (): Record<ImportVerdict, number> =>
  Object.fromEntries(IMPORT_VERDICTS.map((verdict) => [verdict, 0])) as Record<ImportVerdict, number>;

/** What a row says of a person, normalised. */
export interface ImportPerson {
  readonly email: string;
  /** E.164. */
  readonly phone?: string;
  readonly language?: string;
  readonly zone?: string;
  readonly tags?: readonly string[];
  readonly attributes?: Attributes;
  /** Proof of mail consent. */
  readonly evidence?: string;
  /** Proof of consent to text messages. */
  readonly phoneEvidence?: string;
}

/** One row as it stands. A person is kept only while `ready`, cells only while `bad`. */
export interface ImportRow {
  readonly row: number;
  readonly verdict: ImportVerdict;
  readonly person?: ImportPerson;
  readonly problems?: readonly RowProblem[];
  readonly cells?: readonly string[];
}

/** A file of people and where it stands. */
export interface SubscriberImport {
  readonly id: SubscriberImportId;
  readonly workspaceId: WorkspaceId;
  readonly state: SubscriberImportState;
  readonly actor: string;
  readonly settings: SubscriberImportSettings;
  readonly fileName?: string;
  readonly bytes: number;
  readonly facts?: ImportFileFacts;
  readonly counts: ImportCounts;
  /** The last row whose fate is settled. */
  readonly settledRow: number;
  readonly createdAt: Date;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
}

type Named = Pick<SubscriberImport, 'id' | 'state'>;

export const notStartable = ({ id, state }: Named): DomainError =>
  new DomainError(
    'conflict',
    'subscriber_import.not_startable',
    state === 'waiting' || state === 'receiving'
      ? 'This import has no judged file yet. Send the file, read its verdicts, then start.'
      : `This import is ${state} already; there is nothing to start.`,
    { id, state },
  );

export const notCancellable = ({ id, state }: Named): DomainError =>
  new DomainError(
    'conflict',
    'subscriber_import.not_cancellable',
    `This import is ${state}; nothing of it is to come.`,
    {
      id,
      state,
    },
  );

export const takesNoFile = ({ id, state }: Named): DomainError =>
  new DomainError(
    'conflict',
    'subscriber_import.has_file',
    `This import is ${state}; it takes no other file. Create another import for another file.`,
    { id, state },
  );

/** @param importId the one that was started with the same file and settings */
export const knownFile = (importId: string): DomainError =>
  new DomainError(
    'conflict',
    'subscriber_import.known_file',
    'This file was imported under these settings before; see importId for what became of it.',
    { importId },
  );

export const tooManyImports = (): DomainError =>
  new DomainError(
    'rate_limited',
    'subscriber_import.too_many_open',
    `${MAX_OPEN_SUBSCRIBER_IMPORTS} imports of this workspace have not ended yet. Start this one when some have.`,
    { maxOpen: MAX_OPEN_SUBSCRIBER_IMPORTS },
  );
