import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import type { CsvOptions } from '../../kernel/csv/csv.port.js';
import { CsvStreams } from './csv-files.js';

const files = new CsvStreams();

/** In pieces of `size` bytes, so that characters and quotes are cut anywhere. */
const inPieces = (bytes: Buffer, size: number): AsyncIterable<Buffer> =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size)),
  );

const LIMITS = { maxRows: 100, maxColumns: 10 };

const read = async (content: string | Buffer, options: Partial<CsvOptions> = {}, size = 7) => {
  const all = { ...LIMITS, ...options };
  const { stretches, ...facts } = await files.open(inPieces(Buffer.from(content as string), size), all);
  const rows = [];
  for await (const stretch of stretches) rows.push(...stretch);
  return { ...facts, rows };
};

const TABLE = 'caption;tags\r\n"Tee, Käse & 茶 🍵\nzweite ""Zeile""";a\r\n\r\nlast;b\r\n';
const ROWS = [
  { row: 2, cells: ['Tee, Käse & 茶 🍵\nzweite "Zeile"', 'a'] },
  { row: 4, cells: ['last', 'b'] },
];

describe('reading CSV', () => {
  it.each([1, 2, 3, 5, 4_096])('gives rows with a spreadsheet’s numbers from pieces of %d bytes', async (size) => {
    expect(await read(TABLE, {}, size)).toEqual({
      ...{ delimiter: ';', encoding: 'utf-8', header: ['caption', 'tags'], rows: ROWS },
    });
  });

  it.each([
    ['utf-8', Buffer.from(`\ufeff${TABLE}`)],
    ['utf-16le', Buffer.from(`\ufeff${TABLE}`, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${TABLE}`, 'utf16le').swap16()],
  ])('believes the byte order mark of %s', async (encoding, bytes) => {
    expect(await read(bytes)).toMatchObject({ encoding, header: ['caption', 'tags'], rows: ROWS });
  });

  it('reads Windows-1252 only when asked to', async () => {
    const bytes = iconv.encode('caption\nKäse – €\n', 'win1252');
    expect((await read(bytes, { encoding: 'windows-1252' })).rows).toEqual([{ row: 2, cells: ['Käse – €'] }]);
    await expect(read(bytes)).rejects.toMatchObject({ code: 'csv.bad_encoding', context: { byteOffset: 9 } });
  });

  it.each([
    ['a byte no UTF-8 has', Buffer.from([0x61, 0x0a, 0x62, 0xff, 0x0a]), 3],
    ['a character cut off by the end', Buffer.from([0x61, 0x0a, 0xe8, 0x8c]), 2],
    ['a spelling that is too long', Buffer.from([0x61, 0x0a, 0xc0, 0xaf, 0x0a]), 2],
    [
      'half of a surrogate pair',
      Buffer.concat([Buffer.from('\ufeffa\n', 'utf16le'), Buffer.from([0, 0xd8, 0x61, 0])]),
      6,
    ],
  ])('names the place of %s', async (_, bytes, byteOffset) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'csv.bad_encoding', context: { byteOffset } });
  });

  it.each([
    ['csv.not_csv', Buffer.from('PK\u0003\u0004rest of a workbook')],
    ['csv.no_byte_order_mark', Buffer.from('caption\ntea\n', 'utf16le')],
    ['csv.empty', Buffer.from('\n\n')],
    ['csv.empty', Buffer.alloc(0)],
  ])('refuses with %s what is none', async (code, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code });
  });

  it('keeps rows after a broken one, each with its number', async () => {
    const { rows } = await read('caption,tags\none,a\ntwo "quoted" words,b\nthree,c\n"four"x,d\nfive,e\n');
    expect(rows).toEqual([
      { row: 2, cells: ['one', 'a'] },
      { row: 3, problem: { code: 'row.broken_quotes', message: expect.stringContaining('line 3') } },
      { row: 4, cells: ['three', 'c'] },
      { row: 5, problem: { code: 'row.broken_quotes', message: expect.stringContaining('line 5') } },
      { row: 6, cells: ['five', 'e'] },
    ]);
  });

  it('refuses a file whose quotation mark never closes, naming its row', async () => {
    await expect(read('caption\none\n"two\nthree\nfour\n')).rejects.toMatchObject({
      ...{ code: 'csv.quote_not_closed', context: { row: 3, line: 3 } },
    });
    await expect(read(`caption\n"${'x'.repeat(300_000)}\n`, {}, 65_536)).rejects.toMatchObject({
      code: 'csv.quote_not_closed',
    });
  });
});

describe('limits', () => {
  it('hold for rows and columns, the header not counted', async () => {
    expect((await read(`caption\n${'a\n'.repeat(100)}`)).rows).toHaveLength(100);
    const tooMany = { code: 'csv.too_many_rows', context: { maxRows: 100 } };
    await expect(read(`caption\n${'a\n'.repeat(101)}`)).rejects.toMatchObject(tooMany);
    await expect(read(`${'a,'.repeat(10)}b\n`)).rejects.toMatchObject({ code: 'csv.too_many_columns' });
  });
});

describe('writing CSV', () => {
  it('neutralises formulas and reads back as it was', async () => {
    const rows = [
      ['=1+1', 'a,b\n"c"'],
      ['@ana', '茶'],
    ];
    const written = (await buffer(files.write(['caption', 'tags'], Readable.from(rows)))).toString();
    expect(written).toBe('\ufeffcaption,tags\r\n\'=1+1,"a,b\n""c"""\r\n\'@ana,茶\r\n');
    expect((await read(written)).rows).toEqual([
      { row: 2, cells: ["'=1+1", 'a,b\n"c"'] },
      { row: 3, cells: ["'@ana", '茶'] },
    ]);
  });
});
