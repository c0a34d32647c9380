import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { exportsFor } from './exports-for.js';

const at = (port: number) => `http://127.0.0.1:${port}`;
const urls = { control: at(1), tiktok: at(2), instagram: at(3), youtube: at(4), smtp: 'smtp://127.0.0.1:5' };

describe('exportsFor', () => {
  it('sets variables that the app reads', () => {
    const lines = exportsFor({ ...urls, skylight: at(6) });
    const names = lines.join(' ').match(/\w+(?==)/g) ?? [];
    const known = readFileSync('.env.example', 'utf8').match(/^\w+(?==)/gm);
    expect(names).toHaveLength(15);
    expect(known).toEqual(expect.arrayContaining(names));
  });

  it('leaves out a server that does not run', () => {
    expect(exportsFor(urls).join('\n')).not.toContain('ATPROTO');
  });
});
