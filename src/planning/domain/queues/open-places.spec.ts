import { describe, expect, it } from '@jest/globals';
import { anItem, aQueue, dailySlots, NOTHING_TAKEN, SKYLIGHT, spanOf } from '../../../../test/mothers/queue.mother.js';
import { hasOpenPlaces } from './open-places.js';
import { planQueue } from './plan-queue.js';

const span = spanOf('2027-03-01', 3);
const DATES = ['2027-03-01', '2027-03-02', '2027-03-03'];
const weekly = aQueue({ slots: dailySlots(['12:00']) });
/** Every place of the span has a run. */
const full = expandedPlaces();

function expandedPlaces() {
  const { planned } = planQueue(
    weekly,
    DATES.map((date) => anItem(`post-${date}`)),
    NOTHING_TAKEN,
    span,
  );
  return planned.map(({ slotId, localDate }) => ({ slotId, localDate }));
}

describe('open places', () => {
  it('are those without a run', () => {
    expect(full).toHaveLength(3);
    expect(hasOpenPlaces(weekly, [], span)).toBe(true);
    expect(hasOpenPlaces(weekly, full.slice(1), span)).toBe(true);
    expect(hasOpenPlaces(weekly, full, span)).toBe(false);
  });

  it.each([
    ['a paused queue', { isPaused: true }],
    ['a blackout', { blackouts: [{ from: '2027-03-01', until: '2027-03-03' }] }],
    ['a season that is over', { seasons: [{ from: '06-01', until: '08-31' }] }],
    ['no account', { accounts: [] }],
    ['paused accounts', { accounts: [{ ...SKYLIGHT, isPaused: true }] }],
  ])('are none under %s, where no post is ever planned', (_, rest) => {
    const queue = aQueue({ slots: dailySlots(['12:00']), ...rest });
    expect(hasOpenPlaces(queue, [], span)).toBe(false);
    expect(planQueue(queue, [anItem('post')], NOTHING_TAKEN, span).planned).toEqual([]);
  });
});
