import { decide } from '../../../routing/domain/decide.js';
import type { RouteDecision } from '../../../routing/domain/route-decision.js';
import type { RouteFacts } from '../../../routing/domain/route-facts.js';
import type { TargetRecord } from '../targets/target-record.js';
import { type Claims, RoundClaims } from './claims.js';
import type { RoutedTarget } from './route-facts.policy.js';

/** A target as far as its place in a backlog depends on it. */
export interface BacklogPlace {
  readonly target: Pick<TargetRecord, 'id' | 'staleAt' | 'scheduledAt'>;
  /** Worth as much later; left out: worth something only now. */
  readonly isEvergreen?: boolean;
}

/**
 * The order of a backlog (design section 6): what gets stale first, then what is worth something only now before the
 * evergreen, then what was due first.
 */
export const backlogOrder = (one: BacklogPlace, other: BacklogPlace): number =>
  one.target.staleAt.getTime() - other.target.staleAt.getTime() ||
  Number(one.isEvergreen ?? false) - Number(other.isEvergreen ?? false) ||
  one.target.scheduledAt.getTime() - other.target.scheduledAt.getTime() ||
  (one.target.id < other.target.id ? -1 : 1);

/** One target with its decision. */
export interface RoundDecision {
  readonly target: TargetRecord;
  readonly decision: RouteDecision;
}

/**
 * Decides about many targets in the order of a backlog, each knowing what those before it took. Pure: the same facts and
 * instant, the same decisions.
 */
export const decideInOrder = (
  items: readonly RoutedTarget[],
  factsOf: (item: RoutedTarget, claims: Claims) => RouteFacts,
  now: Date,
): readonly RoundDecision[] => {
  const claims = new RoundClaims();
  return items.toSorted(backlogOrder).map((item) => {
    const decision = decide(factsOf(item, claims), now);
    if (decision.kind === 'reroute') claims.give(item.target.postId, decision.accountId);
    return { target: item.target, decision };
  });
};
