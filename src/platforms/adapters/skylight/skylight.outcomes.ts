import type { Rejected, Unavailable } from '../../domain/publish-outcome.js';
import { evidence, type Meaning, type Refusal, refusalOf, unknown } from '../../domain/refusal.js';
import { retryAfterIn } from '../../domain/retry-after.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import { errorBody } from './skylight.answers.js';
import { SKYLIGHT_ERRORS } from './skylight.errors.map.js';

/** What a failed XRPC call means, by the name in `error`. */
export const refusalIn = (
  answer: PlatformAnswer,
  now: Date,
  table: ReadonlyMap<string, Meaning> = SKYLIGHT_ERRORS,
): Refusal => {
  if (answer.kind !== 'response')
    return { kind: answer.kind === 'not_sent' ? 'unavailable' : 'unknown', detail: answer.detail };
  const error = readJson(answer.text, errorBody);
  const found = evidence({
    httpStatus: answer.status,
    platformCode: error?.error,
    detail: error ? error.message && redactSecrets(error.message) : 'not the documented JSON',
  });
  const resetSeconds = Number(answer.headers['ratelimit-reset']);
  const retryAt = resetSeconds > 0 ? new Date(resetSeconds * 1000) : retryAfterIn(answer.headers, now);
  return refusalOf((error && table.get(error.error)) ?? unknown, found, { now, retryAt });
};

/** The `error` name alone. */
export const errorName = (answer: PlatformAnswer): string | undefined =>
  answer.kind === 'response' ? readJson(answer.text, errorBody)?.error : undefined;

/** Something the account's owner can put right. @param detail a sentence that says how */
export const ownerMust = (platformCode: string, detail: string): Rejected => ({
  kind: 'rejected',
  category: 'account_issue',
  platformCode,
  detail,
});

/** The guarded door's words for an address it does not open. */
const REFUSED_ADDRESS = /^(url\.refused|ERR_ADDRESS_REFUSED)/;

/** The user's to put right when the address itself was refused; `undefined` otherwise. */
export const addressRefused = (answer: PlatformAnswer): Rejected | undefined =>
  answer.kind === 'not_sent' && REFUSED_ADDRESS.test(answer.detail)
    ? ownerMust('url.refused', 'This server cannot be used: its address must start with https:// and be public.')
    : undefined;

/** A read on the way that failed. */
export const unreadable = (answer: PlatformAnswer, what: string): Unavailable => ({
  kind: 'unavailable',
  ...(answer.kind === 'response' ? { httpStatus: answer.status } : {}),
  detail: answer.kind === 'response' ? `${what}: not a documented answer` : `${what}: ${answer.detail}`,
});
