import { describe, expect, it } from '@jest/globals';
import { sniffDelimiter } from './delimiter.js';

describe('sniffDelimiter', () => {
  it.each([
    ['caption,accounts\n', ','],
    ['caption;accounts;time\r\n"a,b,c,d,e"', ';'],
    ['caption\taccounts\n', '\t'],
    ['"Link(s), split, by, comma";Date;Text\n', ';'],
    ['caption\n', ','],
    ['', ','],
  ])('finds the delimiter of %j', (head, delimiter) => {
    expect(sniffDelimiter(head)).toEqual({ delimiter, prologue: '' });
  });

  it('obeys the line that Excel obeys, and takes it away', () => {
    expect(sniffDelimiter('sep=;\r\ncaption,a;b')).toEqual({ delimiter: ';', prologue: 'sep=;\r\n' });
  });
});
