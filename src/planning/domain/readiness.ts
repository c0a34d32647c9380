import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { StoredPost } from '../../library/domain/post-snapshot.js';
import { isHandOffIdentity } from '../../platforms/domain/hand-off-mode.js';
import { contentSourceOf } from '../../publishing/domain/targets/content-source.js';
import type { TargetSummary } from '../../publishing/domain/targets/target-summary.js';
import type { Route } from '../../routing/domain/route.js';
import type { Validate } from './check-targets.js';
import { type FallbackFault, judgeFallback } from './fallback-faults.js';

/** One fallback of a route, judged before it is needed. */
export interface JudgedFallback {
  readonly accountId: string;
  /** Absent: it can take the post. */
  readonly fault?: FallbackFault;
}

/** A waiting target that an outage of its platform would leave stranded. */
export interface ExposedTarget {
  readonly target: TargetSummary;
  /** Its route's fallbacks, best first, none of them usable; empty when the route has none. */
  readonly fallbacks: readonly JudgedFallback[];
}

/** What fallbacks are judged by. */
export interface ReadinessFacts {
  readonly accounts: ReadonlyMap<string, AccountFacts>;
  readonly posts: ReadonlyMap<string, StoredPost>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly validate: Validate;
}

/** The waiting targets without any usable fallback. */
export const exposedTargets = (waiting: readonly TargetSummary[], facts: ReadinessFacts): ExposedTarget[] => {
  const carriers = new Set(waiting.map(({ occurrenceId, accountId }) => `${occurrenceId}|${accountId}`));
  return waiting.flatMap((target) => {
    const fallbacks = (facts.routes.get(target.id)?.fallbacks ?? []).map((accountId): JudgedFallback => {
      const carries = carriers.has(`${target.occurrenceId}|${accountId}`);
      const fault = carries ? 'carries_this_run' : faultOf(target, accountId, facts);
      return { accountId, ...(fault ? { fault } : {}) };
    });
    return fallbacks.some(({ fault }) => fault === undefined) ? [] : [{ target, fallbacks }];
  });
};

const faultOf = (target: TargetSummary, accountId: string, facts: ReadinessFacts): FallbackFault | undefined => {
  const post = facts.posts.get(target.postId);
  if (!post) return 'account_gone';
  const region = facts.accounts.get(target.accountId)?.region ?? '';
  const origin = { id: target.accountId, platform: target.platform, region };
  const question = { origin, fallback: facts.accounts.get(accountId), source: contentSourceOf(post) };
  return judgeFallback(question, facts.validate).fault;
};

/** An account whose posts would have no way out, whatever they say. */
export interface ExposedAccount {
  readonly account: AccountFacts;
  /** As in `ExposedTarget`. */
  readonly fallbacks: readonly JudgedFallback[];
}

/**
 * Active accounts without any usable fallback, by the route that holds for a post of theirs without tags. Owned channels
 * and accounts that a person posts to are no platform that goes dark.
 */
export const exposedAccounts = (
  accounts: readonly AccountFacts[],
  routes: ReadonlyMap<string, Route>,
  validate: Validate,
): ExposedAccount[] => {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return accounts.filter(needsFallback).flatMap((account) => {
    const fallbacks = (routes.get(account.id)?.fallbacks ?? []).map((accountId): JudgedFallback => {
      const { fault } = judgeFallback({ origin: account, fallback: byId.get(accountId) }, validate);
      return { accountId, ...(fault ? { fault } : {}) };
    });
    return fallbacks.some(({ fault }) => fault === undefined) ? [] : [{ account, fallbacks }];
  });
};

const OWNED: readonly string[] = ['discord', 'telegram'];

const needsFallback = ({ status, platform, externalId }: AccountFacts): boolean =>
  status === 'active' && !OWNED.includes(platform) && !isHandOffIdentity(externalId);
