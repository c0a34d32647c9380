import { MINUTE_MS } from '../../../kernel/durations.js';
import {
  accountIssue,
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
  ['AccountTakedown', accountIssue],
  ['AccountDeactivated', accountIssue],
  ['RepoTakendown', accountIssue],
  ['PayloadTooLarge', userContent],
  // When `ratelimit-reset` is missing.
  ['RateLimitExceeded', throttledFor('account', 5 * MINUTE_MS)],
  // Our key holds something else than what we sent: only a look can tell what.
  ['InvalidSwap', unknown],
  ['InternalServerError', unknown],
  ['UpstreamFailure', unknown],
]);
