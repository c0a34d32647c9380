import { describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import { fc } from '../../../test/support/properties.js';
import type { BrokenRecord, CsvRecord } from '../../kernel/csv/csv-record.js';
import { RecordSplitter } from './csv-records.js';

const LIMITS = { maxRows: 100_000 };

/** In pieces of up to `size` characters. */
const split = (text: string, size = text.length, delimiter: ',' | ';' | '\t' = ',') => {
  const splitter = new RecordSplitter(delimiter, LIMITS);
  const found: (CsvRecord | BrokenRecord)[] = [];
  for (let at = 0; at < text.length; at += size) found.push(...splitter.take(text.slice(at, at + size)));
  return [...found, ...splitter.end()];
};

const cell = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc
    .array(fc.constantFrom('"', ',', ';', '\t', '\n', '\r\n', '\r', 'a', ' ', '茶', '🍵'), { maxLength: 8 })
    .map((all) => all.join('')),
);

describe('splitting text into records', () => {
  it('reads whatever a writer of CSV wrote, in pieces of any size', () => {
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    const style = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t'),
      record_delimiter: fc.constantFrom('\n', '\r\n', '\r'),
      quoted: fc.boolean(),
    });
    fc.assert(
      fc.property(table, style, fc.integer({ min: 1, max: 40_000 }), (rows, { delimiter, ...rest }, size) => {
        // Some text before, so that the pieces are split before the end.
        const before = Array.from({ length: 800 }, (_, n) => [`row ${n} of many`, 'x'.repeat(20)]);
        const text = stringify([...before, ...rows], { ...rest, delimiter, quoted: true });
        const all = [...before, ...rows].map((cells, index) => ({ row: index + 1, cells }));
        expect(split(text, size, delimiter)).toEqual(all.filter(({ cells }) => cells.some((one) => one !== '')));
      }),
      { numRuns: 60 },
    );
  });

  it('counts empty rows and leaves them out', () => {
    expect(split('a,b\n\n,\nc,\n')).toEqual([
      { row: 1, cells: ['a', 'b'] },
      { row: 4, cells: ['c', ''] },
    ]);
  });

  it('ends a broken row with its line, wherever the mark stands, and names the line', () => {
    const broken = (row: number, line: number) => ({
      row,
      problem: { code: 'row.broken_quotes', message: expect.stringContaining(`(line ${line})`) },
    });
    expect(split('a,b "c" d,"e\n"two\nlines","x"y,"z\nnext,1\n')).toEqual([
      broken(1, 1),
      broken(2, 3),
      { row: 3, cells: ['next', '1'] },
    ]);
  });

  it('refuses a mark that never closes at its row and line, also before the end of an endless file', () => {
    expect(() => split('a\n"b\nc"\n"d\ne\n')).toThrow(
      expect.objectContaining({ code: 'csv.quote_not_closed', context: { row: 3, line: 4 } }),
    );
    const splitter = new RecordSplitter(',', LIMITS);
    expect(() => {
      for (let n = 0; n < 40; n += 1) splitter.take(`"${'x\n'.repeat(4_000)}`.slice(n === 0 ? 0 : 1));
    }).toThrow(expect.objectContaining({ code: 'csv.quote_not_closed', context: { row: 1, line: 1 } }));
  });

  it('refuses more rows than it may take', () => {
    const splitter = new RecordSplitter(',', { maxRows: 2 });
    splitter.take('header\none\n\ntwo\nthree\n');
    expect(() => splitter.end()).toThrow(expect.objectContaining({ code: 'csv.too_many_rows' }));
  });

  it('calls a row without end too long, holds none of it, and goes on with the next', () => {
    const splitter = new RecordSplitter(',', LIMITS);
    const found = [...splitter.take('first\n')];
    for (let n = 0; n < 100; n += 1) found.push(...splitter.take('x'.repeat(16_384)));
    found.push(...splitter.take('\nlast\n'), ...splitter.end());
    expect(found).toEqual([
      { row: 1, cells: ['first'] },
      { row: 2, problem: { code: 'row.too_long', message: expect.any(String) } },
      { row: 3, cells: ['last'] },
    ]);
  });
});
