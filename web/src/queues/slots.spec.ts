import { describe, expect, it } from '@jest/globals';
import {
  categoriesOf,
  isTime,
  slotAt,
  timesOf,
  withoutSlots,
  withSlots,
  slotsAt,
  withSlot,
  withTime,
} from './slots.ts';

const NINE = { dayOfWeek: 1, time: '09:00', categories: ['tips'] };
const SIX = { dayOfWeek: 1, time: '18:00' };

describe('slots of a week', () => {
  it('are told in order of day and time, one at a place', () => {
    const slots = withSlot(withSlot([SIX], { dayOfWeek: 7, time: '08:00' }), NINE);
    expect(slots.map(({ dayOfWeek, time }) => `${dayOfWeek} ${time}`)).toEqual(['1 09:00', '1 18:00', '7 08:00']);
    expect(withSlot(slots, { ...NINE, categories: [] })).toHaveLength(3);
    expect(timesOf(slots)).toEqual(['08:00', '09:00', '18:00']);
  });

  it('get a time on every day without losing what a day has there', () => {
    const slots = withTime([NINE], '09:00');
    expect(slots).toHaveLength(7);
    expect(slotAt(slots, 1, '09:00')).toEqual(NINE);
    expect(withoutSlots(slots, slotsAt(slots, '09:00'))).toEqual([]);
  });

  it('lose one slot and no other', () => {
    expect(withoutSlots([NINE, SIX], [NINE])).toEqual([SIX]);
  });

  it('come back where their places are still free', () => {
    expect(withSlots([SIX], [NINE])).toEqual([NINE, SIX]);
    const taken = { ...NINE, categories: ['news'] };
    expect(withSlots([taken], [NINE, SIX])).toEqual([taken, SIX]);
  });

  it('know their categories', () => {
    expect(categoriesOf([NINE, SIX, { ...SIX, categories: ['story', 'tips'] }])).toEqual(['story', 'tips']);
  });

  it('have times of a day only', () => {
    expect(['09:00', '23:59'].every(isTime)).toBe(true);
    expect(['24:00', '9:00', '', '09:60'].some(isTime)).toBe(false);
  });
});
