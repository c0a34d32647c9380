import { describe, expect, it } from '@jest/globals';
import { isSignedByTwilio, twilioSignature } from './webhook-signature.js';

/** The example of Twilio's own page on security. */
const TOKEN = '12345';
const URL_OF_EXAMPLE = 'https://example.com/myapp.php?foo=1&bar=2';
const FIELDS = {
  Digits: '1234',
  To: '+18005551212',
  From: '+14158675310',
  Caller: '+14158675310',
  CallSid: 'CA1234567890ABCDE',
};
const SIGNATURE = 'L/OH5YylLD5NRKLltdqwSvS0BnU=';

describe('the signature of a webhook', () => {
  it("is that of Twilio's published example", () => {
    expect(twilioSignature(TOKEN, URL_OF_EXAMPLE, FIELDS)).toBe(SIGNATURE);
  });

  it('holds for these very fields at this very address with this very token', () => {
    const isSigned = (url: string, fields: Record<string, string>, header: string | undefined, token = TOKEN) =>
      isSignedByTwilio(token, header, url, fields);
    expect(isSigned(URL_OF_EXAMPLE, FIELDS, SIGNATURE)).toBe(true);
    expect(isSigned(`${URL_OF_EXAMPLE}&x=1`, FIELDS, SIGNATURE)).toBe(false);
    expect(isSigned(URL_OF_EXAMPLE, { ...FIELDS, Digits: '1235' }, SIGNATURE)).toBe(false);
    expect(isSigned(URL_OF_EXAMPLE, FIELDS, undefined)).toBe(false);
    expect(isSigned(URL_OF_EXAMPLE, FIELDS, 'short')).toBe(false);
    expect(isSigned(URL_OF_EXAMPLE, FIELDS, twilioSignature('', URL_OF_EXAMPLE, FIELDS), '')).toBe(false);
  });
});
