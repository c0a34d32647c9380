import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiClient, type Call, sandboxClient } from '../demo/clients.ts';
import { type Program, startProgram } from '../demo/processes.ts';
import { APP_COMMAND } from '../support/app-command.ts';

/** The app and the platforms, each in a process of its own. */
export interface Stage {
  readonly url: string;
  readonly key: string;
  readonly api: Call;
  readonly sandbox: Call;
  /** The app's process; its private PostgreSQL is others. */
  readonly pid: number;
  /** Its database. */
  readonly databaseUrl: string;
  /** Where the bench may write. */
  readonly folder: string;
  stop(): Promise<void>;
}

/**
 * Starts everything on free ports in a folder of its own, the app as it is in production.
 * @param change environment of the app that differs
 */
export const setStage = async (change: Readonly<Record<string, string>> = {}): Promise<Stage> => {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-bench-'));
  const started: Program[] = [];
  const stop = async (): Promise<void> => {
    for (const program of started.toReversed()) await program.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const outside = await startProgram(['dist/sandbox/main.js', '--json'], {}, (line) => line.startsWith('{'));
    started.push(outside);
    const { urls, env } = JSON.parse(outside.lines[0] ?? '{}') as Record<'urls' | 'env', Record<string, string>>;
    const app = await startProgram(APP_COMMAND, { ...appEnv(env, folder), ...change }, (line) =>
      line.includes('prn_live_'),
    );
    started.push(app);
    const printed = app.lines.join('\n');
    const url = /ready at (\S+)/.exec(printed)?.[1] ?? '';
    const key = /prn_live_\w+/.exec(printed)?.[0] ?? '';
    const databaseUrl = /DATABASE_URL=(\S+)/.exec(printed)?.[1] ?? '';
    const sandbox = sandboxClient(urls.control ?? '');
    return { url, key, api: apiClient(url, key), sandbox, pid: app.pid, databaseUrl, folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const appEnv = (sandboxEnv: Readonly<Record<string, string>>, folder: string): Record<string, string> => ({
  NODE_ENV: 'production',
  DATABASE_URL: '',
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  LOG_LEVEL: 'warn',
  ...sandboxEnv,
});
