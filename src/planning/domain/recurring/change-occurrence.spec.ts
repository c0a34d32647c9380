import { describe, expect, it } from '@jest/globals';
import { parseWallTime } from '../wall-time.js';
import { changedOccurrence, mergeChange, RESTORED } from './change-occurrence.js';
import { parseRule } from './parse-rule.js';
import { targetsOfRun } from './planned-run.js';
import type { OccurrenceChange, Recurrence } from './recurrence.js';

const wall = (text: string) => parseWallTime(text) ?? NaN;
const NAME = wall('2026-12-08T18:30');
const { rule } = parseRule('FREQ=WEEKLY;BYDAY=TU');
const weekly = { rule, start: wall('2026-12-01T18:30'), zone: 'UTC', exdates: [], rdates: [] } as unknown as Recurrence;
const now = new Date('2026-12-05T00:00:00Z');
const moved = (to: string): OccurrenceChange[] => [
  { localTime: NAME, isSkipped: false, isLocked: false, movedTo: wall(to) },
];

describe('mergeChange', () => {
  it('adds one thing to another, and takes each back by null or false', () => {
    const skipped = mergeChange(NAME, undefined, { isSkipped: true });
    const worded = mergeChange(NAME, skipped, { caption: 'Advent', options: { a: 1 } });
    expect(worded).toEqual({
      localTime: NAME,
      isSkipped: true,
      isLocked: false,
      words: { caption: 'Advent', options: { a: 1 } },
    });
    const back = mergeChange(NAME, worded, { isSkipped: false, caption: null });
    expect(back).toEqual({ localTime: NAME, isSkipped: false, isLocked: false, words: { options: { a: 1 } } });
    expect(mergeChange(NAME, back, { options: null })).toBeUndefined();
    expect(mergeChange(NAME, worded, RESTORED)).toBeUndefined();
  });

  it('says nothing of a run that is moved to its own time', () => {
    expect(mergeChange(NAME, moved('2026-12-09T07:00')[0], { movedTo: NAME })).toBeUndefined();
  });
});

describe('changedOccurrence', () => {
  const codeOf = (changes: readonly OccurrenceChange[]) => {
    try {
      return changedOccurrence(weekly, changes, NAME, now)?.at.toISOString();
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it.each([
    ['2026-12-09T07:00', '2026-12-09T07:00:00.000Z'],
    ['2026-12-04T07:00', 'schedule.in_past'],
    ['2026-12-15T18:30', 'recurrence.time_taken'],
  ])('moved to %s is %s', (to, expected) => {
    expect(codeOf(moved(to))).toBe(expected);
  });

  it('may take the time of a run that is skipped', () => {
    const skip = { localTime: wall('2026-12-15T18:30'), isSkipped: true, isLocked: false };
    expect(codeOf([...moved('2026-12-15T18:30'), skip])).toBe('2026-12-15T18:30:00.000Z');
  });
});

describe('targetsOfRun', () => {
  it('says the words of the run on every account, its options over theirs', () => {
    const targets = [{ accountId: 'a', caption: 'own', options: { x: 1, y: 1 } }, { accountId: 'b' }];
    expect(targetsOfRun(targets, { caption: 'run', options: { y: 2 } })).toEqual([
      { accountId: 'a', caption: 'run', options: { x: 1, y: 2 } },
      { accountId: 'b', caption: 'run', options: { y: 2 } },
    ]);
    expect(targetsOfRun(targets, undefined)).toEqual(targets);
  });
});
