import { DAY_MS, MINUTE_MS } from '../../../kernel/durations.js';
import type { Rejected } from '../../domain/publish-outcome.js';
import {
  accountIssue,
  bannedAccount,
  lostConsent,
  type Meaning,
  platformRejected,
  staleToken,
  throttledFor,
  unavailable,
  unknown,
  userContent,
} from '../../domain/refusal.js';

/** The project's quota comes back at midnight Pacific; the adapter works the instant out. */
export const QUOTA_REASONS: ReadonlySet<string> = new Set(['quotaExceeded', 'dailyLimitExceeded']);

/** `error.errors[0].reason`, else `error.status` (`platforms.md` 3.7). Not listed: `unknown`, and reported. */
export const SHORTS_ERRORS: ReadonlyMap<string, Meaning> = new Map([
  ['invalidTitle', userContent],
  ['invalidDescription', userContent],
  ['invalidTags', userContent],
  ['invalidCategoryId', userContent],
  ['invalidPublishAt', userContent],
  ['invalidVideoMetadata', userContent],
  ['invalidFilename', platformRejected],
  ['invalidRecordingDetails', platformRejected],
  ['invalidVideoGameRating', platformRejected],
  ['defaultLanguageNotSet', platformRejected],
  ['mediaBodyRequired', platformRejected],
  ['badRequest', platformRejected],
  ['uploadLimitExceeded', throttledFor('account', DAY_MS)],
  ['authError', staleToken],
  ['UNAUTHENTICATED', staleToken],
  ['youtubeSignupRequired', accountIssue],
  ['quotaExceeded', throttledFor('app', DAY_MS)],
  ['dailyLimitExceeded', throttledFor('app', DAY_MS)],
  ['rateLimitExceeded', throttledFor('app', MINUTE_MS)],
  ['userRateLimitExceeded', throttledFor('account', MINUTE_MS)],
  ['uploadRateLimitExceeded', throttledFor('account', MINUTE_MS)],
  ['accessNotConfigured', platformRejected],
  ['insufficientPermissions', lostConsent],
  ['forbidden', platformRejected],
  ['forbiddenLicenseSetting', userContent],
  ['forbiddenPrivacySetting', userContent],
  ['authenticatedUserAccountClosed', bannedAccount],
  ['authenticatedUserAccountSuspended', bannedAccount],
  ['channelClosed', bannedAccount],
  ['channelSuspended', bannedAccount],
  ['videoNotFound', platformRejected],
  ['playlistNotFound', platformRejected],
  ['channelNotFound', platformRejected],
  // Some 403 and 429 carry no reason, only this status.
  ['RESOURCE_EXHAUSTED', throttledFor('app', MINUTE_MS)],
  // The server's own trouble: before the last bytes nothing happened, after them only a probe tells.
  ['backendError', unknown],
  ['internalError', unknown],
  ['SERVICE_UNAVAILABLE', unknown],
  ['INTERNAL', unknown],
  ['UNAVAILABLE', unknown],
]);

/** `status.failureReason` and `status.rejectionReason` (`platforms.md` 3.5): refused for good. Not listed: `platform_rejected`. */
export const SHORTS_VIDEO_REASONS: ReadonlyMap<string, Rejected['category']> = new Map([
  ['codec', 'user_content'],
  ['conversion', 'user_content'],
  ['emptyFile', 'user_content'],
  ['invalidFile', 'user_content'],
  ['tooSmall', 'user_content'],
  ['uploadAborted', 'platform_rejected'],
  ['claim', 'user_content'],
  ['copyright', 'user_content'],
  // Another copy is there: YouTube keeps that one.
  ['duplicate', 'platform_rejected'],
  ['inappropriate', 'user_content'],
  ['legal', 'user_content'],
  ['length', 'user_content'],
  ['termsOfUse', 'user_content'],
  ['trademark', 'user_content'],
  ['uploaderAccountClosed', 'account_issue'],
  ['uploaderAccountSuspended', 'account_issue'],
]);

/** `error` that Google's consent page sends the browser back with. Not listed: `unavailable`, and reported. */
export const GOOGLE_CONSENT_ERRORS: ReadonlyMap<string, Meaning> = new Map([
  // The user pressed Deny.
  ['access_denied', accountIssue],
  ['admin_policy_enforced', accountIssue],
  ['org_internal', platformRejected],
  ['disallowed_useragent', platformRejected],
  ['invalid_scope', platformRejected],
  ['temporarily_unavailable', unavailable],
  ['server_error', unavailable],
]);

/** `error` of the token endpoint. Not listed: `unavailable`, never a disconnect. */
export const GOOGLE_OAUTH_ERRORS: ReadonlyMap<string, Meaning> = new Map([
  ['invalid_grant', lostConsent],
  ['invalid_client', platformRejected],
  ['invalid_request', platformRejected],
  ['unauthorized_client', platformRejected],
  ['unsupported_grant_type', platformRejected],
  ['invalid_scope', platformRejected],
  ['redirect_uri_mismatch', platformRejected],
  ['temporarily_unavailable', unavailable],
  ['internal_failure', unavailable],
]);
