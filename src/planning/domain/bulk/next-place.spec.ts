import { describe, expect, it } from '@jest/globals';
import {
  anItem,
  aQueue,
  dailySlots,
  NOTHING_TAKEN,
  REELS,
  SKYLIGHT,
  spanOf,
} from '../../../../test/mothers/queue.mother.js';
import { nextPlace } from './next-place.js';

const YEAR = spanOf('2026-06-01', 365);
const on = (accountIds: readonly string[], item = anItem('tea')) => ({ item, accountIds });
const noon = (day: number) => new Date(Date.UTC(2026, 5, day, 12));

describe('the next free place of a queue', () => {
  it('is the first that carries nothing and whose account has nothing near', () => {
    const taken = {
      places: [{ slotId: '1-12:00', localDate: '2026-06-01' }],
      targets: [{ accountId: SKYLIGHT.id, at: noon(2) }],
    };
    expect(nextPlace(aQueue(), on([SKYLIGHT.id]), taken, YEAR)?.at).toEqual(noon(3));
  });

  it('is in a slot of the post’s categories, and far away where need be', () => {
    const slots = [
      ...dailySlots(['08:00'], ['coffee']),
      { id: 'tea', isoDay: 3 as const, time: '09:00', categories: ['tea'] },
    ];
    const item = anItem('tea', { categories: ['tea'], recycling: { startDate: '2026-10-01' } });
    const place = nextPlace(aQueue({ slots }), on([SKYLIGHT.id], item), NOTHING_TAKEN, YEAR);
    expect(place?.at).toEqual(new Date('2026-10-07T09:00:00Z'));
  });

  it('takes all accounts of the run together', () => {
    const queue = aQueue({ accounts: [SKYLIGHT, REELS] });
    const taken = { places: [], targets: [{ accountId: REELS.id, at: noon(1) }] };
    const place = nextPlace(queue, on([SKYLIGHT.id, REELS.id]), taken, YEAR);
    expect(place).toMatchObject({ at: noon(2), accountIds: [SKYLIGHT.id, REELS.id] });
  });

  it('keeps the rest of the post before runs that are planned', () => {
    const item = anItem('tea', {
      recycling: { cooldownDays: { skylight: 5 } },
      runs: [{ at: noon(4), variation: 0, accountIds: [SKYLIGHT.id] }],
    });
    expect(nextPlace(aQueue(), on([SKYLIGHT.id], item), NOTHING_TAKEN, YEAR)?.at).toEqual(noon(9));
  });

  it('is none where the queue is paused, has lost the account, or never has room', () => {
    expect(nextPlace(aQueue({ isPaused: true }), on([SKYLIGHT.id]), NOTHING_TAKEN, YEAR)).toBeUndefined();
    expect(nextPlace(aQueue(), on([REELS.id]), NOTHING_TAKEN, YEAR)).toBeUndefined();
    const over = anItem('tea', { recycling: { expireDate: '2026-05-01' } });
    expect(nextPlace(aQueue(), on([SKYLIGHT.id], over), NOTHING_TAKEN, YEAR)).toBeUndefined();
  });
});
