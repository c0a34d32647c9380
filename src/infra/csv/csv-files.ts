import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { csvEmpty, tooManyColumns } from '../../kernel/csv/csv.errors.js';
import { CsvFiles, type CsvOptions, type OpenCsv } from '../../kernel/csv/csv.port.js';
import { sniffDelimiter } from '../../kernel/csv/delimiter.js';
import { neutralised } from '../../kernel/csv/formula.js';
import { type BrokenRecord, type CsvRecord, isBroken } from '../../kernel/csv/csv-record.js';
import { RecordSplitter } from './csv-records.js';
import { decodeText } from './decode-text.js';

type Stretch = readonly (CsvRecord | BrokenRecord)[];

/** First characters that must hold the header's line, unless the file is shorter. */
const HEAD_LENGTH = 16_384;

/** Our own reader and csv-stringify behind one door. */
@Injectable()
export class CsvStreams extends CsvFiles {
  async open(source: AsyncIterable<Buffer>, options: CsvOptions): Promise<OpenCsv> {
    const { encoding, text } = await decodeText(source, options.encoding);
    const pieces = text[Symbol.asyncIterator]();
    const head = await headOf(pieces);
    const sniffed = sniffDelimiter(head);
    const delimiter = options.delimiter ?? sniffed.delimiter;
    const stretches = split(head.slice(sniffed.prologue.length), pieces, new RecordSplitter(delimiter, options));
    const { header, first } = await withHeader(stretches, options.maxColumns);
    return { delimiter, encoding, header, stretches: after(first, stretches) };
  }

  write(header: readonly string[], rows: AsyncIterable<readonly string[]>): Readable {
    const stringifier = stringify({ bom: true, record_delimiter: 'windows' });
    const cells = Readable.from(
      (async function* () {
        yield header.map(neutralised);
        for await (const row of rows) yield row.map(neutralised);
      })(),
    );
    cells.on('error', (error) => stringifier.destroy(error));
    stringifier.on('close', () => cells.destroy());
    return cells.pipe(stringifier);
  }
}

const headOf = async (pieces: AsyncIterator<string>): Promise<string> => {
  let head = '';
  while (head.length < HEAD_LENGTH) {
    const next = await pieces.next();
    if (next.done) break;
    head += next.value;
  }
  return head;
};

async function* split(head: string, pieces: AsyncIterator<string>, splitter: RecordSplitter): AsyncGenerator<Stretch> {
  yield splitter.take(head);
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield splitter.take(next.value);
  yield splitter.end();
}

/** The first row that says something is the header. */
const withHeader = async (
  stretches: AsyncGenerator<Stretch>,
  maxColumns: number,
): Promise<{ header: readonly string[]; first: Stretch }> => {
  for (let next = await stretches.next(); !next.done; next = await stretches.next()) {
    const [header, ...first] = next.value;
    if (!header) continue;
    if (isBroken(header)) return { header: [], first: next.value };
    if (header.cells.length > maxColumns) throw tooManyColumns(header.cells.length, maxColumns);
    return { header: header.cells, first };
  }
  throw csvEmpty();
};

async function* after(first: Stretch, stretches: AsyncGenerator<Stretch>): AsyncIterable<Stretch> {
  if (first.length > 0) yield first;
  for await (const stretch of stretches) if (stretch.length > 0) yield stretch;
}
