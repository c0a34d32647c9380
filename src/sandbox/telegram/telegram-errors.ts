import type { Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { Dialect } from '../http/service.js';

type Parameters = { readonly retry_after: number } | { readonly migrate_to_chat_id: number };

/** The Bot API's refusals (`platforms.md` 6.2): the HTTP status repeats `error_code`. */
export const refuse = (code: number, description: string, parameters?: Parameters): Reply =>
  json(code, { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) });

export const badRequest = (reason: string): Reply => refuse(400, `Bad Request: ${reason}`);

export const ok = (result: unknown): Reply => json(200, { ok: true, result });

/** Whole seconds. */
const RETRY_AFTER = 7;

export const rateLimited = (): Reply =>
  refuse(429, `Too Many Requests: retry after ${RETRY_AFTER}`, { retry_after: RETRY_AFTER });

const WORDS: Readonly<Record<number, string>> = {
  400: 'Bad Request: not enough rights to send videos to the chat',
  401: 'Unauthorized',
  403: 'Forbidden: bot was kicked from the channel chat',
  404: 'Not Found',
  409: 'Conflict: terminated by other getUpdates request',
  413: 'Request Entity Too Large',
};

/** Faults in Telegram's words; a `cap` names any `error_code`, a kicked bot when it names none. */
export const TELEGRAM_DIALECT: Dialect = {
  error: (status) => refuse(status, 'Internal Server Error'),
  rate: rateLimited,
  cap: (_step, code = '403') => refuse(Number(code), WORDS[Number(code)] ?? 'Bad Request'),
  notFound: () => refuse(404, 'Not Found'),
};
