import type { z } from 'zod';
import { SECOND_MS } from '../../../kernel/durations.js';
import { evidence, type Refusal, refusalOf, throttledFor, unknown } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import { errorBody, rateLimit } from './discord.answers.js';
import { DISCORD_ERRORS } from './discord.errors.map.js';

export type Read<T> = { readonly kind: 'ok'; readonly value: T } | Refusal;

const DEFAULT_WAIT_MS = 5 * SECOND_MS;

/** A Discord answer as its data, or what its error means. @param secret hidden wherever the answer repeats it */
export const readDiscord = <T>(
  answer: PlatformAnswer,
  shape: z.ZodType<T>,
  at: { readonly now: Date; readonly secret: string },
): Read<T> => {
  if (answer.kind !== 'response')
    return {
      kind: answer.kind === 'not_sent' ? 'unavailable' : 'unknown',
      detail: redactSecrets(answer.detail, [at.secret]),
    };
  if (answer.status === 429) return limited(answer, at.now);
  if (answer.status === 200) {
    const value = readJson(answer.text, shape);
    if (value !== undefined) return { kind: 'ok', value };
  }
  const error = answer.status >= 400 ? readJson(answer.text, errorBody) : undefined;
  // Code 0 says nothing by itself; only with 401 is it the documented "Unauthorized".
  const isKnown = error !== undefined && (error.code !== 0 || answer.status === 401);
  const found = evidence({
    httpStatus: answer.status,
    platformCode: error && String(error.code),
    requestId: answer.headers['cf-ray'],
    detail:
      error === undefined ? 'not the documented JSON' : error.message && redactSecrets(error.message, [at.secret]),
  });
  const retryAt = retryAfter(undefined, answer.headers, at.now);
  return refusalOf((isKnown && DISCORD_ERRORS.get(error.code)) || unknown, found, { now: at.now, retryAt });
};

/** Only Discord's own 429 counts; an edge's page says nothing about this call. */
const limited = (answer: Extract<PlatformAnswer, { kind: 'response' }>, now: Date): Refusal => {
  const body = readJson(answer.text, rateLimit);
  const found = evidence({
    httpStatus: 429,
    platformCode: answer.headers['x-ratelimit-scope'],
    detail: body ? 'rate limited' : 'not the documented JSON',
  });
  if (!body) return { kind: 'unknown', ...found };
  const isGlobal = body.global === true || answer.headers['x-ratelimit-global'] === 'true';
  const meaning = throttledFor(isGlobal ? 'app' : 'account', DEFAULT_WAIT_MS);
  return refusalOf(meaning, found, { now, retryAt: retryAfter(body.retry_after, answer.headers, now) });
};

/** The latest of what body and headers say, seconds with a fraction. */
const retryAfter = (
  seconds: number | undefined,
  headers: Readonly<Record<string, string>>,
  now: Date,
): Date | undefined => {
  const given = [seconds, Number(headers['retry-after']), Number(headers['x-ratelimit-reset-after'])];
  const waits = given.filter((wait): wait is number => wait !== undefined && Number.isFinite(wait) && wait > 0);
  return waits.length === 0 ? undefined : new Date(now.getTime() + Math.ceil(Math.max(...waits) * SECOND_MS));
};
