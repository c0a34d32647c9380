import type { Violation } from '../../../kernel/domain-error.js';
import { checkRules } from '../../domain/content-rules.js';
import type { ContentDraft } from '../../domain/publish-content.js';
import { TIKTOK_RULES, TIKTOK_SOURCE } from './tiktok.capabilities.js';
import { PRIVACY_LEVELS, PRIVATE_LEVEL } from './tiktok.init-request.js';

/** Content Sharing Guidelines, "unaudited API clients"; read Nov 2026. */
const AUDIT_SOURCE = 'https://developers.tiktok.com/doc/content-sharing-guidelines';

/** Told to the user when an account is connected (`platforms.md` 1.9). */
export const UNAUDITED_NOTICES: readonly string[] = [
  'TikTok has not audited this app yet: every post is visible to the account itself only (SELF_ONLY).',
  'Until the audit the account must be set to private when a post goes out, and at most 5 accounts may post in 24 hours.',
];

/** Limits that can be judged before anything is sent (`platforms.md` 1.4, 1.9, 1.10). */
export const tiktokViolations = (draft: ContentDraft, isAudited: boolean): readonly Violation[] => [
  ...checkRules(draft, TIKTOK_RULES),
  ...privacyViolations(draft.options, isAudited),
];

const privacyViolations = (options: ContentDraft['options'], isAudited: boolean): readonly Violation[] => {
  const wanted = options['privacyLevel'];
  if (wanted !== undefined && !PRIVACY_LEVELS.some((level) => level === wanted))
    return [privacy('privacy.level', wanted, `Use one of ${PRIVACY_LEVELS.join(', ')}.`, TIKTOK_SOURCE)];
  if (!isAudited && wanted !== undefined && wanted !== PRIVATE_LEVEL) {
    const message = `TikTok has not audited this app: only ${PRIVATE_LEVEL} is possible. Choose it or leave it out.`;
    return [privacy('privacy.unaudited', wanted, message, AUDIT_SOURCE)];
  }
  const isPrivate = wanted === PRIVATE_LEVEL || (wanted === undefined && !isAudited);
  if (isPrivate && options['brandContent'] === true) {
    const message = `Branded content must not be ${PRIVATE_LEVEL}. Choose another level or turn brandContent off.`;
    return [privacy('privacy.branded', PRIVATE_LEVEL, message, AUDIT_SOURCE)];
  }
  return [];
};

const privacy = (rule: string, actual: unknown, message: string, source: string): Violation => ({
  field: 'options.privacyLevel',
  rule,
  message,
  limit: rule === 'privacy.unaudited' ? PRIVATE_LEVEL : PRIVACY_LEVELS.join(', '),
  actual: typeof actual === 'string' ? actual : JSON.stringify(actual),
  source,
});
