import { DAY_MS } from '../../../kernel/durations.js';
import { MinHeap } from './min-heap.js';
import type { Round } from './order-keys.js';
import type { Stand } from './shelved.js';

/** A shelf as its kinds see it: what it holds in all, and how many slots of a week it serves. */
export interface KindShelf extends Stand {
  readonly size: number;
  readonly totalWeight: number;
  readonly slotCount: number;
}

/**
 * The posts of a queue that stand on the same shelves, by number, as long as nobody looked at them: there may be many
 * thousands, and a plan needs few.
 */
export class PostKind {
  private readonly numbers: number[] = [];
  private readonly unseen: MinHeap<number>;
  private isOrdered = false;
  totalWeight = 0;
  private ownRound: Round | undefined;

  /** @param isSooner the order of the queue */
  constructor(
    readonly shelves: readonly KindShelf[],
    isSooner: (one: number, other: number) => boolean,
  ) {
    this.unseen = new MinHeap(isSooner);
  }

  /** Every post of the kind, looked at or not. */
  get size(): number {
    return this.numbers.length;
  }

  /** How long a round takes; known once all posts are there. */
  get round(): Round {
    this.ownRound ??= roundOf(this.shelves);
    return this.ownRound;
  }

  add(number: number, weight: number): void {
    this.numbers.push(number);
    this.totalWeight += weight;
  }

  /** The first that nobody looked at. */
  peek(): number | undefined {
    if (!this.isOrdered) this.unseen.fill(this.numbers);
    this.isOrdered = true;
    return this.unseen.peek();
  }

  take(): void {
    this.unseen.pop();
  }
}

const WEEK_MS = 7 * DAY_MS;

/** A round ends soonest on the shelf with the fewest posts; every slot that takes the posts speeds it up. */
const roundOf = (shelves: readonly KindShelf[]): Round => {
  const slots = shelves.reduce((sum, { slotCount }) => sum + slotCount, 0);
  return {
    lapMs: (WEEK_MS * Math.min(...shelves.map(({ size }) => size))) / slots,
    weightedLapMs: (WEEK_MS * Math.min(...shelves.map(({ totalWeight }) => totalWeight))) / slots,
  };
};
