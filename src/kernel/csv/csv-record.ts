/** A record of a file. */
export interface CsvRecord {
  /** As a spreadsheet shows it: the header is 1, a cell with line breaks is one row. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** What is wrong with one row. */
export interface RowProblem {
  /** The header of the column; absent when it is about the whole row. */
  readonly column?: string;
  /** Stable. */
  readonly code: string;
  /** A sentence that says what to do. */
  readonly message: string;
}

/** A record that could not be split into cells. */
export interface BrokenRecord {
  readonly row: number;
  readonly problem: RowProblem;
}

export const isBroken = (record: CsvRecord | BrokenRecord): record is BrokenRecord => 'problem' in record;
