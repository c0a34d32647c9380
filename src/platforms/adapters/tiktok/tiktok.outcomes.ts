import type { z } from 'zod';
import type { Evidence } from '../../domain/publish-outcome.js';
import { evidence, type Refusal, refusalOf, unavailable, unknown } from '../../domain/refusal.js';
import { retryAfterIn } from '../../domain/retry-after.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import { envelope, oauthError } from './tiktok.answers.js';
import { TIKTOK_ERRORS, TIKTOK_OAUTH_ERRORS } from './tiktok.errors.map.js';

export type Read<T> = { readonly kind: 'ok'; readonly value: T } | Refusal;

/** An enveloped answer as its data, or what its code means. Success is `error.code == "ok"`, not the HTTP status. */
export const readEnvelope = <T>(answer: PlatformAnswer, shape: z.ZodType<T>, now: Date): Read<T> => {
  if (answer.kind !== 'response')
    return { kind: answer.kind === 'not_sent' ? 'unavailable' : 'unknown', detail: answer.detail };
  const error = readJson(answer.text, envelope)?.error;
  const found = evidenceOf(answer, error);
  if (error === undefined) return refusalOf(unknown, { ...found, detail: 'not the documented JSON' }, { now });
  const times = { now, retryAt: retryAfterIn(answer.headers, now) };
  if (error.code !== 'ok') return refusalOf(TIKTOK_ERRORS.get(error.code) ?? unknown, found, times);
  const value = readJson(answer.text, shape);
  return value === undefined
    ? refusalOf(unknown, { ...found, detail: 'an answer without the documented fields' }, { now })
    : { kind: 'ok', value };
};

/** Errors of the token endpoint are flat and may come with HTTP 200. */
export const oauthRefusal = (answer: PlatformAnswer, now: Date): Refusal => {
  if (answer.kind !== 'response') return { kind: 'unavailable', detail: answer.detail };
  const error = readJson(answer.text, oauthError);
  const found = evidence({
    httpStatus: answer.status,
    platformCode: error?.error,
    requestId: error?.log_id,
    detail: error?.error_description && redactSecrets(error.error_description),
  });
  return refusalOf((error && TIKTOK_OAUTH_ERRORS.get(error.error)) ?? unavailable, found, { now });
};

export const evidenceOf = (
  answer: Extract<PlatformAnswer, { kind: 'response' }>,
  error?: z.infer<typeof envelope>['error'],
): Evidence =>
  evidence({
    httpStatus: answer.status,
    platformCode: error?.code,
    requestId: error?.log_id ?? answer.headers['x-tt-logid'],
    detail: error?.message && redactSecrets(error.message),
  });
