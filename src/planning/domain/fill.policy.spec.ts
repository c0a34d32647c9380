import { describe, expect, it } from '@jest/globals';
import { anItem } from '../../../test/mothers/queue.mother.js';
import { DAY_MS, HOUR_MS, plusMs } from '../../kernel/durations.js';
import { chooseFills, type FillFacts, type FreeSlot } from './fill.policy.js';

const now = new Date('2026-01-25T12:00:00Z');
const slot = (id: string, hours: number, rest: Partial<FreeSlot> = {}): FreeSlot => ({
  account: { id, platform: 'reels', status: 'active' },
  at: plusMs(now, hours * HOUR_MS),
  zone: 'UTC',
  state: 'healthy',
  ...rest,
});
const post = (id: string, days?: number, cooldownDays = 0) => {
  const lastAt = plusMs(now, -(days ?? 0) * DAY_MS);
  const past = days === undefined ? {} : { count: 1, lastAt, lastOn: new Map([['ig', lastAt]]) };
  return anItem(id, { past, recycling: { cooldownDays: { reels: cooldownDays } } });
};
const fill = (facts: Partial<FillFacts>) =>
  chooseFills({ hasIncident: true, isPanic: false, slots: [], posts: [], fits: () => true, ...facts }).map(
    ({ postId, accountId }) => `${postId} on ${accountId}`,
  );

describe('chooseFills', () => {
  it('fills the earliest free slots with what rested longest, each post once', () => {
    const slots = [slot('yt', 2), slot('ig', 1), slot('sky', 3)];
    expect(fill({ slots, posts: [post('a', 3), post('b', 9), post('c')] })).toEqual(['c on ig', 'b on yt', 'a on sky']);
    expect(fill({ slots, posts: [post('a', 3)] })).toEqual(['a on ig']);
  });

  it('keeps the cooldown of each account, a day at least, its runs ahead too, and asks whether the post fits', () => {
    const slots = [slot('ig', 1)];
    expect(fill({ slots, posts: [post('a', 5, 7)] })).toEqual([]);
    expect(fill({ slots, posts: [post('a', 0.5)] })).toEqual([]);
    expect(fill({ slots: [slot('yt', 1)], posts: [post('a', 5, 7)] })).toEqual(['a on yt']);
    const ahead = { ...post('a'), runs: [{ at: plusMs(now, DAY_MS), variation: 0, accountIds: ['ig'] }] };
    expect(fill({ slots, posts: [ahead] })).toEqual([]);
    expect(fill({ slots, posts: [post('a'), post('b')], fits: (id) => id === 'b' })).toEqual(['b on ig']);
  });

  it('leaves ill and disconnected accounts alone, and does nothing without an incident or in panic', () => {
    const posts = [post('a')];
    expect(fill({ slots: [slot('ig', 1, { state: 'degraded' })], posts })).toEqual([]);
    const lost = slot('ig', 1, { account: { id: 'ig', platform: 'reels', status: 'needs_reconnect' } });
    expect(fill({ slots: [lost], posts })).toEqual([]);
    expect(fill({ slots: [slot('ig', 1)], posts, hasIncident: false })).toEqual([]);
    expect(fill({ slots: [slot('ig', 1)], posts, isPanic: true })).toEqual([]);
  });
});
