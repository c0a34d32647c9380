import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { startAppProcess, type TestApp } from '../support/app.js';
import type { StartedProcess } from '../support/processes.js';

const dockerfile = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', '');
const commandAfter = (pattern: RegExp): string[] => JSON.parse(pattern.exec(dockerfile)?.[1] ?? '[]') as string[];
const { services } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  services: Record<'api' | 'worker', { environment: { ROLE: string } }>;
};

const portOf = ({ lines }: StartedProcess): string => /ready at http:\/\/[^:]+:(\d+)/.exec(lines.join('\n'))?.[1] ?? '';

/** Exit code of the image's health check, pointed at a process. */
const healthCheck = (port: string): Promise<number | null> =>
  new Promise((resolve) => {
    const [, ...args] = commandAfter(/^HEALTHCHECK .*CMD (\[.*\])$/m);
    spawn(process.execPath, args, { env: { PORT: port } }).once('exit', resolve);
  });

/** No Docker engine at hand: what the compose file would run, as plain processes. */
describe('the processes of docker-compose.yml', () => {
  let app: TestApp;
  let worker: StartedProcess;

  beforeAll(async () => {
    app = await startAppProcess({ ROLE: services.api.environment.ROLE });
    worker = await app.addProcess({ ROLE: services.worker.environment.ROLE });
  });
  afterAll(() => app.stop());

  it('run the command of the image', () => {
    const [, ...args] = commandAfter(/^CMD (\[.*\])$/m);
    expect(app.main.child.spawnargs.slice(1)).toEqual(args);
  });

  it('are healthy by the check of the image', async () => {
    expect(await healthCheck(portOf(app.main))).toBe(0);
    expect(await healthCheck(portOf(worker))).toBe(0);
  });

  it('serve the API from the api role alone', async () => {
    const answer = async (started: StartedProcess) =>
      (await fetch(`http://127.0.0.1:${portOf(started)}/v1/posts`)).status;
    expect(await answer(app.main)).toBe(401);
    expect(await answer(worker)).toBe(404);
  });

  it('end with 0 when told to stop', async () => {
    expect(await worker.stop()).toBe(0);
  });
});
