import type { Tx } from '../../../kernel/transaction.js';
import type { RoutePlace } from '../../../routing/domain/stored-route.js';
import type { TargetRef } from '../targets/target-record.js';

/** A target that a decision under an older route may still be on its way to. */
export interface RoutedRef extends TargetRef {
  readonly isHeld: boolean;
  readonly dueAt: Date;
}

/** Targets by the route they may follow. */
export abstract class RoutedTargets {
  /**
   * Locks what is held, or due within the horizon of wake-ups, and whose root the route speaks for. What is planned later
   * reads its route when its time comes: nothing about it is decided yet. At most `limit`, earliest stale first.
   */
  abstract decidable(place: RoutePlace, limit: number, tx: Tx): Promise<readonly RoutedRef[]>;
  /** A new version; what is held is looked at again at once, unless a person paused it or must approve it. */
  abstract renew(targetIds: readonly string[], tx: Tx): Promise<void>;
}
