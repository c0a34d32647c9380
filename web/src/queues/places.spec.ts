import { describe, expect, it } from '@jest/globals';
import { inTime } from './places.ts';

describe('inTime', () => {
  it('mixes runs and empty slots by time', () => {
    const run = { slotId: 'a', localDate: '2026-11-23', at: '2026-11-23T09:00:00Z', why: 'It rested longest.' };
    const planned = [
      {
        ...run,
        postId: 'p',
        caption: 'Bread',
        variation: 0,
        accountIds: ['x'],
        leftOut: [{ accountId: 'y', why: 'Paused.' }],
      },
    ];
    const gap = { slotId: 'b', localDate: '2026-11-22', at: '2026-11-22T09:00:00Z', why: 'None fits.' };
    const places = inTime({ planned, empty: [{ ...gap, code: 'none_fits' }] });
    expect(places).toMatchObject([
      { key: 'b 2026-11-22', why: 'None fits.' },
      { key: 'a 2026-11-23', caption: 'Bread', leftOut: ['Paused.'] },
    ]);
    expect(places[0]?.caption).toBeUndefined();
  });
});
