import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startAppProcess, type TestApp } from '../support/app.js';

const run = promisify(execFile);

/** What somebody writes who has the package and nothing else. */
const PROGRAM = `
import { connect, everyItem, Problem, hashtagSetsCreate, hashtagSetsList, postsCreate } from '@perennial/client';
const client = connect({ url: process.env.URL + '/', apiKey: process.env.KEY });
for (const name of ['bread', 'rye', 'spelt']) await hashtagSetsCreate({ client, body: { name, hashtags: [name] } });
const names = [];
for await (const set of everyItem((cursor) => hashtagSetsList({ client, query: { limit: 2, cursor } }))) names.push(set.name);
const refusal = await postsCreate({ client, body: { mediaIds: ['nothing'] } }).catch((error) => error);
const nobody = await hashtagSetsList({ client: connect({ url: process.env.URL, apiKey: 'prn_live_none' }) }).catch((error) => error);
console.log(JSON.stringify({
  names, isProblem: refusal instanceof Problem, code: refusal.code, fields: refusal.fields.length, nobody: nobody.status,
}));
`;

describe('the package @perennial/client', () => {
  let app: TestApp;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'perennial-client-'));
    app = await startAppProcess();
  });
  afterAll(async () => {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is packed, installed without a network, and talks to a server', async () => {
    await run('npm', ['run', '-s', 'client:package', '--', '--pack-destination', folder]);
    const [file = ''] = await readdir(folder);
    await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${file}`], { cwd: folder });
    await writeFile(join(folder, 'program.mjs'), PROGRAM);
    const env = { ...process.env, NODE_OPTIONS: '', URL: app.api.url, KEY: app.api.key };
    const { stdout } = await run(process.execPath, ['program.mjs'], { cwd: folder, env });
    expect(JSON.parse(stdout)).toEqual({
      names: ['spelt', 'rye', 'bread'],
      isProblem: true,
      code: 'request.invalid',
      fields: 2,
      nobody: 401,
    });
  });
});
