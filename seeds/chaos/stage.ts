import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiClient, type Call, sandboxClient } from '../demo/clients.ts';
import { type Program, startProgram } from '../demo/processes.ts';
import { APP_COMMAND } from '../support/app-command.ts';

/** The sandbox, an API with the private database, and one worker that may die. */
export interface Stage {
  readonly api: Call;
  readonly sandbox: Call;
  readonly databaseUrl: string;
  /** `kill -9` to the worker; a new one takes over. */
  replaceWorker(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything on free ports in a folder of its own. @param settings of the app, over the usual ones */
export const setStage = async (
  timeScale: number,
  seed: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'perennial-chaos-'));
  const started: Program[] = [];
  const start = async (...call: Parameters<typeof startProgram>): Promise<Program> => {
    const program = await startProgram(...call);
    started.push(program);
    return program;
  };
  const stop = async (): Promise<void> => {
    for (const program of started.toReversed()) await program.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const outside = await start(['dist/sandbox/main.js', '--json', '--seed', String(seed)], {}, (line) =>
      line.startsWith('{'),
    );
    const { urls, env } = JSON.parse(outside.lines[0] ?? '{}') as Record<'urls' | 'env', Record<string, string>>;
    const appEnv = { ...APP_ENV, ...env, ...settings, DATA_DIR: dataDir, TIME_SCALE: String(timeScale) };
    const api = await start(APP_COMMAND, { ...appEnv, ROLE: 'api', DATABASE_URL: '' }, (line) =>
      line.includes('prn_live_'),
    );
    const printed = api.lines.join('\n');
    const databaseUrl = /DATABASE_URL=(\S+)/.exec(printed)?.[1] ?? '';
    const startWorker = () =>
      start(APP_COMMAND, { ...appEnv, ROLE: 'worker', DATABASE_URL: databaseUrl }, (line) => line.includes('ready'));
    let worker = await startWorker();
    return {
      api: apiClient(/ready at (\S+)/.exec(printed)?.[1] ?? '', /prn_live_\w+/.exec(printed)?.[0] ?? ''),
      sandbox: sandboxClient(urls.control ?? ''),
      databaseUrl,
      replaceWorker: async () => {
        await worker.kill();
        worker = await startWorker();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const APP_ENV = {
  NODE_ENV: 'production',
  PORT: '0',
  LOG_LEVEL: 'error',
  // Health must not move posts here: the matrix asks what becomes of each where it is.
  PROBES_ENABLED: 'false',
  // Every cell at once, so that one kill strikes all of them in the middle of a call.
  PUBLISH_CONCURRENCY: '500',
  PUBLISH_QUOTAS: 'false',
};
