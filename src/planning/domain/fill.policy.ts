import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { HealthState } from '../../health/domain/health-state.js';
import { mayReturn } from './queues/item-rest.js';
import type { EvergreenItem } from './queues/queue.js';

/** A place in a timetable that nothing was planned for. */
export interface FreeSlot {
  readonly account: Pick<AccountFacts, 'id' | 'platform' | 'status'>;
  readonly at: Date;
  /** IANA name; rests are counted on its clocks. */
  readonly zone: string;
  /** Of the account's platform in its region. */
  readonly state: HealthState;
}

/** What may be filled with what. */
export interface FillFacts {
  /** A platform of the workspace is down; without one, slots are the planner's alone. */
  readonly hasIncident: boolean;
  /** Most platforms of the workspace are down: rerouting and filling stop. */
  readonly isPanic: boolean;
  readonly slots: readonly FreeSlot[];
  readonly posts: readonly EvergreenItem[];
  /** Whether the account's platform takes the post. */
  readonly fits: (postId: string, account: FreeSlot['account']) => boolean;
}

/** One target of role `fill` to be. */
export interface Fill {
  readonly postId: string;
  readonly accountId: string;
  readonly at: Date;
}

/**
 * During an incident, free slots of healthy accounts are given evergreen posts: the earliest slot first, and of the posts
 * that may return there, by the same rests as in queues, the one that rested longest. A post is used once per round. Pure.
 */
export const chooseFills = ({ hasIncident, isPanic, slots, posts, fits }: FillFacts): readonly Fill[] => {
  if (!hasIncident || isPanic) return [];
  const used = new Set<string>();
  const rested = posts.toSorted((one, other) => lastRun(one) - lastRun(other) || (one.postId < other.postId ? -1 : 1));
  return slots
    .filter(({ account, state }) => account.status === 'active' && state === 'healthy')
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .flatMap((slot) => {
      const { account } = slot;
      const post = rested.find((one) => !used.has(one.postId) && mayReturn(one, slot) && fits(one.postId, account));
      if (!post) return [];
      used.add(post.postId);
      return [{ postId: post.postId, accountId: account.id, at: slot.at }];
    });
};

const lastRun = ({ past, runs }: EvergreenItem): number =>
  Math.max(past.lastAt?.getTime() ?? 0, ...runs.map(({ at }) => at.getTime()));
