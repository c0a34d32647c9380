import { describe, expect, it } from '@jest/globals';
import { guardFindings, guardSentence } from './guards.policy.js';

const count = (receiver: string, accepted: number, complaints = 0, hard = 0) => ({
  receiver,
  accepted,
  complaints,
  hard,
});
const said = (...counts: ReturnType<typeof count>[]) =>
  guardFindings(counts).map(({ guard, level, receiver }) => `${receiver ?? 'all'} ${guard} ${level}`);

describe('guardFindings', () => {
  it('says nothing before enough was accepted', () => {
    expect(said(count('gmail', 499, 400, 400))).toEqual([]);
  });

  it.each([
    [count('gmail', 10_000, 9), []],
    [count('gmail', 10_000, 10), ['all complaints warn', 'gmail complaints warn']],
    [count('gmail', 10_000, 30), ['all complaints pause', 'gmail complaints pause']],
    [count('gmail', 1_000, 0, 20), ['all hardBounces warn', 'gmail hardBounces warn']],
    [count('gmail', 1_000, 0, 50), ['all hardBounces pause', 'gmail hardBounces pause']],
  ])('of %j says %j', (counts, findings) => {
    expect(said(counts)).toEqual(findings);
  });

  it('sees one receiver through the average of all', () => {
    expect(said(count('gmail', 1_000, 4), count('example.org', 100_000, 0))).toEqual(['gmail complaints pause']);
  });

  it('sees many small receivers together', () => {
    expect(said(...Array.from({ length: 10 }, (_, n) => count(`d${n}.example`, 100, 1)))).toEqual([
      'all complaints pause',
    ]);
  });
});

describe('guardSentence', () => {
  it('names what, how many and where', () => {
    const [finding] = guardFindings([count('gmail', 1_000, 4)]);
    expect(finding && guardSentence(finding)).toBe('4 complaints in 1000 accepted mails.');
  });
});
