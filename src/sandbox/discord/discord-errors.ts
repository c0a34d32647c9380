import type { Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { Dialect } from '../http/service.js';

/** Discord's codes with their HTTP status and words (`platforms.md` 6.1). */
const CODES: Readonly<Record<number, readonly [status: number, message: string]>> = {
  0: [401, '401: Unauthorized'],
  10003: [404, 'Unknown Channel'],
  10008: [404, 'Unknown Message'],
  10015: [404, 'Unknown Webhook'],
  50001: [403, 'Missing Access'],
  50006: [400, 'Cannot send an empty message'],
  50013: [403, 'Missing Permissions'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  40005: [413, 'Request entity too large'],
  20016: [429, 'This action cannot be performed due to slowmode rate limit.'],
  20028: [429, 'The channel you are writing has hit the write rate limit.'],
  20029: [429, 'The write action you are performing on the server has hit the write rate limit.'],
  220001: [400, 'Webhooks posted to forum channels must have a thread_name or thread_id'],
  220002: [400, 'Webhooks posted to forum channels cannot have both a thread_name and thread_id'],
  240000: [400, 'Message blocked by harmful links filter'],
  130000: [503, 'API resource is currently overloaded. Try again a little later'],
};

/** A refusal by code; `errors` says where a form body is wrong. */
export const refuse = (code: number, errors?: Readonly<Record<string, unknown>>): Reply => {
  const [status, message] = CODES[code] ?? [400, 'Unknown error'];
  const wait = status === 429 ? { retry_after: 21.5 } : {};
  return json(status, { message, code, ...wait, ...(errors ? { errors } : {}) });
};

/** One faulty field, nested as Discord nests it. */
export const badField = (field: string, code: string, message: string): Reply =>
  refuse(50035, { [field]: { _errors: [{ code, message }] } });

const RETRY_AFTER_SECONDS = 0.65;

/** Too many calls; seconds with a fraction in the body, whole ones in the header. */
export const rateLimited = (): Reply =>
  json(
    429,
    { message: 'You are being rate limited.', retry_after: RETRY_AFTER_SECONDS, global: false },
    {
      'retry-after': '1',
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': String(RETRY_AFTER_SECONDS),
      'x-ratelimit-bucket': 'abcd1234',
      'x-ratelimit-scope': 'user',
    },
  );

/** Faults in Discord's words; a `cap` names any code of the table, slow mode when it names none. */
export const DISCORD_DIALECT: Dialect = {
  error: (status) => json(status, { message: `${status}: Internal Server Error`, code: 0 }),
  rate: rateLimited,
  cap: (_step, code = '20016') => refuse(Number(code)),
  notFound: () => json(404, { message: '404: Not Found', code: 0 }),
};
