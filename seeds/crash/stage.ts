import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { apiClient, type Call, sandboxClient } from '../demo/clients.ts';
import { type Program, startProgram } from '../demo/processes.ts';
import type { WorkerEnv } from './workers.ts';
import { APP_COMMAND } from '../support/app-command.ts';

/** The outside world, an API with the private database, and what workers need to join. */
export interface Stage {
  /** Two workspaces. */
  readonly apis: readonly [Call, Call];
  readonly sandbox: Call;
  readonly timeScale: number;
  /** A connection of its own, never cut. */
  readonly db: pg.Client;
  readonly worker: WorkerEnv;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly seed: number;
  readonly timeScale: number;
  /** 0: the adapters' own. */
  readonly callTimeoutMs: number;
  readonly mutant: string | undefined;
  /** Platforms that are not played. */
  readonly without: readonly string[];
}

/** Starts everything but the workers, on free ports in a folder of its own. */
export const setStage = async (options: StageOptions): Promise<Stage> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'perennial-crash-'));
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
    const without = options.without.flatMap((platform) => ['--without', platform]);
    const sandboxArgs = ['dist/sandbox/main.js', '--json', '--seed', String(options.seed), ...without];
    const outside = await start(sandboxArgs, {}, (line) => line.startsWith('{'));
    const { urls, env } = JSON.parse(outside.lines[0] ?? '{}') as Record<'urls' | 'env', Record<string, string>>;
    const appEnv = { ...APP_ENV, ...env, DATA_DIR: dataDir, TIME_SCALE: String(options.timeScale) };
    const program = await start(APP_COMMAND, { ...appEnv, ROLE: 'api', DATABASE_URL: '' }, (line) =>
      line.includes('prn_live_'),
    );
    const printed = program.lines.join('\n');
    const url = /ready at (\S+)/.exec(printed)?.[1] ?? '';
    const databaseUrl = /DATABASE_URL=(\S+)/.exec(printed)?.[1] ?? '';
    const first = apiClient(url, KEY.exec(printed)?.[0] ?? '');
    const db = new pg.Client({ connectionString: databaseUrl });
    db.on('error', () => undefined);
    await db.connect();
    return {
      apis: [first, await secondTenant(url, first)],
      timeScale: options.timeScale,
      sandbox: sandboxClient(urls['control'] ?? ''),
      db,
      worker: { databaseUrl, env: { ...appEnv, ...chaosEnv(options) } },
      stop: async () => {
        await db.end();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const KEY = /prn_live_\w+/;

const secondTenant = async (url: string, operator: Call): Promise<Call> => {
  const opened = await operator('POST', '/v1/workspaces', { name: 'Second', region: 'us', timeZone: 'UTC' });
  return apiClient(url, KEY.exec(JSON.stringify(opened))?.[0] ?? '');
};

const chaosEnv = ({ callTimeoutMs, mutant }: StageOptions): Record<string, string> => ({
  CRASH_CALL_TIMEOUT_MS: String(callTimeoutMs),
  ...(mutant === undefined ? {} : { CRASH_MUTANT: mutant }),
});

const APP_ENV = {
  NODE_ENV: 'production',
  PORT: '0',
  LOG_LEVEL: 'fatal',
  // Health moves posts only where the run says so: what becomes of each where it is, is the question.
  PROBES_ENABLED: 'false',
  // Several hundred videos in a minute are no day's work; the accounts' own quotas hold.
  YOUTUBE_DAILY_INSERTS: '0',
  RATE_LIMIT_PER_MINUTE: '0',
};
