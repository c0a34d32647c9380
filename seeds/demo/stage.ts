import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiClient, type Call, sandboxClient } from './clients.ts';
import { type Program, startProgram } from './processes.ts';
import { APP_COMMAND } from '../support/app-command.ts';

/** Everything the demo started, and the ways to talk to it. */
export interface Stage {
  readonly api: Call;
  readonly sandbox: Call;
  readonly databaseUrl: string;
  /** Of the app. */
  readonly url: string;
  /** What the app was started with, for programs beside it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export const TIME_SCALE = 60;

/** Starts the sandbox (real PDS and mail server included) and the app on free ports, in a folder of its own. */
export const setStage = async (say: (line: string) => void): Promise<Stage> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'perennial-demo-'));
  const started: Program[] = [];
  const stop = async (): Promise<void> => {
    for (const program of started.toReversed()) await program.stop();
    // PostgreSQL may still be writing its last files away.
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 300 });
  };
  try {
    say('starting local platforms: TikTok, Instagram, YouTube, a real AT Protocol server, a mail server');
    const sandbox = await startProgram(['dist/sandbox/main.js', '--json'], {}, (line) => line.startsWith('{'));
    started.push(sandbox);
    const { urls, env } = JSON.parse(sandbox.lines[0] ?? '{}') as Record<'urls' | 'env', Record<string, string>>;
    say(`starting Perennial with its private PostgreSQL, TIME_SCALE=${TIME_SCALE}`);
    const ours = appEnv(env, dataDir);
    const app = await startProgram(APP_COMMAND, ours, (line) => line.includes('prn_live_'));
    started.push(app);
    const printed = app.lines.join('\n');
    const url = /ready at (\S+)/.exec(printed)?.[1] ?? '';
    const key = /prn_live_\w+/.exec(printed)?.[0] ?? '';
    const databaseUrl = /DATABASE_URL=(\S+)/.exec(printed)?.[1] ?? '';
    return { api: apiClient(url, key), sandbox: sandboxClient(urls.control ?? ''), databaseUrl, url, env: ours, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const appEnv = (sandboxEnv: Readonly<Record<string, string>>, dataDir: string): Record<string, string> => ({
  NODE_ENV: 'production',
  DATABASE_URL: '',
  DATA_DIR: dataDir,
  PORT: '0',
  LOG_LEVEL: 'warn',
  TIME_SCALE: String(TIME_SCALE),
  // A day's posts in a minute: what a platform takes per minute and day says nothing here.
  PUBLISH_QUOTAS: 'false',
  PROBE_INTERVAL_SECONDS: '1',
  ...sandboxEnv,
});
