import { HOUR_MS, MINUTE_MS } from '../../../kernel/durations.js';
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

/** `error` of an XRPC answer (`platforms.md` 4.3, 4.6, 4.8). Not listed: `unknown`. */
export const SKYLIGHT_ERRORS: ReadonlyMap<string, Meaning> = new Map([
  ['InvalidRequest', platformRejected],
  ['InvalidRecord', platformRejected],
  // Nothing was written; the same bytes uploaded again get the same CID.
  ['BlobNotFound', unavailable],
  ['ExpiredToken', staleToken],
  ['InvalidToken', lostConsent],
  ['AuthenticationRequired', lostConsent],
  ['AuthMissing', lostConsent],
  ['AuthFactorTokenRequired', accountIssue],
  ['AccountTakedown', bannedAccount],
  ['AccountDeactivated', bannedAccount],
  ['RepoTakendown', bannedAccount],
  ['PayloadTooLarge', userContent],
  // When `ratelimit-reset` is missing.
  ['RateLimitExceeded', throttledFor('account', 5 * MINUTE_MS)],
  // OAuth sessions (`platforms.md` 4.4; measured on PDS 0.5.35).
  ['invalid_token', staleToken],
  ['invalid_grant', lostConsent],
  ['ScopeMissingError', lostConsent],
  // Our call was given back before it was looked at.
  ['use_dpop_nonce', unavailable],
  ['invalid_dpop_proof', unavailable],
  // Our key holds something else than what we sent: only a look can tell what.
  ['InvalidSwap', unknown],
  ['InternalServerError', unknown],
  ['UpstreamFailure', unknown],
]);

/** `error` of the video service's refusals, and `failureCode` of its jobs (`platforms.md` 4.5). */
export const VIDEO_ERRORS: ReadonlyMap<string, Meaning> = new Map([
  ['unconfirmed_email', accountIssue],
  ['PayloadTooLarge', userContent],
  ['validation_failure', userContent],
  ['encoding_failure', userContent],
  ['pds_upload_unsupported_blob_size', userContent],
  ['pds_upload_failure', unavailable],
  ['generic_failure', unavailable],
  ['RateLimitExceeded', throttledFor('account', 5 * MINUTE_MS)],
]);

/** 25 videos and 10 GB a day; the service tells neither when its day ends nor when to come back. */
export const DAILY_LIMIT: Meaning = throttledFor('account', HOUR_MS);

/** Names that are answers of their own where they are expected, and those of OAuth endpoints. */
const ELSEWHERE = [
  'RecordNotFound',
  'HandleNotFound',
  'already_exists',
  'access_denied',
  'invalid_client',
  'invalid_client_metadata',
  'invalid_request',
  'invalid_scope',
  'server_error',
];
const DOCUMENTED: ReadonlySet<string> = new Set([...SKYLIGHT_ERRORS.keys(), ...VIDEO_ERRORS.keys(), ...ELSEWHERE]);

/** Whether any table of ours knows this name. */
export const isDocumented = (code: string): boolean => DOCUMENTED.has(code);
