import { describe, expect, it } from '@jest/globals';
import { envSchema, parseEnv } from '../../../../infra/config/env.schema.js';
import { NOWHERE_URL, OUTSIDE_ADDRESSES, stageEnv } from '../../../domain/drills/stage-env.js';

const place = { databaseUrl: 'postgres://u:p@127.0.0.1:5432/x_drill_1', dataDir: '/tmp/x', timeScale: 60 };
const made = (offered: Record<string, string>) => stageEnv(offered, 'http://127.0.0.1:4010', place);

describe('the environment of a stage', () => {
  it('leaves no address of the outside world at its default, whatever the sandbox plays', () => {
    const result = made({ TIKTOK_API_URL: 'http://127.0.0.1:4011' });
    const env = parseEnv('env' in result ? result.env : {});
    const addresses = Object.entries(env).filter(([, value]) => /^(https?|wss?|smtps?):/.test(String(value)));
    expect(addresses.filter(([, value]) => !/^(http|ws):\/\/127\.0\.0\.1:/.test(String(value)))).toEqual([]);
    expect(env).toMatchObject({
      TIKTOK_API_URL: 'http://127.0.0.1:4011',
      YOUTUBE_API_URL: NOWHERE_URL,
      TIME_SCALE: 60,
    });
  });

  it('knows every address that the configuration knows', () => {
    const defaults = parseEnv({});
    const known = Object.keys(envSchema.shape).filter((name) => {
      const value = String(defaults[name as keyof typeof defaults] ?? '');
      return /^(https?|wss?):\/\//.test(value);
    });
    expect(known.filter((name) => !(OUTSIDE_ADDRESSES as readonly string[]).includes(name))).toEqual([]);
  });
});
