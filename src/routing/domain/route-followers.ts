import type { Tx } from '../../kernel/transaction.js';
import type { RoutePlace } from './stored-route.js';

/** Told of a route that was made, changed or removed, in the change's transaction. */
export type RouteFollower = (place: RoutePlace, tx: Tx) => Promise<void>;

/** Rooms above that keep something a route decides about; they join at start. */
export class RouteFollowers {
  private readonly followers: RouteFollower[] = [];

  join(follower: RouteFollower): void {
    this.followers.push(follower);
  }

  async tell(place: RoutePlace, tx: Tx): Promise<void> {
    for (const follower of this.followers) await follower(place, tx);
  }
}
