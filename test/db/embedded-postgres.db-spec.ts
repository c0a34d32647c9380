import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/infra/database/embedded-postgres.js';
import { until } from '../support/app.js';
import { startProcess, type StartedProcess } from '../support/processes.js';

/** The URL is printed right after the ready line. */
const isReady = (line: string) => line.includes('DATABASE_URL=');
const urlIn = (lines: readonly string[]) => /DATABASE_URL=(\S+)/.exec(lines.join('\n'))?.[1] ?? '';

const QUIET = { PORT: '0', LOG_LEVEL: 'warn', PROBES_ENABLED: 'false', STATUS_FEEDS: 'none' };
const envOf = (dir: string) => ({ ...QUIET, DATA_DIR: dir });

/** The real program on its private server, in a folder of its own. */
describe('the private PostgreSQL', () => {
  let dir: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'perennial-private-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const started: StartedProcess[] = [];
  const start = async () => {
    const process = await startProcess(['dist/main.js'], envOf(dir), isReady);
    started.push(process);
    return process;
  };
  // A test that failed half way must leave no process behind.
  afterEach(async () => {
    for (const process of started.splice(0)) if (process.child.exitCode === null) await process.stop();
  });

  const query = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const serverPid = async () =>
    Number((await readFile(join(dir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0]);

  it('starts from nothing in a folder closed to others, stops cleanly and keeps its rows', async () => {
    const first = await start();
    const url = urlIn(first.lines);
    expect(await query(url, 'select count(*)::int as n from workspace')).toEqual([{ n: 1 }]);
    expect(await first.stop()).toBe(0);
    await expect(query(url, 'select 1')).rejects.toThrow();
    const second = await start();
    expect(second.lines.join('\n')).not.toContain('prn_live_');
    expect(await query(urlIn(second.lines), 'select count(*)::int as n from workspace')).toEqual([{ n: 1 }]);
    await second.stop();
  });

  it('is reused after a kill -9 of the app', async () => {
    const first = await start();
    await first.kill();
    const orphan = await serverPid();
    const second = await start();
    expect(await serverPid()).toBe(orphan);
    expect(await second.stop()).toBe(0);
  });

  it('is stopped with an app that is told to stop before it is ready', async () => {
    const starting = spawn(process.execPath, ['dist/main.js'], {
      env: { ...process.env, ...envOf(dir) },
      stdio: 'ignore',
    });
    const exited = once(starting, 'exit');
    await until(async () => (await serverPid().catch(() => 0)) > 0, 'its server to start');
    starting.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    await expect(serverPid()).rejects.toThrow('ENOENT');
  });

  it('is replaced when the orphan does not answer', async () => {
    const first = await start();
    await first.kill();
    const orphan = await serverPid();
    process.kill(orphan, 'SIGKILL');
    const second = await start();
    expect(await serverPid()).not.toBe(orphan);
    expect(await query(urlIn(second.lines), 'select count(*)::int as n from workspace')).toEqual([{ n: 1 }]);
    await second.stop();
  });

  it('is joined by a second process and stopped by the last one that leaves', async () => {
    await chmod(dir, 0o755);
    const first = await startEmbeddedPostgres(dir);
    const second = await start();
    expect(urlIn(second.lines)).toBe(first.url);
    await second.stop();
    expect(await query(first.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    await first.stop();
    await expect(query(first.url, 'select 1')).rejects.toThrow();
  });
});
