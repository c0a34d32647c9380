import { describe, expect, it } from '@jest/globals';
import { chooseColumns } from './import-columns.js';
import { readRow } from './import-row.js';

const HEADER = ['email', 'phone', 'language', 'zone', 'tags', 'city', 'age', 'vip', 'proof'];
const columns = chooseColumns(HEADER, {
  ...{ email: 'email', phone: 'phone', language: 'language', zone: 'zone', tags: 'tags', proof: 'evidence' },
  ...{ city: 'attributes.city', age: 'attributes.age:number', vip: 'attributes.vip:boolean' },
});
const read = (cells: Record<string, string>, tags: string[] = []) =>
  readRow(
    { row: 2, cells: HEADER.map((name) => cells[name] ?? '') },
    { columns, tags, phone: (given) => (given.startsWith('+') ? given.replaceAll(' ', '') : undefined) },
  );

const codes = (cells: Record<string, string>) => {
  const result = read(cells);
  return 'problems' in result ? result.problems.map(({ column, code }) => [column, code]) : [];
};

describe('readRow', () => {
  it('reads every kind of cell', () => {
    const cells = {
      ...{ email: ' Ana@Bücher.example ', phone: '+33 612345678', language: 'pt-BR', zone: 'Europe/Paris' },
      ...{ tags: 'fans; press', city: 'Lyon', age: '41.5', vip: 'Yes', proof: 'form 2024-01-05' },
    };
    expect(read(cells, ['import-7', 'fans'])).toEqual({
      person: {
        ...{ email: 'ana@xn--bcher-kva.example', phone: '+33612345678', language: 'pt-BR', zone: 'Europe/Paris' },
        ...{ tags: ['import-7', 'fans', 'press'], evidence: 'form 2024-01-05' },
        attributes: { city: 'Lyon', age: 41.5, vip: true },
      },
    });
  });

  it('lets empty cells say nothing', () => {
    expect(read({ email: 'ana@example.org' })).toEqual({ person: { email: 'ana@example.org' } });
  });

  it('names every fault of a row at once', () => {
    const cells = {
      ...{ email: 'ana@', phone: '0612', language: 'french!', zone: '+01:00' },
      ...{ tags: 'x'.repeat(51), city: '=HYPERLINK("http://evil")', age: '1,5', vip: 'maybe' },
    };
    expect(codes(cells)).toEqual([
      ['email', 'cell.bad_email'],
      ['phone', 'cell.bad_phone'],
      ['language', 'cell.bad_language'],
      ['zone', 'cell.bad_zone'],
      ['tags', 'cell.bad_tags'],
      ['city', 'cell.formula'],
      ['age', 'cell.not_number'],
      ['vip', 'cell.not_boolean'],
    ]);
  });

  it('refuses a row without address, with a header inside it, or with broken text', () => {
    expect(codes({ city: 'Lyon' })).toEqual([['email', 'row.no_email']]);
    expect(codes({ email: 'ana@example.org\r\nBcc: eve@example.org' })).toEqual([['email', 'cell.bad_email']]);
    expect(codes({ email: 'ana@example.org', city: 'a\u0000b' })).toEqual([['city', 'cell.broken_text']]);
  });

  it('takes back the apostrophe that our own export puts before a formula', () => {
    expect(read({ email: 'ana@example.org', city: `'-dash` })).toMatchObject({
      person: { attributes: { city: '-dash' } },
    });
  });
});
