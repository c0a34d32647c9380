import { describe, expect, it } from '@jest/globals';
import { redactSecrets } from './redact-secrets.js';

describe('redactSecrets', () => {
  it.each([
    ['GET /me?access_token=IGxyz123&x=1', 'IGxyz123'],
    ['{"refresh_token":"rft.secret"}', 'rft.secret'],
    ['Authorization: Bearer ya29.secret', 'ya29.secret'],
    ['PUT /video/?upload_id=9&upload_token=s3cr3t', 's3cr3t'],
    ['client_secret=abc&grant_type=x', 'abc'],
    ['Authorization: OAuth EAAsecret', 'EAAsecret'],
    ['Authorization: Bot MTk4.secret', 'MTk4.secret'],
    ['GET https://api.telegram.org/bot110201:AAHsecret/getMe', 'AAHsecret'],
    ['GET https://discord.com/api/v10/webhooks/12345/tok-secret', 'tok-secret'],
    ['GET /debug_token?input_token=EAAsecret', 'EAAsecret'],
    ['GET /callback?code=AQsecret&state=x', 'AQsecret'],
    ['could not fetch https://us.example/hosted/w/m/1769428800/SIGsecret.mp4', 'SIGsecret'],
    ['{"kty":"EC","d":"jpsQsecret"}', 'jpsQsecret'],
  ])('hides the secret in %s', (text, secret) => {
    expect(redactSecrets(text)).not.toContain(secret);
  });

  it('hides literal secrets wherever they stand and keeps the rest', () => {
    expect(redactSecrets('token abcdef123 was refused', ['abcdef123'])).toBe('token [redacted] was refused');
  });

  it('keeps codes and words of errors', () => {
    const blocked = 'Forbidden: bot was blocked by the user';
    expect(redactSecrets(blocked)).toBe(blocked);
    expect(redactSecrets('(#100) code=190 state=failed')).toBe('(#100) code=190 state=failed');
  });

  it('cuts long texts', () => {
    expect(redactSecrets('x'.repeat(1000))).toHaveLength(300);
  });
});
