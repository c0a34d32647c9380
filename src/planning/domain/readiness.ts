import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { StoredPost } from '../../library/domain/post-snapshot.js';
import { contentSourceOf } from '../../publishing/domain/targets/content-source.js';
import { fittedDraft, freezeContent } from '../../publishing/domain/targets/frozen-content.js';
import type { TargetSummary } from '../../publishing/domain/targets/target-summary.js';
import type { Route } from '../../routing/domain/route.js';
import type { Validate } from './check-targets.js';

/** Why a fallback would not help. */
export type FallbackFault =
  'account_gone' | 'account_not_active' | 'same_platform' | 'carries_this_run' | 'content_refused';

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
  const account = facts.accounts.get(accountId);
  const post = facts.posts.get(target.postId);
  if (!account || !post) return 'account_gone';
  if (account.status !== 'active') return 'account_not_active';
  if (account.platform === target.platform && account.region === facts.accounts.get(target.accountId)?.region)
    return 'same_platform';
  const content = freezeContent(contentSourceOf(post), account.platform);
  const draft = fittedDraft(content, account.platform, facts.validate);
  return facts.validate(account.platform, draft).length > 0 ? 'content_refused' : undefined;
};
