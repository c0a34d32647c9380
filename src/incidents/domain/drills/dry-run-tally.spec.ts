import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS, plusMs } from '../../../kernel/durations.js';
import type { RehearsedTarget } from '../../../publishing/domain/rehearsal/rehearsal.js';
import { DryRunTally } from './dry-run-tally.js';

const from = new Date('2026-01-26T08:00:00Z');
const target = (change: Partial<RehearsedTarget>): RehearsedTarget => ({
  targetId: 't',
  occurrenceId: 'o',
  accountId: 'tiktok',
  scheduledAt: from,
  fate: 'moved',
  at: from,
  toAccountId: 'reels',
  asksBroadcast: false,
  hasFallback: true,
  obstacles: [],
  reasons: [],
  ...change,
});
const none = { code: 'no_fallback', text: 'No fallback.' };
const full = { code: 'fallback_no_quota', text: 'reels account r has no quota left.' };

describe('DryRunTally', () => {
  it('counts only what the outage concerns, and as on time what is live within half an hour', () => {
    const tally = new DryRunTally(from);
    const late = (minutes: number) =>
      target({ fate: 'late', at: plusMs(from, minutes * MINUTE_MS), hasFallback: false });
    tally.add([target({}), late(30), late(31), target({ fate: 'paused' }), target({ fate: 'unaffected' })]);
    expect(tally.figures()).toEqual({
      affected: 3,
      reached: 3,
      onTime: 2,
      withoutFallback: 2,
      turnedAway: 0,
      secondsToMove: 0,
    });
    expect(tally.counts).toMatchObject({ moved: 1, late: 2, paused: 1, unaffected: 1 });
  });

  it('does not blame the outage for what was overdue before', () => {
    const tally = new DryRunTally(from);
    tally.add([target({ scheduledAt: plusMs(from, -60 * MINUTE_MS) })]);
    expect(tally.figures()).toMatchObject({ onTime: 1, secondsToMove: 0 });
  });

  it('names what stands in the way, the commonest first, once for each post', () => {
    const tally = new DryRunTally(from);
    const stranded = { fate: 'missed', hasFallback: false } as const;
    tally.add([
      target({ ...stranded, obstacles: [none] }),
      target({ ...stranded, obstacles: [none, full, full] }),
      target({ ...stranded, obstacles: [none, full] }),
    ]);
    expect(tally.obstacles()).toEqual([
      { code: 'fallback_no_quota', count: 2, example: full.text },
      { code: 'no_fallback', count: 1, example: none.text },
    ]);
    expect(tally.figures()).toMatchObject({ withoutFallback: 1, turnedAway: 2, reached: 0 });
  });

  it('tells within what time 95 of 100 moved, from a table that stays small', () => {
    const tally = new DryRunTally(from);
    const moved = (seconds: number) => target({ at: plusMs(from, seconds * 1_000) });
    tally.add([...Array.from({ length: 95 }, (_, n) => moved(n)), ...Array.from({ length: 5 }, () => moved(90_000))]);
    expect(tally.figures().secondsToMove).toBe(94);
    expect(tally.movedByAccount).toEqual(new Map([['reels', 100]]));
  });
});
