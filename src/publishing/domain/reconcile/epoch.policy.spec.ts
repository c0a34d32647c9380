import { describe, expect, it } from '@jest/globals';
import { judgeEpoch, type EpochFacts } from './epoch.policy.js';

const now = new Date('2026-01-26T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const row = { epoch: 'e2', beat: 100, pastEpochs: ['e1'], seenAt: minutesAgo(60), hasTargets: true };
const kindOf = (change: Partial<EpochFacts>) =>
  judgeEpoch({ file: { epoch: 'e2', beat: 100 }, row, isDurable: true, now, ...change }).kind;

describe('judgeEpoch', () => {
  it('goes on with a database that stands where we left it, or further', () => {
    expect(kindOf({})).toBe('same');
    expect(kindOf({ file: { epoch: 'e2', beat: 7 } })).toBe('same');
  });

  it('knows a restored database by its older beat, and by a foreign epoch', () => {
    expect(kindOf({ file: { epoch: 'e2', beat: 101 } })).toBe('restored');
    expect(kindOf({ file: { epoch: 'e9', beat: 1 } })).toBe('restored');
  });

  it('joins quietly when another process has dealt with the restore', () => {
    expect(kindOf({ file: { epoch: 'e1', beat: 500 } })).toBe('join');
  });

  it('takes a missing mark for a restore only where files last and nobody is running', () => {
    const file = undefined;
    expect(kindOf({ file })).toBe('restored');
    expect(kindOf({ file, isDurable: false })).toBe('join');
    expect(kindOf({ file, row: { ...row, seenAt: minutesAgo(1) } })).toBe('join');
  });

  it('has nothing to look for in a new database, and in one from before there were marks', () => {
    expect(kindOf({ file: { epoch: 'e9', beat: 1 }, row: { ...row, hasTargets: false } })).toBe('join');
    const { seenAt: _seenAt, ...unmarked } = row;
    expect(kindOf({ file: undefined, row: unmarked })).toBe('join');
  });
});
