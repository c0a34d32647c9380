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
  ])('hides the secret in %s', (text, secret) => {
    expect(redactSecrets(text)).not.toContain(secret);
  });

  it('hides literal secrets wherever they stand and keeps the rest', () => {
    expect(redactSecrets('token abcdef123 was refused', ['abcdef123'])).toBe('token [redacted] was refused');
  });

  it('cuts long texts', () => {
    expect(redactSecrets('x'.repeat(1000))).toHaveLength(300);
  });
});
