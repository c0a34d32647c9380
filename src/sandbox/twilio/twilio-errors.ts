import type { Reply } from '../http/call.js';
import { json } from '../http/call.js';
import type { Dialect } from '../http/service.js';

/** Twilio's codes with their HTTP status and words: https://www.twilio.com/docs/api/errors, read 2026-11. */
const CODES: Readonly<Record<number, readonly [status: number, message: string]>> = {
  20003: [401, 'Authenticate'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too Many Requests'],
  21211: [400, "The 'To' number is not a valid phone number."],
  21212: [400, "The 'From' number is not a valid phone number, shortcode, or alphanumeric sender ID."],
  21408: [400, 'Permission to send an SMS has not been enabled for the region indicated by the To number.'],
  21602: [400, 'Message body is required.'],
  21603: [400, "A 'From' phone number is required."],
  21604: [400, "A 'To' phone number is required."],
  21606: [400, "The 'From' phone number provided is not a valid, message-capable Twilio phone number."],
  21610: [400, 'Attempt to send to unsubscribed recipient'],
  21614: [400, "'To' number is not a valid mobile number"],
  21617: [400, 'The concatenated message body exceeds the 1600 character limit'],
};

/** A refusal by code. */
export const refuse = (code: number): Reply => {
  const [status, message] = CODES[code] ?? [400, 'Bad request'];
  return json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
};

/** Faults in Twilio's words; a `cap` names any code, a number that said STOP when it names none. */
export const TWILIO_DIALECT: Dialect = {
  error: (status) => json(status, { code: 20500, message: 'An internal server error has occurred', status }),
  rate: () => refuse(20429),
  cap: (_step, code = '21610') => refuse(Number(code)),
  notFound: () => refuse(20404),
};
