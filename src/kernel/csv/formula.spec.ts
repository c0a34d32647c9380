import { describe, expect, it } from '@jest/globals';
import { formulaIn, neutralised, restored } from './formula.js';

describe('neutralised', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', "'=1"])('puts an apostrophe before %j', (text) => {
    expect(neutralised(text)).toBe(`'${text}`);
  });

  it.each(['tea', '', "it's =", "'tea'", '5 > 3'])('leaves %j alone', (text) => {
    expect(neutralised(text)).toBe(text);
  });

  it.each(['=1', "'=1", "''=1", "'tea", "'", '-5', '@ana', 'tea'])('is undone for %j', (text) => {
    expect(restored(neutralised(text))).toBe(text);
  });
});

describe('formulaIn', () => {
  it.each(['=HYPERLINK("https://x")', "=cmd|' /C calc'!A0", '=A1', '+SUM(A1:A9)', '-A1', '@SUM(1)', '=1+1'])(
    'sees a formula in %j',
    (cell) => expect(formulaIn(cell)).toBe('formula'),
  );

  it.each(['#REF!', '#NAME?', ' #N/A '])('sees what a failed formula left in %j', (cell) => {
    expect(formulaIn(cell)).toBe('failed');
  });

  it.each(['@ana look at this', '- one\n- two', '+1 for tea', '===', '#tea', 'a = b', '-40 % today'])(
    'takes %j for words',
    (cell) => expect(formulaIn(cell)).toBeUndefined(),
  );
});
