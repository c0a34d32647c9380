import type { Readable } from 'node:stream';
import type { Delimiter } from './delimiter.js';
import type { BrokenRecord, CsvRecord } from './csv-record.js';

export const ENCODINGS = ['utf-8', 'windows-1252'] as const;
/** What a file without a byte order mark is written in. With one, it says itself: UTF-8 or UTF-16. */
export type CsvEncoding = (typeof ENCODINGS)[number];

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
  /** Most rows, the header and empty ones not counted. */
  readonly maxRows: number;
  readonly maxColumns: number;
}

/** The one way in and out of CSV; holds a stretch at a time, whatever the file's size. */
export abstract class CsvFiles {
  /** @throws DomainError of `csv.errors.ts`, also while the rows are read */
  abstract open(source: AsyncIterable<Buffer>, options: CsvOptions): Promise<OpenCsv>;
  /** Rows as UTF-8 with a byte order mark, every cell neutralised (`formula.ts`). */
  abstract write(header: readonly string[], rows: AsyncIterable<readonly string[]>): Readable;
}
