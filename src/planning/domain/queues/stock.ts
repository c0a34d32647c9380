import { DAY_MS } from '../../../kernel/durations.js';
import { type WallTime, zoneClock } from '../wall-time-clock.js';
import { addRun, type AccountMask, maskOf, stateOf, type StateFacts, turnsOf } from './item-state.js';
import { orderKey, orderRank, type Round } from './order-keys.js';
import type { EvergreenItem, Queue, Slot } from './queue.js';
import { type Backlog, Shelf } from './shelf.js';
import { type Ordered, Shelved } from './shelved.js';
import { viewsFactors } from './views-factor.js';

const WEEK_MS = 7 * DAY_MS;

const shelfKey = ({ categories }: Slot): string => JSON.stringify([...new Set(categories)].toSorted());

/** All posts of a queue on shelves by the categories of its slots, each post on every shelf that it fits. */
export class Stock implements Backlog {
  private readonly shelfBySlot: ReadonlyMap<string, Shelf>;
  private readonly facts: StateFacts;
  private readonly factors: ReadonlyMap<string, number> | undefined;
  /** By the number of a post: where it stands, its place in the order, and whether somebody looked at it. */
  private readonly shelves: (readonly Shelf[])[];
  private readonly ranks: Float64Array;
  private readonly keys: Float64Array;
  private readonly seen: Uint8Array;
  private readonly rounds = new Map<readonly Shelf[], Round>();

  /** @param from instant (ms) at which the plan starts */
  constructor(
    private readonly queue: Queue,
    private readonly items: readonly EvergreenItem[],
    from: number,
  ) {
    const { zone, accounts, order, weighsViews } = queue;
    this.facts = { accounts, clock: zoneClock(zone), from };
    this.factors = order === 'weighted' && weighsViews ? viewsFactors(items) : undefined;
    this.shelfBySlot = this.shelvesBySlot();
    this.ranks = new Float64Array(items.length);
    this.keys = new Float64Array(items.length);
    this.seen = new Uint8Array(items.length);
    this.shelves = this.stack();
    this.setInOrder();
  }

  shelfOf({ id }: Slot): Shelf | undefined {
    return this.shelfBySlot.get(id);
  }

  /** The post runs there: it goes behind the others and rests. */
  run(
    post: Shelved,
    run: { readonly at: number; readonly wall: WallTime; readonly variation: number; readonly accounts: AccountMask },
  ): void {
    const { state, weight, round } = post;
    addRun(state, run);
    post.key = orderKey(this.queue, { item: state.item, weight, round }, state);
    post.shelve(run.wall);
  }

  isSooner(one: number, other: number): boolean {
    const { ranks, keys } = this;
    if (ranks[one] !== ranks[other]) return (ranks[one] ?? 0) < (ranks[other] ?? 0);
    if (keys[one] !== keys[other]) return (keys[one] ?? 0) < (keys[other] ?? 0);
    return this.postIdOf(one) < this.postIdOf(other);
  }

  ordered(number: number): Ordered {
    return { rank: this.ranks[number] ?? 0, key: this.keys[number] ?? 0, postId: this.postIdOf(number) };
  }

  isSeen(number: number): boolean {
    return this.seen[number] === 1;
  }

  look(number: number, wall: WallTime): void {
    const item = this.items[number];
    if (!item) return;
    this.seen[number] = 1;
    const shelves = this.shelves[number] ?? [];
    const standing = { shelves, weight: this.weightOf(item), round: this.roundOf(shelves) };
    new Shelved(stateOf(item, this.facts), standing, this.ordered(number)).shelve(wall);
  }

  private postIdOf(number: number): string {
    return this.items[number]?.postId ?? '';
  }

  private weightOf({ postId, weight }: EvergreenItem): number {
    return weight * (this.factors?.get(postId) ?? 1);
  }

  private shelvesBySlot(): ReadonlyMap<string, Shelf> {
    const shelves = new Map<string, Shelf>();
    return new Map(
      this.queue.slots.map((slot) => {
        const shelf = shelves.get(shelfKey(slot)) ?? new Shelf(slot.categories, this);
        shelves.set(shelfKey(slot), shelf);
        shelf.slotCount += 1;
        return [slot.id, shelf];
      }),
    );
  }

  private stack(): (readonly Shelf[])[] {
    const { accounts } = this.queue;
    const find = shelfFinder([...new Set(this.shelfBySlot.values())]);
    return this.items.map((item, number) => {
      if (item.fitsOn && maskOf(accounts, item.fitsOn) === 0) return [];
      const own = find(item);
      for (const shelf of own) shelf.add(number, this.weightOf(item));
      return own;
    });
  }

  private setInOrder(): void {
    for (const [number, item] of this.items.entries()) {
      const shelves = this.shelves[number] ?? [];
      if (shelves.length === 0) continue;
      const competitor = { item, weight: this.weightOf(item), round: this.roundOf(shelves) };
      this.ranks[number] = orderRank(this.queue, item);
      this.keys[number] = orderKey(this.queue, competitor, turnsOf(item));
    }
  }

  /** A round ends soonest on the shelf with the fewest posts; every slot that takes the post speeds it up. */
  private roundOf(shelves: readonly Shelf[]): Round {
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
