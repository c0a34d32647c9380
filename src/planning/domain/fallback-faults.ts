import type { AccountFacts } from '../../accounts/domain/account-facts.js';
import type { Violation } from '../../kernel/domain-error.js';
import { type ContentSource, fittedDraft, freezeContent } from '../../publishing/domain/targets/frozen-content.js';
import type { Validate } from './check-targets.js';

/** Why a fallback would not help. */
export const FALLBACK_FAULTS = [
  'account_gone',
  'account_not_active',
  'same_platform',
  'carries_this_run',
  'content_refused',
] as const;
export type FallbackFault = (typeof FALLBACK_FAULTS)[number];

/** What is known of one fallback before it is needed. */
export interface FallbackQuestion {
  /** Whose fallback it would be. */
  readonly origin: Pick<AccountFacts, 'id' | 'platform' | 'region'>;
  /** undefined: not among the workspace's accounts. */
  readonly fallback: AccountFacts | undefined;
  /** What it would have to say, in the post's words; a target's own words stay behind. Absent: not judged. */
  readonly source?: ContentSource | undefined;
}

/** One fallback, judged before it is needed; no fault: it could take the post. */
export interface FallbackVerdict {
  readonly fault?: FallbackFault;
  /** What its platform would refuse, with `content_refused`. */
  readonly violations: readonly Violation[];
}

const USABLE: FallbackVerdict = { violations: [] };

/** The same judgement at scheduling, in readiness and in rehearsals. */
export const judgeFallback = ({ origin, fallback, source }: FallbackQuestion, validate: Validate): FallbackVerdict => {
  if (!fallback) return { fault: 'account_gone', violations: [] };
  if (fallback.status !== 'active') return { fault: 'account_not_active', violations: [] };
  // What strikes the origin there strikes it too.
  if (fallback.platform === origin.platform && fallback.region === origin.region)
    return { fault: 'same_platform', violations: [] };
  if (!source) return USABLE;
  const content = freezeContent(source, fallback.platform);
  const violations = validate(fallback.platform, fittedDraft(content, fallback.platform, validate));
  return violations.length === 0 ? USABLE : { fault: 'content_refused', violations };
};
