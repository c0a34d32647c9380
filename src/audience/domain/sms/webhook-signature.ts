import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Twilio's signature of a form it posts to us: HMAC-SHA-1, base64, over the whole address and then every field's name
 * and value, sorted by name (https://www.twilio.com/docs/usage/security, read 2026-11). It has no time in it, so a
 * copy is told from the original by the message's id.
 */
export const twilioSignature = (authToken: string, url: string, fields: Readonly<Record<string, string>>): string => {
  const text = Object.keys(fields)
    .sort()
    .reduce((all, name) => `${all}${name}${fields[name] ?? ''}`, url);
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
};

/** In constant time; false without a header or a token. */
export const isSignedByTwilio = (
  authToken: string,
  header: string | undefined,
  url: string,
  fields: Readonly<Record<string, string>>,
): boolean => {
  if (authToken === '' || header === undefined) return false;
  const expected = Buffer.from(twilioSignature(authToken, url, fields));
  const given = Buffer.from(header);
  return given.length === expected.length && timingSafeEqual(given, expected);
};
