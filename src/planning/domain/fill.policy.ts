import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import { DAY_MS } from '../../kernel/durations.js';
import type { HealthState } from '../../health/domain/health-state.js';

/** A place in a timetable that nothing was planned for. */
export interface FreeSlot {
  readonly account: Pick<AccountFacts, 'id' | 'platform' | 'status'>;
  readonly at: Date;
  /** Of the account's platform in its region. */
  readonly state: HealthState;
}

/** An evergreen post that may return. */
export interface EvergreenPost {
  readonly id: string;
  /** Days between two runs on one account; a day at least. */
  readonly cooldownDays: number;
  /** When it was last planned or live on an account; absent accounts: never. */
  readonly lastOn: ReadonlyMap<string, Date>;
}

/** What may be filled with what. */
export interface FillFacts {
  /** A platform of the workspace is down; without one, slots are the planner's alone. */
  readonly hasIncident: boolean;
  /** Most platforms of the workspace are down: rerouting and filling stop. */
  readonly isPanic: boolean;
  readonly slots: readonly FreeSlot[];
  readonly posts: readonly EvergreenPost[];
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
 * that may return there the one that rested longest on any account. A post is used once per round. Pure.
 */
export const chooseFills = ({ hasIncident, isPanic, slots, posts, fits }: FillFacts): readonly Fill[] => {
  if (!hasIncident || isPanic) return [];
  const used = new Set<string>();
  const rested = posts.toSorted((one, other) => lastUse(one) - lastUse(other) || (one.id < other.id ? -1 : 1));
  return slots
    .filter(({ account, state }) => account.status === 'active' && state === 'healthy')
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .flatMap(({ account, at }) => {
      const post = rested.find(
        (candidate) => !used.has(candidate.id) && isRested(candidate, account.id, at) && fits(candidate.id, account),
      );
      if (!post) return [];
      used.add(post.id);
      return [{ postId: post.id, accountId: account.id, at }];
    });
};

const lastUse = ({ lastOn }: EvergreenPost): number => Math.max(0, ...[...lastOn.values()].map((at) => at.getTime()));

const isRested = ({ cooldownDays, lastOn }: EvergreenPost, accountId: string, at: Date): boolean => {
  const last = lastOn.get(accountId);
  return !last || at.getTime() - last.getTime() >= Math.max(cooldownDays, 1) * DAY_MS;
};
