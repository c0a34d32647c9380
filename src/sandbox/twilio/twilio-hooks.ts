import { createHmac } from 'node:crypto';
import { SANDBOX_TWILIO } from './twilio-state.js';

/** What came back from the app. */
export interface HookAnswer {
  readonly status: number;
  readonly text: string;
}

/** Posts a signed form, as Twilio does; status 0 when nobody answered. */
export const postForm = async (url: string, fields: Readonly<Record<string, string>>): Promise<HookAnswer> => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature(url, fields) };
  const body = new URLSearchParams(fields).toString();
  return fetch(url, { method: 'POST', headers, body, redirect: 'manual' }).then(
    async (answer) => ({ status: answer.status, text: await answer.text() }),
    () => ({ status: 0, text: '' }),
  );
};

/** HMAC-SHA-1 over the address and the sorted fields (https://www.twilio.com/docs/usage/security). */
const signature = (url: string, fields: Readonly<Record<string, string>>): string => {
  const text = Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => name + value);
  return createHmac('sha1', SANDBOX_TWILIO.authToken)
    .update(url + text.join(''))
    .digest('base64');
};
