import { DAY_MS } from '../../../kernel/durations.js';
import { type WallTime, zoneClock } from '../wall-time-clock.js';
import { addRun, type AccountMask, maskOf, type Turns, turnsOf } from './item-state.js';
import { type Competition, orderKey } from './order-keys.js';
import type { EvergreenItem, Queue, Slot } from './queue.js';
import { Shelf, Shelved } from './shelf.js';
import { viewsFactors } from './views-factor.js';

const WEEK_MS = 7 * DAY_MS;

const shelfKey = ({ categories }: Slot): string => JSON.stringify([...new Set(categories)].toSorted());

/** All posts of a queue on shelves by the categories of its slots, each post on every shelf that it fits. */
export class Stock {
  private readonly shelfBySlot: ReadonlyMap<string, Shelf>;
  private readonly rounds = new Map<readonly Shelf[], Omit<Competition, 'weight'>>();

  /** @param from instant (ms) at which the plan starts */
  constructor(
    private readonly queue: Queue,
    items: readonly EvergreenItem[],
    from: number,
  ) {
    const shelves = new Map<string, Shelf>();
    this.shelfBySlot = new Map(
      queue.slots.map((slot) => {
        const shelf = shelves.get(shelfKey(slot)) ?? new Shelf(slot.categories);
        shelves.set(shelfKey(slot), shelf);
        shelf.slotCount += 1;
        return [slot.id, shelf];
      }),
    );
    for (const post of this.stack(items, [...shelves.values()], from)) this.order(post, turnsOf(post.item));
  }

  shelfOf({ id }: Slot): Shelf | undefined {
    return this.shelfBySlot.get(id);
  }

  /** The post runs there: it goes behind the others and rests. */
  run(
    post: Shelved,
    run: { readonly at: number; readonly wall: WallTime; readonly variation: number; readonly accounts: AccountMask },
  ): void {
    addRun(post.state, run);
    this.order(post, post.state);
    post.shelve(run.wall);
  }

  private stack(items: readonly EvergreenItem[], shelves: readonly Shelf[], from: number): Shelved[] {
    const { zone, accounts, order, weighsViews } = this.queue;
    const facts = { accounts, clock: zoneClock(zone), from };
    const factors = order === 'weighted' && weighsViews ? viewsFactors(items) : undefined;
    const find = shelfFinder(shelves);
    const posts: Shelved[] = [];
    for (const item of items) {
      const own = find(item);
      if (own.length === 0 || (item.fitsOn && maskOf(accounts, item.fitsOn) === 0)) continue;
      const post = new Shelved(item, own, item.weight * (factors?.get(item.postId) ?? 1), facts);
      for (const shelf of own) shelf.add(post);
      posts.push(post);
    }
    return posts;
  }

  private order(post: Shelved, turns: Turns): void {
    const { rank, key } = orderKey(this.queue, post.item, turns, {
      ...this.roundOf(post.shelves),
      weight: post.weight,
    });
    post.rank = rank;
    post.key = key;
  }

  /** A round ends soonest on the shelf with the fewest posts; every slot that takes the post speeds it up. */
  private roundOf(shelves: readonly Shelf[]): Omit<Competition, 'weight'> {
    const known = this.rounds.get(shelves);
    if (known) return known;
    const slots = shelves.reduce((sum, { slotCount }) => sum + slotCount, 0);
    const round = {
      lapMs: (WEEK_MS * Math.min(...shelves.map(({ size }) => size))) / slots,
      weightedLapMs: (WEEK_MS * Math.min(...shelves.map(({ totalWeight }) => totalWeight))) / slots,
    };
    this.rounds.set(shelves, round);
    return round;
  }
}

/** Which shelves a post stands on: the same list for the same categories. */
const shelfFinder = (shelves: readonly Shelf[]): ((item: EvergreenItem) => readonly Shelf[]) => {
  const known = new Map<string, readonly Shelf[]>();
  return ({ categories }) => {
    const key = categories.join('\n');
    let found = known.get(key);
    if (!found) {
      const takes = ({ categories: wanted }: Shelf) =>
        wanted.length === 0 || wanted.some((category) => categories.includes(category));
      found = shelves.filter(takes);
      known.set(key, found);
    }
    return found;
  };
};
