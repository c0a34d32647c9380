import type { WallTime } from '../wall-time-clock.js';
import { readinessAt } from './item-rest.js';
import { type AccountMask, type ItemState, stateOf, type StateFacts } from './item-state.js';
import { MinHeap } from './min-heap.js';
import type { EvergreenItem } from './queue.js';

/** A post on the shelves of a queue; what it may do is worked out when it comes up first. */
export class Shelved {
  /** Lower goes first; `rank` before `key`, and of equals the lower id. */
  rank = 0;
  key = 0;
  /** Where it may run, as last looked at. */
  ready: AccountMask = 0;
  /** Raised when it is shelved anew: what was noted with an older number no longer holds. */
  edition = 0;
  private known: ItemState | undefined;

  /**
   * @param shelves all on which it stands
   * @param weight its own with views taken in
   */
  constructor(
    readonly item: EvergreenItem,
    readonly shelves: readonly Shelf[],
    readonly weight: number,
    private readonly facts: StateFacts,
  ) {}

  get state(): ItemState {
    this.known ??= stateOf(this.item, this.facts);
    return this.known;
  }

  /** Looks at what it may do and puts it where it belongs now, on all its shelves. */
  shelve(wall: WallTime): void {
    const { accounts, nextWall } = readinessAt(this.state, wall);
    this.ready = accounts;
    this.edition += 1;
    const standing = { post: this, edition: this.edition, nextWall };
    for (const shelf of this.shelves) shelf.stand(standing);
  }
}

/** A post as it was shelved once. */
interface Standing {
  readonly post: Shelved;
  readonly edition: number;
  /** When it may run somewhere more; Infinity: never. */
  readonly nextWall: WallTime;
}

/** Posts that may run on the same accounts, the next at hand. */
interface Pool {
  readonly ready: AccountMask;
  readonly fits: AccountMask;
  readonly heap: MinHeap<Standing>;
}

/** The first post of a pool; `waits`: on how many free accounts that take it it still rests. */
interface Best {
  readonly pool: Pool;
  readonly first: Standing;
  readonly waits: number;
}

/** A place to be filled. */
export interface Wish {
  readonly wall: WallTime;
  readonly free: AccountMask;
  /** Takes accounts away that a post may not have at this place. */
  readonly usable: (post: Shelved) => AccountMask;
}

export interface Picked {
  readonly post: Shelved;
  /** One at least. */
  readonly accounts: AccountMask;
}

const isSooner = ({ post: one }: Standing, { post: other }: Standing): boolean => {
  if (one.rank !== other.rank) return one.rank < other.rank;
  if (one.key !== other.key) return one.key < other.key;
  return one.item.postId < other.item.postId;
};

const isStale = ({ post, edition }: Standing): boolean => post.edition !== edition;

const bitCount = (mask: AccountMask): number => {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
};

/** Two masks of up to 25 accounts each as one exact number. */
const MASKS = 2 ** 25;

/**
 * The posts that fit the same slots. Some may run now, in pools by where; others sleep until they may; and those that
 * nobody looked at yet wait in order, so that a plan touches only as many as it needs.
 */
export class Shelf {
  private readonly pools = new Map<number, Pool>();
  private readonly waking = new MinHeap<Standing>((one, other) => one.nextWall < other.nextWall);
  private readonly unseen = new MinHeap<Standing>(isSooner);
  private posts: Shelved[] = [];
  private isOrdered = false;
  /** Every post that fits, ended ones too. */
  size = 0;
  totalWeight = 0;
  /** Slots of a week that it serves. */
  slotCount = 0;

  /** @param categories of its slots; none: every post stands here */
  constructor(readonly categories: readonly string[]) {}

  add(post: Shelved): void {
    this.posts.push(post);
    this.size += 1;
    this.totalWeight += post.weight;
  }

  stand(standing: Standing): void {
    if (standing.post.ready !== 0) this.poolOf(standing.post).heap.push(standing);
    if (standing.nextWall < Infinity) this.waking.push(standing);
  }

  /**
   * The post for a place: of those that may run on one of the `free` accounts the one that waits least for its other
   * accounts, of these the first in the order of the queue.
   */
  pick(wish: Wish): Picked | undefined {
    this.setInOrder();
    this.wake(wish.wall);
    const aside: Standing[] = [];
    const picked = this.firstUsable(wish, aside);
    for (const standing of aside) this.poolOf(standing.post).heap.push(standing);
    return picked;
  }

  /** When the next of its posts may run somewhere more; Infinity: never. */
  nextWall(): WallTime {
    return firstOf(this.waking)?.nextWall ?? Infinity;
  }

  private setInOrder(): void {
    if (this.isOrdered) return;
    const fresh = this.posts.filter(({ edition }) => edition === 0);
    this.unseen.fill(fresh.map((post) => ({ post, edition: 0, nextWall: -Infinity })));
    this.posts = [];
    this.isOrdered = true;
  }

  private wake(wall: WallTime): void {
    for (let next = firstOf(this.waking); next && next.nextWall <= wall; next = firstOf(this.waking))
      next.post.shelve(wall);
  }

  /** @param aside takes what was passed over, out of its pool */
  private firstUsable({ wall, free, usable }: Wish, aside: Standing[]): Picked | undefined {
    for (let best = this.best(free, wall); best; best = this.best(free, wall)) {
      const { post } = best.first;
      if (readinessAt(post.state, wall).accounts !== post.ready) {
        post.shelve(wall);
        continue;
      }
      const accounts = post.ready & free & usable(post);
      if (accounts !== 0) return { post, accounts };
      best.pool.heap.pop();
      aside.push(best.first);
    }
    return undefined;
  }

  /** Looks at those that nobody looked at as long as one of them might be better. */
  private best(free: AccountMask, wall: WallTime): Best | undefined {
    for (;;) {
      const best = this.bestSeen(free);
      const next = firstOf(this.unseen);
      if (!next || (best?.waits === 0 && isSooner(best.first, next))) return best;
      next.post.shelve(wall);
    }
  }

  private bestSeen(free: AccountMask): Best | undefined {
    let best: Best | undefined;
    for (const [key, pool] of this.pools) {
      const first = firstOf(pool.heap);
      if (!first) this.pools.delete(key);
      if (!first || (pool.ready & free) === 0) continue;
      const waits = bitCount(pool.fits & free & ~pool.ready);
      if (!best || waits < best.waits || (waits === best.waits && isSooner(first, best.first)))
        best = { pool, first, waits };
    }
    return best;
  }

  private poolOf({ state: { fits }, ready }: Shelved): Pool {
    const key = fits * MASKS + ready;
    const known = this.pools.get(key);
    if (known) return known;
    const pool = { fits, ready, heap: new MinHeap(isSooner) };
    this.pools.set(key, pool);
    return pool;
  }
}

const firstOf = (heap: MinHeap<Standing>): Standing | undefined => {
  let first = heap.peek();
  while (first && isStale(first)) {
    heap.pop();
    first = heap.peek();
  }
  return first;
};
