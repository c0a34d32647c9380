import { formulaIn, restored } from '../../../../kernel/csv/formula.js';
import type { RowProblem } from '../../../../kernel/csv/csv-record.js';
import { readTime } from '../read-time.js';

/** A header as layouts know it: small letters, without an explanation after ` - ` or in brackets. */
export const plainHeader = (header: string): string =>
  restored(header)
    .replace(/\s+-\s.*$/s, '')
    .replace(/\s*\([^)]*\s[^)]*\)\s*$/s, '')
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ');

/** Where each column of a file is. */
export type HeaderIndex = ReadonlyMap<string, number>;

/** Two columns of one name: the first is meant. */
export const indexHeader = (header: readonly string[]): HeaderIndex =>
  new Map(header.map((name, index) => [plainHeader(name), index] as const).reverse());

const SAY = {
  formula: 'This cell holds a formula. Paste its value, or put an apostrophe before it to keep it as words.',
  failed: 'A formula failed in this cell. Repair it in the spreadsheet and export the file again.',
};

/** The cells of one row by the name of their column; notes what is wrong with those that are read. */
export class RowReader {
  readonly problems: RowProblem[] = [];
  readonly warnings: RowProblem[] = [];

  constructor(
    private readonly header: HeaderIndex,
    private readonly cells: readonly string[],
  ) {}

  /** The first of these columns that says something; empty when none does. */
  text(...columns: readonly string[]): string {
    for (const column of columns) {
      const index = this.header.get(column);
      const cell = index === undefined ? '' : (this.cells[index] ?? '');
      if (cell.trim() !== '') return this.words(column, cell);
    }
    return '';
  }

  /** Parts between separators, or of a JSON list; without empty ones and without a part said twice. */
  list(column: string, separator: RegExp): string[] {
    const text = this.text(column);
    const parsed = text.startsWith('[') ? this.json(column, text) : undefined;
    const parts = Array.isArray(parsed) ? parsed.map(String) : text.split(separator);
    return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
  }

  flag(...columns: readonly string[]): boolean {
    return /^(true|yes|1|x|wahr|vrai|verdadero|vero)$/i.test(this.text(...columns).trim());
  }

  /** A JSON object; undefined when the cell is empty or is none. */
  object(column: string): Record<string, unknown> | undefined {
    const text = this.text(column);
    if (text.trim() === '') return undefined;
    const value = this.json(column, text);
    if (value === undefined) return undefined;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    this.problem(column, 'cell.not_json', 'Write a JSON object like {"key":"value"}, or leave the cell empty.');
    return undefined;
  }

  time(column: string, clockColumn?: string): string | undefined {
    const date = this.text(column);
    if (date.trim() === '') return undefined;
    const read = readTime(date, clockColumn === undefined ? '' : this.text(clockColumn));
    if ('time' in read) return read.time;
    this.problem(column, `cell.${read.fault}_time`, TIMES[read.fault]);
    return undefined;
  }

  problem(column: string, code: string, message: string): void {
    this.problems.push({ column, code, message });
  }

  warning(column: string, code: string, message: string): void {
    this.warnings.push({ column, code, message });
  }

  private words(column: string, cell: string): string {
    const isEscaped = cell.startsWith("'") && restored(cell) !== cell;
    const found = isEscaped ? undefined : formulaIn(cell);
    if (found) this.problem(column, `cell.${found === 'formula' ? 'formula' : 'failed_formula'}`, SAY[found]);
    return restored(cell);
  }

  private json(column: string, text: string): unknown {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      this.problem(column, 'cell.not_json', 'This is no valid JSON. Check quotes and brackets.');
      return undefined;
    }
  }
}

const TIMES = {
  ambiguous: 'This may mean two different days. Write the year first: 2026-12-01 18:30.',
  unreadable: 'This is no time we can read. Write it like 2026-12-01 18:30, or with an offset 2026-12-01T17:30:00Z.',
};
