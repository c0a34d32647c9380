import { DAY_MS } from '../../../kernel/durations.js';
import type { Turns } from './item-state.js';
import type { EvergreenItem, Queue } from './queue.js';
import { drawnShare } from './seeded-order.js';

/** What the order of a queue needs to know of a post's competitors. */
export interface Competition {
  /** How long one round of all posts takes that share its slots, ms. */
  readonly lapMs: number;
  /** The same with each post counted by its weight: a post of weight w returns after `weightedLapMs / w`. */
  readonly weightedLapMs: number;
  /** Its own weight, views taken in. */
  readonly weight: number;
}

/** Lower goes first; `rank` before `key`. */
export interface OrderKey {
  readonly rank: number;
  readonly key: number;
}

/** Sets posts that never ran before all that did; longer than any calendar, and still exact to the millisecond. */
const NEVER_RAN_MS = 1_000_000 * DAY_MS;

/**
 * The place of a post in the order of its queue. It hangs on the post's own last run alone, so that a plan cut in two is
 * the same plan, and nobody starves: what waits longer comes nearer.
 */
export const orderKey = (
  { order, seed }: Pick<Queue, 'order' | 'seed'>,
  item: EvergreenItem,
  { lastTurnAt, count }: Turns,
  { lapMs, weightedLapMs, weight }: Competition,
): OrderKey => {
  const createdAt = item.createdAt.getTime();
  const rested = lastTurnAt ?? createdAt - NEVER_RAN_MS;
  const turnAt = lastTurnAt ?? createdAt;
  const share = () => drawnShare(seed, item.postId, count);
  switch (order) {
    case 'oldest':
      return { rank: 0, key: rested };
    case 'priority':
      return { rank: -item.priority, key: rested };
    case 'shuffled':
      return { rank: 0, key: turnAt + share() * lapMs };
    case 'weighted':
      return { rank: 0, key: turnAt + (lastTurnAt === undefined ? share() : 1) * (weightedLapMs / weight) };
  }
};
