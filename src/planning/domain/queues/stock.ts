import { type WallTime, zoneClock } from '../wall-time-clock.js';
import { addRun, type AccountMask, maskOf, stateOf, type StateFacts, turnsOf } from './item-state.js';
import { orderKey, orderRank } from './order-keys.js';
import { PostKind } from './post-kind.js';
import type { EvergreenItem, Queue, Slot } from './queue.js';
import { type Backlog, Shelf } from './shelf.js';
import { type Ordered, Shelved } from './shelved.js';
import { viewsFactors } from './views-factor.js';

const shelfKey = ({ categories }: Slot): string => JSON.stringify([...new Set(categories)].toSorted());

/** All posts of a queue on shelves by the categories of its slots, each post on every shelf that it fits. */
export class Stock implements Backlog {
  private readonly shelfBySlot: ReadonlyMap<string, Shelf>;
  private readonly facts: StateFacts;
  /** The place of each post in the order, by its number. */
  private readonly ranks: Float64Array;
  private readonly keys: Float64Array;
  /** The weight of each post, its views taken in. */
  private readonly weights: Float64Array;

  /** @param from instant (ms) at which the plan starts */
  constructor(
    private readonly queue: Queue,
    private readonly items: readonly EvergreenItem[],
    from: number,
  ) {
    const { zone, accounts, order, weighsViews } = queue;
    this.facts = { accounts, clock: zoneClock(zone), from };
    this.shelfBySlot = this.shelvesBySlot();
    this.ranks = new Float64Array(items.length);
    this.keys = new Float64Array(items.length);
    const factors = order === 'weighted' && weighsViews ? viewsFactors(items) : [];
    this.weights = new Float64Array(items.length);
    items.forEach(({ weight }, number) => (this.weights[number] = weight * (factors[number] ?? 1)));
    this.setInOrder(this.stack());
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

  look(kind: PostKind, wall: WallTime): void {
    const number = kind.peek() ?? -1;
    const item = this.items[number];
    if (!item) return;
    kind.take();
    const { shelves, round } = kind;
    const standing = { shelves, weight: this.weightOf(number), round };
    new Shelved(stateOf(item, this.facts), standing, this.ordered(number)).shelve(wall);
  }

  private postIdOf(number: number): string {
    return this.items[number]?.postId ?? '';
  }

  private weightOf(number: number): number {
    return this.weights[number] ?? 1;
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

  /** @returns the kind of each post by its number; undefined: it fits no slot or no account */
  private stack(): readonly (PostKind | undefined)[] {
    const { accounts } = this.queue;
    const find = kindFinder([...new Set(this.shelfBySlot.values())], (one, other) => this.isSooner(one, other));
    return this.items.map((item, number) => {
      if (item.fitsOn && maskOf(accounts, item.fitsOn) === 0) return undefined;
      const kind = find(item);
      kind?.add(number, this.weightOf(number));
      return kind;
    });
  }

  private setInOrder(kinds: readonly (PostKind | undefined)[]): void {
    this.items.forEach((item, number) => {
      const round = kinds[number]?.round;
      if (!round) return;
      const competitor = { item, weight: this.weightOf(number), round };
      this.ranks[number] = orderRank(this.queue, item);
      this.keys[number] = orderKey(this.queue, competitor, turnsOf(item));
    });
  }
}

/** The kind of a post by its categories; undefined where no slot takes them. */
const kindFinder = (
  shelves: readonly Shelf[],
  isSooner: Backlog['isSooner'],
): ((item: EvergreenItem) => PostKind | undefined) => {
  const byCategories = new Map<string, PostKind | undefined>();
  // Posts mostly share their lists (`item-shapes.ts`).
  const byList = new Map<readonly string[], PostKind | undefined>();
  const byShelves = new Map<string, PostKind>();
  const kindOf = (categories: readonly string[]): PostKind | undefined => {
    const takes = (shelf: Shelf) =>
      shelf.categories.length === 0 || shelf.categories.some((category) => categories.includes(category));
    const own = shelves.filter(takes);
    const key = own.map((shelf) => shelves.indexOf(shelf)).join();
    const known = byShelves.get(key);
    if (known || own.length === 0) return known;
    const kind = new PostKind(own, isSooner);
    byShelves.set(key, kind);
    for (const shelf of own) shelf.take(kind);
    return kind;
  };
  const find = (categories: readonly string[]): PostKind | undefined => {
    const key = categories.join('\n');
    if (!byCategories.has(key)) byCategories.set(key, kindOf(categories));
    return byCategories.get(key);
  };
  return ({ categories }) => {
    const known = byList.get(categories);
    if (known || byList.has(categories)) return known;
    const kind = find(categories);
    byList.set(categories, kind);
    return kind;
  };
};
