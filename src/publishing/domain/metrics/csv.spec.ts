import { describe, expect, it } from '@jest/globals';
import { csvCell, toCsv } from './csv.js';

describe('a table as CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('never starts a cell with a formula: %j', (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it('quotes commas, quotes and line ends, leaves numbers and empties alone', () => {
    expect(csvCell('a,"b"\nc')).toBe('"a,""b""\nc"');
    expect([csvCell(-3), csvCell(null), csvCell('plain')]).toEqual(['-3', '', 'plain']);
  });

  it('has a header and one line for each row', () => {
    expect(
      toCsv(
        ['key', 'views'],
        [
          { key: 'tiktok', views: 5 },
          { key: null, views: 9 },
        ],
      ),
    ).toBe('key,views\r\ntiktok,5\r\n,9\r\n');
  });
});
