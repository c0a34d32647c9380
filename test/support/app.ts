import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP_COMMAND } from '../../seeds/support/app-command.js';
import { createDatabaseUrl } from './postgres.js';
import { startProcess, type StartedProcess } from './processes.js';

/** What a test needs to know of an answer. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The API as a client with one key sees it. */
export class ApiClient {
  constructor(
    readonly url: string,
    readonly key: string | undefined,
  ) {}

  with(key: string | undefined): ApiClient {
    return new ApiClient(this.url, key);
  }

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(this.key ? { authorization: `Bearer ${this.key}` } : {}),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = text !== '' && (response.headers.get('content-type')?.includes('json') ?? false);
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  /** Calls and demands success. */
  async ok<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

/** The real program in processes of its own, on a database of its own. */
export interface TestApp {
  readonly api: ApiClient;
  readonly databaseUrl: string;
  readonly main: StartedProcess;
  /** One more process on the same database. */
  addProcess(env?: Readonly<Record<string, string>>): Promise<StartedProcess>;
  stop(): Promise<void>;
}

const isReady = (line: string): boolean => line.includes(' is ready at ');

/** Starts `dist/main.js` on a fresh database and reads the first API key from its output. */
export const startAppProcess = async (env: Readonly<Record<string, string>> = {}): Promise<TestApp> => {
  const database = await createDatabaseUrl();
  const dataDir = await mkdtemp(join(tmpdir(), 'perennial-app-'));
  const base = {
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'warn',
    PROBES_ENABLED: 'false',
    STATUS_FEEDS: 'none',
    // Tests ask more often than people.
    RATE_LIMIT_PER_MINUTE: '100000',
    RATE_LIMIT_PUBLIC_PER_MINUTE: '100000',
    METRICS_ENABLED: 'false',
    ...env,
  };
  const started: StartedProcess[] = [];
  const launch = async (extra: Readonly<Record<string, string>> = {}): Promise<StartedProcess> => {
    const lines = (line: string, all: readonly string[]) =>
      (isReady(line) && extra.ROLE !== undefined) || all.some(isReady);
    const process = await startProcess(APP_COMMAND, { ...base, ...extra }, lines);
    started.push(process);
    return process;
  };
  const main = await launch();
  const url = /ready at (\S+)/.exec(main.lines.join('\n'))?.[1] ?? '';
  const key = await firstKey(main);
  return {
    api: new ApiClient(url, key),
    databaseUrl: database.url,
    main,
    addProcess: launch,
    stop: async () => {
      for (const process of started) if (process.child.exitCode === null && !process.child.killed) await process.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

/** The key is printed right after the ready line. */
const firstKey = async (process: StartedProcess): Promise<string> => {
  const key = await until(() => /prn_live_\w+/.exec(process.lines.join('\n'))?.[0], 'the first API key');
  return key;
};

/** Polls until `look` answers something; for states that announce themselves only in a table or an answer. */
export const until = async <T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
  timeoutMs = 60_000,
): Promise<T> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
