import { DomainError } from '../domain-error.js';

/** @param setting that bounds files of this kind */
export const csvTooLarge = (maxBytes: number, setting: string): DomainError =>
  new DomainError(
    'too_large',
    'csv.too_large',
    `The file is larger than ${maxBytes} bytes. Split it, or raise ${setting} on the server.`,
    { maxBytes },
  );

export const tooManyRows = (maxRows: number): DomainError =>
  new DomainError('too_large', 'csv.too_many_rows', `The file has more than ${maxRows} rows. Split it.`, { maxRows });

export const tooManyColumns = (columns: number, maxColumns: number): DomainError =>
  new DomainError(
    'invalid',
    'csv.too_many_columns',
    `The first row has ${columns} columns; at most ${maxColumns} are read. Is it the right table?`,
    { columns, maxColumns },
  );

export const csvEmpty = (): DomainError =>
  new DomainError('invalid', 'csv.empty', 'The file has no rows below its header. Check that the export finished.');

/** @param byteOffset of the first byte that does not fit, from 0 */
export const badEncoding = (byteOffset: number, encoding: string): DomainError =>
  new DomainError(
    'invalid',
    'csv.bad_encoding',
    encoding === 'utf-8'
      ? `The byte at ${byteOffset} is not UTF-8. Save the file as "CSV UTF-8", or send it with ?encoding=windows-1252 if that is what it is.`
      : `The byte at ${byteOffset} does not fit ${encoding}. Save the file as "CSV UTF-8" and send it again.`,
    { byteOffset, encoding },
  );

export const noByteOrderMark = (): DomainError =>
  new DomainError(
    'invalid',
    'csv.no_byte_order_mark',
    'This looks like UTF-16 without a byte order mark. Save the file as "CSV UTF-8" and send it again.',
    { byteOffset: 0 },
  );

export const notCsv = (what: string): DomainError =>
  new DomainError('unsupported_media', 'csv.not_csv', `This is ${what}, not CSV. Export the table as "CSV UTF-8".`, {
    what,
  });

/** @param row as a spreadsheet shows it */
export const endlessQuote = (row: number, line: number): DomainError =>
  new DomainError(
    'invalid',
    'csv.quote_not_closed',
    `A quotation mark that opens in row ${row} (line ${line}) never closes, so the rest of the file cannot be told apart. Close it, and write quotation marks inside a cell twice.`,
    { row, line },
  );
