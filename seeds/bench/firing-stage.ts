import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Program, startProgram } from '../demo/processes.ts';
import { APP_COMMAND } from '../support/app-command.ts';
import { dataSource, embeddedPostgres } from './built.ts';

/** An empty migrated database on real PostgreSQL, and as many workers without platforms as a bench wants. */
export interface FiringStage {
  readonly databaseUrl: string;
  readonly db: pg.Client;
  /** The key ring that seals the accounts' credentials. */
  readonly keys: string;
  /** One line for each irreversible call that was made: the marker of its target. */
  readonly truthFile: string;
  startWorker(): Promise<Program>;
  stop(): Promise<void>;
}

/** As the prototypes ran; durable, and the instant of each commit is kept. */
const SERVER = ['shared_buffers=512MB', 'max_wal_size=4GB', 'track_commit_timestamp=on'];

/** @param settings of the workers, over the usual ones */
export const setFiringStage = async (settings: Readonly<Record<string, string>> = {}): Promise<FiringStage> => {
  const folder = await mkdtemp(join(tmpdir(), 'perennial-bench-'));
  const { startEmbeddedPostgres } = await embeddedPostgres();
  const server = await startEmbeddedPostgres(folder, SERVER);
  const started: Program[] = [];
  const db = new pg.Client({ connectionString: server.url });
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((program) => program.stop()));
    await db.end().catch(() => undefined);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  // The server goes down before the bench does when it is ended.
  db.on('error', () => undefined);
  try {
    await migrate(server.url);
    await db.connect();
    const keys = `bench:${randomBytes(32).toString('base64')}`;
    const truthFile = join(folder, 'truth');
    const env = { ...WORKER_ENV, ...settings, DATABASE_URL: server.url, DATA_DIR: folder, ENCRYPTION_KEYS: keys };
    const startWorker = async (): Promise<Program> => {
      const worker = await startProgram(
        [...APP_COMMAND.slice(0, -1), join(import.meta.dirname, 'bench-worker.ts'), truthFile],
        env,
        (line) => line === 'ready',
      );
      started.push(worker);
      return worker;
    };
    return { databaseUrl: server.url, db, keys, truthFile, startWorker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const migrate = async (url: string): Promise<void> => {
  const { createDataSource } = await dataSource();
  const source = await createDataSource(url, 2, 'bench').initialize();
  await source.runMigrations();
  await source.destroy();
};

const WORKER_ENV = {
  NODE_ENV: 'production',
  ROLE: 'worker',
  PORT: '0',
  LOG_LEVEL: 'error',
  PROBES_ENABLED: 'false',
  STATUS_FEEDS: 'none',
  // Nobody is called: nothing needs to be paced.
  PUBLISH_PER_PLATFORM_PER_SECOND: '0',
  // Google's grant is one for all accounts; the other platforms' quotas are reserved as always.
  YOUTUBE_DAILY_INSERTS: '0',
};
