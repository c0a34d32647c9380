import { type CsvError, type Parser, parse } from 'csv-parse';
import { endlessQuote, tooManyRows } from '../../kernel/csv/csv.errors.js';
import type { Delimiter } from '../../kernel/csv/delimiter.js';
import type { BrokenRecord, CsvRecord } from '../../kernel/csv/csv-record.js';

/** Largest row, bytes: a post with its words, variants and recycling has room in it several times. */
const MAX_RECORD_BYTES = 262_144;

const FATAL: readonly string[] = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'];

/** Splits text into records and counts them as a spreadsheet does, also those that are empty or broken. */
export class RecordSplitter {
  private readonly parser: Parser;
  private found: (CsvRecord | BrokenRecord)[] = [];
  private row = 0;
  private filled = 0;
  /** Line where the last good or broken record ended. */
  private line = 0;
  private brokenLine = -1;
  private failure: Error | undefined;

  constructor(
    delimiter: Delimiter,
    private readonly limits: { readonly maxRows: number },
  ) {
    this.parser = parse({
      delimiter,
      relax_column_count: true,
      skip_records_with_error: true,
      max_record_size: MAX_RECORD_BYTES,
      on_record: (cells: string[], { lines }) => this.onRecord(cells, lines),
      on_skip: (error) => (error ? this.onBroken(error) : undefined),
    });
    this.parser.on('error', (error) => (this.failure ??= error)).resume();
  }

  /** @throws DomainError `csv.quote_not_closed`, `csv.too_many_rows` */
  async take(text: string): Promise<readonly (CsvRecord | BrokenRecord)[]> {
    await new Promise<void>((resolve) => this.parser.write(text, () => resolve()));
    return this.drain();
  }

  async end(): Promise<readonly (CsvRecord | BrokenRecord)[]> {
    await new Promise<void>((resolve) => this.parser.once('close', resolve).end());
    return this.drain();
  }

  private drain(): readonly (CsvRecord | BrokenRecord)[] {
    if (this.failure) throw this.failure;
    const { found } = this;
    this.found = [];
    return found;
  }

  private onRecord(cells: readonly string[], line: number): undefined {
    this.row += 1;
    this.line = line;
    if (cells.some((cell) => cell !== '')) this.keep({ row: this.row, cells });
    return undefined;
  }

  /** A record may be found broken more than once. */
  private onBroken({ code, lines }: CsvError): undefined {
    if (FATAL.includes(code)) throw (this.failure ??= endlessQuote(this.row + 1, this.line + 1));
    // The parser would read on in the broken cell up to the next quotation mark, rows further down: its row ends it.
    (this.parser as unknown as { readonly state: { quoting: boolean } }).state.quoting = false;
    if (lines === this.brokenLine) return undefined;
    this.brokenLine = lines as number;
    this.row += 1;
    this.keep({ row: this.row, problem: brokenQuote(this.brokenLine) });
    return undefined;
  }

  private keep(record: CsvRecord | BrokenRecord): void {
    // The header is one of them.
    if (this.filled > this.limits.maxRows) throw (this.failure ??= tooManyRows(this.limits.maxRows));
    this.filled += 1;
    this.found.push(record);
  }
}

const brokenQuote = (line: number) => ({
  code: 'row.broken_quotes',
  message: `A quotation mark stands in the middle of a cell (line ${line}). Put the cell in quotation marks and write those inside it twice.`,
});
