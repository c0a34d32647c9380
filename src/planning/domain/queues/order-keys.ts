import { DAY_MS } from '../../../kernel/durations.js';
import type { Turns } from './item-state.js';
import type { EvergreenItem, Queue } from './queue.js';
import { drawnShare } from './seeded-order.js';

/** How long one round of all posts takes that share the same slots. */
export interface Round {
  readonly lapMs: number;
  /** With each post counted by its weight: a post of weight w returns after `weightedLapMs / w`. */
  readonly weightedLapMs: number;
}

/** A post among others in a queue. */
export interface Competitor {
  readonly item: EvergreenItem;
  /** Its own, with views taken in. */
  readonly weight: number;
  readonly round: Round;
}

/** Sets posts that never ran before all that did; longer than any calendar, and still exact to the millisecond. */
const NEVER_RAN_MS = 1_000_000 * DAY_MS;

/** Of two posts the one with the lower rank goes first, whatever their keys. */
export const orderRank = ({ order }: Pick<Queue, 'order'>, { priority }: EvergreenItem): number =>
  order === 'priority' ? -priority : 0;

/**
 * Of two posts of one rank the one with the lower key goes first. It hangs on the post's own last run alone, so that a
 * plan cut in two is the same plan, and nobody starves: what waits longer comes nearer.
 */
export const orderKey = (
  { order, seed }: Pick<Queue, 'order' | 'seed'>,
  { item, weight, round }: Competitor,
  { lastTurnAt, count }: Turns,
): number => {
  const createdAt = item.createdAt.getTime();
  const turnAt = lastTurnAt ?? createdAt;
  switch (order) {
    case 'oldest':
    case 'priority':
      return lastTurnAt ?? createdAt - NEVER_RAN_MS;
    case 'shuffled':
      return turnAt + drawnShare(seed, item.postId, count) * round.lapMs;
    case 'weighted': {
      const share = lastTurnAt === undefined ? drawnShare(seed, item.postId, count) : 1;
      return turnAt + share * (round.weightedLapMs / weight);
    }
  }
};
