import type { DataSource } from 'typeorm';
import type { Env } from '../config/env.schema.js';
import { createDataSource } from './data-source.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';

const CONNECTIONS = 2;

/** Work on an open database: the configured one, or the private one, started for it and stopped after it. */
export const withDataSource = async <T>(env: Env, work: (source: DataSource) => Promise<T>): Promise<T> => {
  const server = env.DATABASE_URL ? undefined : await startEmbeddedPostgres(env.DATA_DIR);
  const source = createDataSource(env.DATABASE_URL ?? server?.url ?? '', CONNECTIONS, 'perennial-cli');
  try {
    await source.initialize();
    return await work(source);
  } finally {
    if (source.isInitialized) await source.destroy();
    await server?.stop();
  }
};
