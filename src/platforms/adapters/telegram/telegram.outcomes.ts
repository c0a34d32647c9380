import type { z } from 'zod';
import { SECOND_MS } from '../../../kernel/durations.js';
import { evidence, lostConsent, type Refusal, refusalOf, unknown } from '../../domain/refusal.js';
import { readJson } from '../../infrastructure/json-body.js';
import type { PlatformAnswer } from '../../infrastructure/platform-http.js';
import { redactSecrets } from '../../infrastructure/redact-secrets.js';
import { refused, succeeded } from './telegram.answers.js';
import { CHAT_NOT_FOUND, TELEGRAM_ERRORS } from './telegram.errors.map.js';

/** `moved`: the group has another id now; nothing was sent. */
export type TelegramRefusal = Refusal | { readonly kind: 'moved'; readonly chatId: string; readonly because: Refusal };
export type Read<T> = { readonly kind: 'ok'; readonly value: T } | TelegramRefusal;

/** A Bot API answer as its result, or what its error means. @param secret the bot's token, hidden everywhere */
export const readTelegram = <T>(
  answer: PlatformAnswer,
  shape: z.ZodType<T>,
  at: { readonly now: Date; readonly secret: string },
): Read<T> => {
  if (answer.kind !== 'response')
    return {
      kind: answer.kind === 'not_sent' ? 'unavailable' : 'unknown',
      detail: redactSecrets(answer.detail, [at.secret]),
    };
  if (answer.status === 200) {
    const result = shape.safeParse(readJson(answer.text, succeeded)?.result);
    if (result.success) return { kind: 'ok', value: result.data };
  }
  const error = readJson(answer.text, refused);
  const found = evidence({
    httpStatus: answer.status,
    platformCode: error && String(error.error_code),
    detail: error ? error.description && redactSecrets(error.description, [at.secret]) : 'not the documented JSON',
  });
  const movedTo = error?.parameters?.migrate_to_chat_id;
  if (movedTo !== undefined) return { kind: 'moved', chatId: movedTo, because: { kind: 'unavailable', ...found } };
  const wait = error?.parameters?.retry_after;
  const times = {
    now: at.now,
    retryAt: wait === undefined ? undefined : new Date(at.now.getTime() + wait * SECOND_MS),
  };
  return refusalOf(meaningOf(error?.error_code, error?.description), found, times);
};

const meaningOf = (code: number | undefined, description = '') => {
  if (code === 400 && CHAT_NOT_FOUND.test(description)) return lostConsent;
  return (code === undefined ? undefined : TELEGRAM_ERRORS.get(code)) ?? unknown;
};

/** Where a moved chat matters no more than any other failure: the next try finds the new id. */
export const flat = (refusal: TelegramRefusal): Refusal => (refusal.kind === 'moved' ? refusal.because : refusal);
