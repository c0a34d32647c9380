import type { WallTime } from '../wall-time-clock.js';
import { readinessAt } from './item-rest.js';
import type { AccountMask, ItemState } from './item-state.js';
import type { Round } from './order-keys.js';

/** Where posts stand once they were looked at. */
export interface Stand {
  stand(standing: Standing): void;
}

/** Where a post stands and against whom. */
export interface Shelving {
  /** All on which it stands. */
  readonly shelves: readonly Stand[];
  /** Its own, with views taken in. */
  readonly weight: number;
  readonly round: Round;
}

/** The place of a post in the order of its queue (`order-keys.ts`). */
export interface Ordered {
  readonly rank: number;
  readonly key: number;
  readonly postId: string;
}

/** A post as it was shelved once, with its place then: heaps must not see it change. */
export interface Standing extends Ordered {
  readonly post: Shelved;
  readonly edition: number;
  /** When it may run somewhere more; Infinity: never. */
  readonly nextWall: WallTime;
}

/** A post that somebody looked at, on all its shelves. */
export class Shelved implements Shelving, Ordered {
  /** Where it may run, as last looked at. */
  ready: AccountMask = 0;
  /** Raised when it is shelved anew: what was noted with an older number no longer holds. */
  private edition = 0;

  readonly shelves: readonly Stand[];
  readonly weight: number;
  readonly round: Round;
  readonly rank: number;
  key: number;

  constructor(
    readonly state: ItemState,
    { shelves, weight, round }: Shelving,
    { rank, key }: Omit<Ordered, 'postId'>,
  ) {
    this.shelves = shelves;
    this.weight = weight;
    this.round = round;
    this.rank = rank;
    this.key = key;
  }

  get postId(): string {
    return this.state.item.postId;
  }

  /** Looks at what it may do and puts it where it belongs now. */
  shelve(wall: WallTime): void {
    const { accounts, nextWall } = readinessAt(this.state, wall);
    this.ready = accounts;
    this.edition += 1;
    const { rank, key, postId, edition } = this;
    const standing = { post: this, edition, nextWall, rank, key, postId };
    for (const shelf of this.shelves) shelf.stand(standing);
  }

  isStale({ edition }: Standing): boolean {
    return edition !== this.edition;
  }
}

export const isSooner = (one: Ordered, other: Ordered): boolean => {
  if (one.rank !== other.rank) return one.rank < other.rank;
  if (one.key !== other.key) return one.key < other.key;
  return one.postId < other.postId;
};
