import { describe, expect, it } from '@jest/globals';
import { stageEnv } from './stage-env.js';

const SANDBOX = 'http://127.0.0.1:4010';
const place = { databaseUrl: 'postgres://u:p@127.0.0.1:5432/x_drill_1', dataDir: '/tmp/x', timeScale: 60 };
const made = (offered: Record<string, string>, url = SANDBOX) => stageEnv(offered, url, place);

describe('stageEnv', () => {
  it.each([
    ['a real platform', { TIKTOK_API_URL: 'https://open.tiktokapis.com' }],
    ['a name that only looks like the sandbox', { TIKTOK_API_URL: 'http://127.0.0.1.example.com' }],
    ['an address with a user that looks like a host', { TIKTOK_API_URL: 'http://127.0.0.1@example.com/' }],
    ['a mail server elsewhere', { SMTP_URL: 'smtp://mail.example.com:25' }],
    ['an address hidden in a list', { FEEDS: 'x,https://example.com' }],
  ])('refuses %s', (_, offered: Record<string, string>) => {
    expect(made(offered)).toEqual({ foreignAddress: Object.keys(offered)[0] });
  });

  it('takes a sandbox on another machine, and only that one', () => {
    const offered = {
      TIKTOK_API_URL: 'http://sandbox:4011',
      FACEBOOK_DIALOG_URL: 'http://sandbox:4018/{version}/dialog',
    };
    expect(made(offered, 'http://sandbox:4010')).toHaveProperty('env');
    expect(made(offered)).toEqual({ foreignAddress: 'TIKTOK_API_URL' });
  });

  it('hands on neither our database nor our keys', () => {
    const result = made({});
    const env = 'env' in result ? result.env : {};
    expect(env.DATABASE_URL).toBe(place.databaseUrl);
    expect(env).not.toHaveProperty('ENCRYPTION_KEYS');
    expect(env).not.toHaveProperty('SMTP_URL');
  });
});
