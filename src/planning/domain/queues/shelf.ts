import type { WallTime } from '../wall-time-clock.js';
import { readinessAt } from './item-rest.js';
import type { AccountMask } from './item-state.js';
import { MinHeap } from './min-heap.js';
import type { KindShelf, PostKind } from './post-kind.js';
import { isSooner, type Ordered, type Shelved, type Standing } from './shelved.js';

/** All posts of a queue by number. */
export interface Backlog {
  isSooner(one: number, other: number): boolean;
  ordered(number: number): Ordered;
  /** Looks at the first post of a kind and sets it on its shelves. */
  look(kind: PostKind, wall: WallTime): void;
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
export class Shelf implements KindShelf {
  private readonly pools = new Map<number, Pool>();
  private readonly waking = new MinHeap<Standing>((one, other) => one.nextWall < other.nextWall);
  /** What stands here; each kind keeps its posts that nobody looked at. */
  private readonly kinds: PostKind[] = [];
  /** Slots of a week that it serves. */
  slotCount = 0;

  /** @param categories of its slots; none: every post stands here */
  constructor(
    readonly categories: readonly string[],
    private readonly backlog: Backlog,
  ) {}

  /** Every post that fits, ended ones too. */
  get size(): number {
    return this.kinds.reduce((sum, { size }) => sum + size, 0);
  }

  get totalWeight(): number {
    return this.kinds.reduce((sum, { totalWeight }) => sum + totalWeight, 0);
  }

  take(kind: PostKind): void {
    this.kinds.push(kind);
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
      const next = this.nextUnseen();
      if (!next) return best;
      if (best?.waits === 0 && isSooner(best.first, this.backlog.ordered(next.first))) return best;
      this.backlog.look(next.kind, wall);
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

  /** The kind whose first post comes first in the order of the queue. */
  private nextUnseen(): { readonly kind: PostKind; readonly first: number } | undefined {
    let next: { readonly kind: PostKind; readonly first: number } | undefined;
    for (const kind of this.kinds) {
      const first = kind.peek();
      if (first !== undefined && (!next || this.backlog.isSooner(first, next.first))) next = { kind, first };
    }
    return next;
  }

  private poolOf({ state: { fits }, ready }: Shelved): Pool {
    const key = fits * MASKS + ready;
    const known = this.pools.get(key);
    if (known) return known;
    const heap = new MinHeap<Standing>(isSooner);
    const pool = { fits, ready, heap };
    this.pools.set(key, pool);
    return pool;
  }
}

/** The least entry that still holds. */
const firstOf = (heap: MinHeap<Standing>): Standing | undefined => {
  let first = heap.peek();
  while (first?.post.isStale(first)) {
    heap.pop();
    first = heap.peek();
  }
  return first;
};
