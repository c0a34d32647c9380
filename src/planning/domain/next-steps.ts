import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { TokenRisk } from '../../accounts/domain/token-risk.policy.js';
import type { ExposedAccount, ExposedTarget } from './readiness.js';
import { platformTitle } from '../../platforms/domain/platform-title.js';

/** Credentials that may not last through an outage. */
export interface RiskyToken {
  readonly account: AccountFacts;
  readonly risk: TokenRisk;
  readonly expiresAt?: Date;
}

/** One thing a person can do now, while nothing is down. */
export interface NextStep {
  readonly code:
    'connect_account' | 'resume_account' | 'renew_token' | 'add_fallback' | 'mend_fallbacks' | 'add_variant';
  readonly sentence: string;
  readonly accountId?: string;
  readonly postId?: string;
}

/** What a look ahead found. */
export interface Findings {
  readonly accounts: readonly AccountFacts[];
  readonly tokens: readonly RiskyToken[];
  readonly exposedAccounts: readonly ExposedAccount[];
  readonly exposed: readonly ExposedTarget[];
}

/** What to do about it, what helps most first; each thing once, however many posts it concerns. */
export const nextSteps = ({ accounts, tokens, exposedAccounts, exposed }: Findings): NextStep[] => {
  const named = new Map(accounts.map((account) => [account.id as string, nameOf(account)]));
  const inAccounts = new Set(exposedAccounts.map(({ account }) => account.id as string));
  const refused = exposed.filter(({ fallbacks }) => fallbacks.some(({ fault }) => fault === 'content_refused'));
  const unmended = exposed.filter((item) => !refused.includes(item) && !inAccounts.has(item.target.accountId));
  return [
    ...accounts.flatMap(statusStep),
    ...tokens.filter(({ risk }) => risk !== 'needs_reconnect').map(tokenStep),
    ...exposedAccounts.map(({ account, fallbacks }) => fallbackStep(account.id, nameOf(account), fallbacks.length)),
    ...once(unmended.map(({ target }) => target.accountId)).map((id) => fallbackStep(id, named.get(id) ?? id, 1)),
    ...once(refused.map(({ target }) => target.postId)).map(variantStep),
  ];
};

const nameOf = ({ displayName, platform }: AccountFacts): string => `${displayName} (${platformTitle(platform)})`;

const statusStep = (account: AccountFacts): NextStep[] => {
  const { id: accountId, status } = account;
  if (status === 'needs_reconnect') {
    const sentence = `Connect ${nameOf(account)} again: its platform does not accept its credentials any more.`;
    return [{ code: 'connect_account', accountId, sentence }];
  }
  if (status !== 'paused') return [];
  return [{ code: 'resume_account', accountId, sentence: `Resume ${nameOf(account)}, or plan its posts elsewhere.` }];
};

const TOKEN_TROUBLE: Readonly<Record<Exclude<TokenRisk, 'needs_reconnect'>, string>> = {
  expired: 'its token has ended and was not renewed',
  refused_once: 'its platform refused to renew its token once, and the next refusal takes it out',
  overdue: 'its token ends soon and was not renewed in time',
  ends_unrenewable: 'its token ends within days, and cannot be renewed once it ended',
};

const tokenStep = ({ account, risk }: RiskyToken): NextStep => ({
  code: 'renew_token',
  accountId: account.id,
  sentence: `Connect ${nameOf(account)} again: ${risk === 'needs_reconnect' ? 'it is out' : TOKEN_TROUBLE[risk]}.`,
});

const fallbackStep = (accountId: string, name: string, fallbackCount: number): NextStep =>
  fallbackCount === 0
    ? {
        code: 'add_fallback',
        accountId,
        sentence: `Give ${name} a fallback on another platform: POST /v1/routes with fallbacks.`,
      }
    : {
        code: 'mend_fallbacks',
        accountId,
        sentence: `None of the fallbacks of ${name} could take its posts: connect them, or add one on another platform.`,
      };

const variantStep = (postId: string): NextStep => ({
  code: 'add_variant',
  postId,
  sentence: 'Give this post a variant that its fallbacks take: PATCH /v1/posts/{id} with variants.',
});

const once = (ids: readonly string[]): string[] => [...new Set(ids)];
