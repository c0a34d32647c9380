import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Logger } from '@nestjs/common';
import { StageRefused } from '../../../domain/drills/drill-stage.port.js';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;
const MAIN = fileURLToPath(new URL('../../../../main.js', import.meta.url));
/** Ours is the other end of its standard input: if we die, however, it goes too. */
const END_WITH_PARENT = `data:text/javascript,${encodeURIComponent(
  'process.stdin.resume(); process.stdin.once("close", () => process.exit(0));',
)}`;
const PATHS = '/usr/local/bin:/usr/bin:/bin';

/** An installation of ours in a process of its own, reached over its public API only. */
export interface StageProcess {
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

/** @param env all of its environment; nothing of ours is added. @throws StageRefused when it does not come up */
export const startStageProcess = async (env: Readonly<Record<string, string>>): Promise<StageProcess> => {
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, MAIN], {
    env: { PATH: PATHS, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  try {
    const { url, key } = await greeting(child);
    return { ask: (method, path, body) => ask(`${url}${path}`, key, { method, body }), stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
};

interface Greeting {
  readonly url: string;
  readonly key: string;
}

/** Waits for the two lines it greets with: where it listens, and the first key. */
const greeting = (child: ChildProcess): Promise<Greeting> => {
  const said: string[] = [];
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-2_000)));
  const { promise, resolve, reject } = Promise.withResolvers<Greeting>();
  let isReady = false;
  const fail = (why: string) => {
    if (isReady) return;
    new Logger('Drills').warn({ said: errors }, `The stage of a drill ${why}`);
    reject(stageFailed());
  };
  const timer = setTimeout(() => fail('was not ready in time'), READY_WITHIN_MS);
  child.once('error', () => fail('could not be started'));
  child.once('exit', () => fail('ended before it was ready'));
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const url = /ready at (\S+)/.exec(said.join('\n'))?.[1];
      const key = /prn_live_\w+/.exec(line)?.[0];
      if (!url || !key) return;
      isReady = true;
      resolve({ url, key });
    });
  return promise.finally(() => clearTimeout(timer));
};

const ask = async <T>(url: string, key: string, { method, body }: { method: string; body: unknown }): Promise<T> => {
  const isForm = body instanceof FormData;
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The stage answered ${method} ${new URL(url).pathname} with ${response.status}.`);
  return (await response.json()) as T;
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await gone;
  clearTimeout(timer);
};

const stageFailed = (): StageRefused =>
  new StageRefused({
    code: 'drill.stage_failed',
    text: 'The stage of the drill did not start; the log of the worker says why. It needs about 300 MB of memory and a database of its own.',
  });
