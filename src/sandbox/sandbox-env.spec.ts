import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { exportLines, sandboxEnv } from './sandbox-env.js';

const at = (port: number) => `http://127.0.0.1:${port}`;
const urls = { control: at(1), tiktok: at(2), instagram: at(3), youtube: at(4), smtp: 'smtp://127.0.0.1:5' };
const rest = {
  twilio: at(12),
  facebook: at(7),
  skylight: at(6),
  plc: at(8),
  video: at(9),
  discord: at(10),
  telegram: at(11),
};

describe('the environment of a sandbox', () => {
  it('sets variables that the app reads, and none to nothing', () => {
    const env = sandboxEnv({ ...urls, ...rest });
    const known = readFileSync('.env.example', 'utf8').match(/^\w+(?==)/gm);
    expect(known).toEqual(expect.arrayContaining(Object.keys(env)));
    expect(Object.values(env).filter((value) => value === '' || value.includes('undefined'))).toEqual([]);
  });

  it('leaves out a server that does not run', () => {
    expect(Object.keys(sandboxEnv(urls))).not.toContain('ATPROTO_SERVICE_URL');
  });

  it('reads as shell lines', () => {
    expect(exportLines({ A: 'x/{y}' })).toEqual(["export A='x/{y}'"]);
  });
});
