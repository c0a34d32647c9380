import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import { notFound } from '../../kernel/domain-error.js';
import type { PlatformName } from '../../platforms/domain/platform-name.js';
import {
  type ContentSource,
  fittedDraft,
  freezeContent,
  type Judge,
  type Wording,
} from '../../publishing/domain/targets/frozen-content.js';
import { contentFindings, type Finding, finding } from './finding.js';

/** A platform's own limits. */
export type Validate = Judge;

/** One account of a run as far as it can be judged. */
export interface JudgedTarget extends Wording {
  readonly accountId: string;
}

/** Whether each account is here and can post. An account of another workspace is not here. */
export const checkAccounts = (
  targets: readonly JudgedTarget[],
  accounts: ReadonlyMap<string, AccountFacts>,
): Finding[] =>
  targets.flatMap(({ accountId }, index) => {
    const field = `targets.${index}.accountId`;
    const account = accounts.get(accountId);
    if (!account) {
      const { kind, code, message } = notFound('account', accountId);
      return [finding(code, field, message, { kind, context: { id: accountId } })];
    }
    if (account.status === 'active') return [];
    const message = `${account.displayName} is ${account.status.replace('_', ' ')}. Reconnect or resume it, then retry.`;
    return [
      finding('account.not_active', field, message, {
        kind: 'conflict',
        context: { accountId, status: account.status },
      }),
    ];
  });

/** What each account's platform says about the words and the video it would get. */
export const checkContents = (
  targets: readonly JudgedTarget[],
  accounts: ReadonlyMap<string, AccountFacts>,
  { source, validate }: { source: ContentSource; validate: Validate },
): Finding[] =>
  targets.flatMap((target, index) => {
    const platform = accounts.get(target.accountId)?.platform;
    if (!platform) return [];
    const violations = validate(platform, fittedDraft(freezeContent(source, platform, target), platform, validate));
    return contentFindings(
      violations.map((violation) => ({ ...violation, field: `targets.${index}.${violation.field}` })),
    );
  });

/** What the platforms of targets that wait already say about the post's new words. */
export const checkPlatforms = (
  platforms: Iterable<PlatformName>,
  { source, validate }: { source: ContentSource; validate: Validate },
): Finding[] =>
  [...new Set(platforms)].flatMap((platform) => {
    const variant: Wording = source.variants[platform] ?? {};
    const violations = validate(platform, fittedDraft(freezeContent(source, platform), platform, validate));
    const placed = violations.map((violation) => {
      const isVariant = Object.hasOwn(variant, violation.field.split('.')[0] ?? '');
      return isVariant ? { ...violation, field: `variants.${platform}.${violation.field}` } : violation;
    });
    return contentFindings(placed);
  });
