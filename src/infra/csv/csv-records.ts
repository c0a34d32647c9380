import { endlessQuote, tooManyRows } from '../../kernel/csv/csv.errors.js';
import type { BrokenRecord, CsvRecord, RowProblem } from '../../kernel/csv/csv-record.js';
import type { Delimiter } from '../../kernel/csv/delimiter.js';

/** Largest row, characters: words, variants and recycling of a post have room in it several times. */
const MAX_RECORD = 262_144;
/** So much text is awaited before it is split, lest a long row that comes in crumbs be read again at each. */
const LEAST_TEXT = 16_384;

const QUOTE = 34;
const LF = 10;
const CR = 13;

/**
 * What came after a cell. `more`: the text ends before that can be told. `open`: it ends within quotation marks.
 * `broken`: a quotation mark stands where none may.
 */
type CellEnd = 'delimiter' | 'line' | 'more' | 'open' | 'broken';

type Found = CsvRecord | BrokenRecord;

/**
 * Splits text into records (RFC 4180; lines end in LF, CR LF or CR) and counts them as a spreadsheet does, also those
 * that are empty or broken. A broken or endless row ends with its line. A quotation mark that never closes leaves open
 * where rows begin: it ends everything.
 */
export class RecordSplitter {
  private readonly delimiter: number;
  /** What is not split yet. */
  private text = '';
  /** Where the reading of `text` stands. */
  private at = 0;
  private isAll = false;
  private found: Found[] = [];
  private cells: string[] = [];
  private row = 0;
  /** Of `at`, as an editor counts; inside a cell that of its row's start and the line breaks since. */
  private line = 1;
  private breaks = 0;
  private filled = 0;
  private skipsLine = false;

  constructor(
    delimiter: Delimiter,
    private readonly limits: { readonly maxRows: number },
  ) {
    this.delimiter = delimiter.charCodeAt(0);
  }

  /** @throws DomainError `csv.quote_not_closed`, `csv.too_many_rows` */
  take(text: string): readonly Found[] {
    this.text += text;
    return this.text.length < LEAST_TEXT ? [] : this.split();
  }

  /** What is left when no more text comes. @throws DomainError as `take` */
  end(): readonly Found[] {
    this.isAll = true;
    return this.split();
  }

  private split(): readonly Found[] {
    this.found = [];
    this.at = 0;
    let start = 0;
    while (this.at < this.text.length) {
      start = this.at;
      if (!(this.skipsLine ? this.skipLine() : this.readRecord())) break;
      start = this.at;
    }
    this.text = this.text.slice(start);
    return this.found;
  }

  /** @returns false when the text ends before the record */
  private readRecord(): boolean {
    const start = this.at;
    this.cells = [];
    this.breaks = 0;
    let end = this.readCell();
    for (; end === 'delimiter'; end = this.readCell()) this.at += 1;
    const length = this.at - start;
    if (end === 'broken') return this.giveUp(brokenQuote(this.line + this.breaks));
    if (end === 'line') return this.close(length);
    const waiting = this.text.length - start;
    if (end === 'open' && (this.isAll || waiting > MAX_RECORD)) throw endlessQuote(this.row + 1, this.line);
    return end === 'more' && waiting > MAX_RECORD ? this.giveUp(tooLong()) : false;
  }

  private readCell(): CellEnd {
    return this.text.charCodeAt(this.at) === QUOTE ? this.readQuoted() : this.readPlain();
  }

  private readPlain(): CellEnd {
    const { text, at, delimiter } = this;
    let end = at;
    for (; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === delimiter || code === LF || code === CR) break;
      if (code === QUOTE) return 'broken';
    }
    return this.endCell(end, text.slice(at, end));
  }

  private readQuoted(): CellEnd {
    const { text } = this;
    let cell = '';
    for (let from = this.at + 1; ;) {
      const quote = text.indexOf('"', from);
      if (quote < 0) return 'open';
      const isDouble = text.charCodeAt(quote + 1) === QUOTE;
      const piece = text.slice(from, isDouble ? quote + 1 : quote);
      cell += piece;
      this.breaks += breaksIn(piece);
      from = quote + 2;
      if (!isDouble) return this.endCell(quote + 1, cell);
    }
  }

  /** @param end where the cell ends */
  private endCell(end: number, cell: string): CellEnd {
    const { text, isAll } = this;
    const code = text.charCodeAt(end);
    this.at = end;
    // A line feed may follow.
    const isCut = end === text.length || (code === CR && end + 1 === text.length);
    if (isCut && !isAll) return 'more';
    if (end < text.length && code !== this.delimiter && code !== LF && code !== CR) return 'broken';
    this.cells.push(cell);
    return code === this.delimiter ? 'delimiter' : 'line';
  }

  private close(length: number): boolean {
    if (length > MAX_RECORD) return this.giveUp(tooLong());
    this.row += 1;
    if (this.cells.some((cell) => cell !== '')) this.keep({ row: this.row, cells: this.cells });
    this.line += this.breaks;
    this.passBreak();
    return true;
  }

  private giveUp(problem: RowProblem): boolean {
    this.row += 1;
    this.keep({ row: this.row, problem });
    this.line += this.breaks;
    this.skipsLine = true;
    return true;
  }

  private skipLine(): boolean {
    const { text } = this;
    while (this.at < text.length && text.charCodeAt(this.at) !== LF && text.charCodeAt(this.at) !== CR) this.at += 1;
    if (this.at === text.length) return true;
    if (text.charCodeAt(this.at) === CR && this.at + 1 === text.length && !this.isAll) return false;
    this.skipsLine = false;
    this.passBreak();
    return true;
  }

  private passBreak(): void {
    if (this.at === this.text.length) return;
    const isPair = this.text.charCodeAt(this.at) === CR && this.text.charCodeAt(this.at + 1) === LF;
    this.at += isPair ? 2 : 1;
    this.line += 1;
  }

  private keep(record: Found): void {
    // The header is one of them.
    if (this.filled > this.limits.maxRows) throw tooManyRows(this.limits.maxRows);
    this.filled += 1;
    this.found.push(record);
  }
}

const breaksIn = (text: string): number => {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) count += 1;
  }
  return count;
};

const brokenQuote = (line: number): RowProblem => ({
  code: 'row.broken_quotes',
  message: `A quotation mark stands in the middle of a cell (line ${line}). Put the cell in quotation marks and write those inside it twice.`,
});

const tooLong = (): RowProblem => ({
  code: 'row.too_long',
  message: `This row has more than ${MAX_RECORD} characters. Shorten its cells, or write one row a line.`,
});
