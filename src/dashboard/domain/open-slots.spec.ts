import { describe, expect, it } from '@jest/globals';
import { aQueue, dailySlots } from '../../../test/mothers/queue.mother.js';
import { openSlotsOf } from './open-slots.js';

const NOW = new Date('2026-03-02T10:00:00Z');
const queue = (rest: object = {}) => ({
  ...aQueue({ zone: 'Europe/Paris', slots: dailySlots(['09:00', '18:00']) }),
  ...rest,
});
const times = (rest: object = {}, taken: readonly string[] = []) => ({
  queue: queue(rest),
  name: 'Evergreen',
  taken: new Set(taken),
});

describe('the next slots without a post', () => {
  it('are those of the week ahead that carry no run, earliest first, on the clocks of their queue', () => {
    const [first, second] = openSlotsOf([times()], NOW);
    expect(first).toMatchObject({ at: new Date('2026-03-02T17:00:00Z'), localTime: '2026-03-02T18:00' });
    expect(second).toMatchObject({ localTime: '2026-03-03T09:00', timezone: 'Europe/Paris', queueName: 'Evergreen' });
    const taken = [`${first?.slotId}|2026-03-02`];
    expect(openSlotsOf([times({}, taken)], NOW)[0]).toEqual(second);
  });

  it('leave out what is paused or closed, and are ten at most', () => {
    expect(openSlotsOf([times({ isPaused: true })], NOW)).toEqual([]);
    const closed = [{ from: '2026-03-01', until: '2026-03-31' }];
    expect(openSlotsOf([times({ blackouts: closed })], NOW)).toEqual([]);
    expect(openSlotsOf([times(), times()], NOW)).toHaveLength(10);
  });
});
