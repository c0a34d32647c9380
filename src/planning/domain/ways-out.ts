import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { ContentSource } from '../../publishing/domain/targets/frozen-content.js';
import { DEFAULT_ROUTE, type Route } from '../../routing/domain/route.js';
import type { Validate } from './check-targets.js';
import { type FallbackFault, type FallbackVerdict, judgeFallback } from './fallback-faults.js';
import { platformTitle } from '../../platforms/domain/platform-title.js';

/** One account of a run, at its place in the request. */
export interface JudgedTarget {
  readonly accountId: string;
  readonly index: number;
}

/** What ways out are judged by. */
export interface WaysOutFacts {
  /** The workspace's accounts, fallbacks included. */
  readonly accounts: ReadonlyMap<string, AccountFacts>;
  /** By the account of the target. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly source: ContentSource;
  readonly validate: Validate;
}

/** An account that would stand in; no fault: it can take this very post. */
export interface FallbackOut {
  readonly accountId: string;
  readonly fault?: FallbackFault;
  /** Why not and what to do, one sentence; with a fault. */
  readonly message?: string;
}

/** Where a target would go were its platform down now. */
export interface WayOut extends JudgedTarget {
  readonly onDown: Route['onDown'];
  /** Best first; empty: the route names nobody. */
  readonly fallbacks: readonly FallbackOut[];
}

/** The way out of every target whose account is known. */
export const waysOut = (targets: readonly JudgedTarget[], facts: WaysOutFacts): WayOut[] =>
  targets.flatMap(({ accountId, index }) => {
    const origin = facts.accounts.get(accountId);
    if (!origin) return [];
    const { onDown, fallbacks } = facts.routes.get(accountId) ?? DEFAULT_ROUTE;
    return [{ accountId, index, onDown, fallbacks: fallbacks.map((id) => fallbackOut(origin, id, facts)) }];
  });

const fallbackOut = (origin: AccountFacts, id: string, { accounts, source, validate }: WaysOutFacts): FallbackOut => {
  const fallback = accounts.get(id);
  const verdict = judgeFallback({ origin, fallback, source }, validate);
  if (!verdict.fault) return { accountId: id };
  return { accountId: id, fault: verdict.fault, message: sentence(id, fallback, verdict) };
};

const sentence = (id: string, fallback: AccountFacts | undefined, { fault, violations }: FallbackVerdict): string => {
  const name = fallback ? `Fallback ${fallback.displayName} (${platformTitle(fallback.platform)})` : `Fallback ${id}`;
  switch (fault) {
    case 'content_refused':
      return (
        `${name} could not take this post: ${violations.map(({ message }) => message).join(' ')} ` +
        `Give the post a variant for ${fallback ? platformTitle(fallback.platform) : 'it'}.`
      );
    case 'account_not_active':
      return `${name} is ${fallback?.status.replace('_', ' ') ?? 'not connected'}. Connect it again or choose another one.`;
    case 'same_platform':
      return `${name} is on the same platform and region: an outage strikes both. Choose another platform.`;
    default:
      return `${name} is not among your accounts any more. Take it out of the route.`;
  }
};
