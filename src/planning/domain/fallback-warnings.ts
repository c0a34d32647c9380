import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { ContentSource } from '../../publishing/domain/targets/frozen-content.js';
import type { Route } from '../../routing/domain/route.js';
import type { Validate } from './check-targets.js';
import { type FallbackVerdict, judgeFallback } from './fallback-faults.js';
import type { Warning } from './finding.js';

/** One account of a run, at its place in the request. */
export interface WarnedTarget {
  readonly accountId: string;
  readonly index: number;
}

/** What the warnings are judged by. */
export interface WarningFacts {
  /** The workspace's accounts, fallbacks included. */
  readonly accounts: ReadonlyMap<string, AccountFacts>;
  /** By the account of the target. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly source: ContentSource;
  readonly validate: Validate;
}

/**
 * Fallbacks that could not take this post if its platform failed, told while there is time to give it a variant. A
 * target whose route names nobody is a matter of readiness, not of this post.
 */
export const fallbackWarnings = (targets: readonly WarnedTarget[], facts: WarningFacts): Warning[] =>
  targets.flatMap(({ accountId, index }) => {
    const origin = facts.accounts.get(accountId);
    if (!origin) return [];
    return (facts.routes.get(accountId)?.fallbacks ?? []).flatMap((id) => {
      const fallback = facts.accounts.get(id);
      const verdict = judgeFallback({ origin, fallback, source: facts.source }, facts.validate);
      if (!verdict.fault) return [];
      return [
        { field: `targets.${index}`, code: `fallback.${verdict.fault}`, message: sentence(id, fallback, verdict) },
      ];
    });
  });

const sentence = (id: string, fallback: AccountFacts | undefined, { fault, violations }: FallbackVerdict): string => {
  const name = fallback ? `Fallback ${fallback.displayName} (${fallback.platform})` : `Fallback ${id}`;
  switch (fault) {
    case 'content_refused':
      return (
        `${name} could not take this post: ${violations.map(({ message }) => message).join(' ')} ` +
        `Give the post a variant for ${fallback?.platform ?? 'it'}.`
      );
    case 'account_not_active':
      return `${name} is ${fallback?.status.replace('_', ' ') ?? 'not connected'}. Connect it again or choose another one.`;
    case 'same_platform':
      return `${name} is on the same platform and region: an outage strikes both. Choose another platform.`;
    default:
      return `${name} is not among your accounts any more. Take it out of the route.`;
  }
};
