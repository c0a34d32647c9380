import type { Readable } from 'node:stream';
import type { Delimiter } from './delimiter.js';
import type { CsvEncoding } from './post-import.js';
import type { BrokenRecord, CsvRecord } from './row-draft.js';

/** A CSV file whose header has been read. */
export interface OpenCsv {
  readonly delimiter: Delimiter;
  /** As it turned out: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`. */
  readonly encoding: string;
  readonly header: readonly string[];
  /** Rows below the header, empty ones left out, in stretches as they come. Once. */
  readonly stretches: AsyncIterable<readonly (CsvRecord | BrokenRecord)[]>;
}

export interface CsvOptions {
  readonly encoding?: CsvEncoding | undefined;
  readonly delimiter?: Delimiter | undefined;
}

/** The one way in and out of CSV; holds a stretch at a time, whatever the file's size. */
export abstract class CsvFiles {
  /** @throws DomainError of `csv.errors.ts`, also while the rows are read */
  abstract open(source: AsyncIterable<Buffer>, options: CsvOptions): Promise<OpenCsv>;
  /** Rows as UTF-8 with a byte order mark, every cell neutralised (`formula.ts`). */
  abstract write(header: readonly string[], rows: AsyncIterable<readonly string[]>): Readable;
}
