import { describe, expect, it } from '@jest/globals';
import { settleRuns, type TargetEnd } from './settle-runs.js';

const on = (day: number) => new Date(Date.UTC(2026, 0, day, 12));
const run = (day: number, variation: number, ends: Readonly<Record<string, TargetEnd>>) => ({
  at: on(day),
  variation,
  targets: Object.entries(ends).map(([accountId, end]) => ({ accountId, end, at: on(day) })),
});

describe('settleRuns', () => {
  it('counts what went live, and remembers when each account last had it', () => {
    const past = settleRuns([
      run(9, 2, { tiktok: 'live', reels: 'live' }),
      run(1, 1, { reels: 'live', shorts: 'live' }),
    ]);
    expect(past).toEqual({
      count: 2,
      lastAt: on(9),
      lastVariation: 2,
      lastOn: new Map([
        ['tiktok', on(9)],
        ['reels', on(9)],
        ['shorts', on(1)],
      ]),
    });
  });

  it('takes neither turn, count, wording nor cooldown for a run that an outage took everywhere', () => {
    const past = settleRuns([run(1, 0, { tiktok: 'live' }), run(9, 1, { tiktok: 'lost', reels: 'lost' })]);
    expect(past).toEqual({ count: 1, lastAt: on(1), lastVariation: 0, lastOn: new Map([['tiktok', on(1)]]) });
  });

  it('takes the turn but no cooldown where only some accounts were lost, or the post itself was refused', () => {
    expect(settleRuns([run(9, 1, { tiktok: 'lost', reels: 'live' })])).toMatchObject({
      count: 1,
      lastOn: new Map([['reels', on(9)]]),
    });
    expect(settleRuns([run(9, 1, { tiktok: 'refused' })])).toEqual({
      count: 1,
      lastAt: on(9),
      lastVariation: 1,
      lastOn: new Map(),
    });
  });
});
