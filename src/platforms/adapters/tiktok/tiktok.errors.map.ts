import { DAY_MS, MINUTE_MS } from '../../../kernel/durations.js';
import {
  accountIssue,
  bannedAccount,
  lostConsent,
  type Meaning,
  platformRejected,
  staleToken,
  throttledFor,
  unavailable,
  userContent,
} from '../../domain/refusal.js';

/** `error.code` of the v2 envelope (`platforms.md` 1.8). Not listed: `unknown`. */
export const TIKTOK_ERRORS: ReadonlyMap<string, Meaning> = new Map([
  ['invalid_param', platformRejected],
  ['invalid_params', platformRejected],
  ['app_version_check_failed', accountIssue],
  ['access_token_invalid', staleToken],
  ['scope_not_authorized', lostConsent],
  ['scope_permission_missed', lostConsent],
  ['spam_risk_too_many_posts', throttledFor('account', DAY_MS)],
  ['spam_risk_user_banned_from_posting', bannedAccount],
  ['reached_active_user_cap', throttledFor('app', DAY_MS)],
  ['unaudited_client_can_only_post_to_private_accounts', accountIssue],
  ['url_ownership_unverified', platformRejected],
  ['privacy_level_option_mismatch', userContent],
  ['spam_risk_too_many_pending_share', throttledFor('account', DAY_MS)],
  // A sliding window of one minute without a documented retry-after.
  ['rate_limit_exceeded', throttledFor('account', MINUTE_MS)],
  ['internal_error', unavailable],
  // Both concern the handle alone: nothing can be read by it any more.
  ['invalid_publish_id', platformRejected],
  ['token_not_authorized_for_specified_publish_id', platformRejected],
]);

/**
 * `fail_reason` of a publish that ended `FAILED` (`platforms.md` 1.7): proof that it did not post.
 * `absent` may be sent again as a new publish; the rest is refused for good. Not listed: refused, with the literal code.
 */
export const TIKTOK_FAIL_REASONS: ReadonlyMap<string, Meaning | 'absent'> = new Map<string, Meaning | 'absent'>([
  ['file_format_check_failed', userContent],
  ['duration_check_failed', userContent],
  ['frame_rate_check_failed', userContent],
  ['picture_size_check_failed', userContent],
  ['video_bitrate_check_failed', userContent],
  ['internal', 'absent'],
  ['video_pull_failed', 'absent'],
  ['photo_pull_failed', 'absent'],
  ['publish_cancelled', platformRejected],
  // The user took the app away: the pre-flight of the next attempt is refused and asks for a new consent.
  ['auth_removed', 'absent'],
  // A cap of 24 h: the pre-flight of the next attempt names it again and says until when.
  ['spam_risk_too_many_posts', 'absent'],
  ['spam_risk_user_banned_from_posting', bannedAccount],
  ['spam_risk_text', userContent],
  ['spam_risk', platformRejected],
]);

/** `error` of the token endpoint (`platforms.md` 1.1). Not listed: `unavailable`, never a disconnect. */
export const TIKTOK_OAUTH_ERRORS: ReadonlyMap<string, Meaning> = new Map([
  ['invalid_grant', lostConsent],
  ['access_denied', lostConsent],
  ['server_error', unavailable],
  ['temporarily_unavailable', unavailable],
  ['invalid_request', platformRejected],
  ['invalid_client', platformRejected],
  ['unauthorized_client', platformRejected],
  ['unsupported_grant_type', platformRejected],
  ['unsupported_response_type', platformRejected],
  ['invalid_scope', platformRejected],
]);

/** `error` that the browser brings back from the consent page (`platforms.md` 1.1). Not listed: `unavailable`. */
export const TIKTOK_CONSENT_ERRORS: ReadonlyMap<string, Meaning> = new Map([
  ...TIKTOK_OAUTH_ERRORS,
  // A decision of the user, not a lost consent.
  ['access_denied', accountIssue],
]);
