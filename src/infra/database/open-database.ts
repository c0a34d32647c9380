import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Env } from '../config/env.schema.js';
import { createDataSource } from './data-source.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';

/** Key of the lock under which one process migrates while others wait. */
const MIGRATION_LOCK = 7_293_001;

/** An open, migrated database. */
export interface OpenDatabase {
  readonly url: string;
  /** We started or joined a private server. */
  readonly isPrivate: boolean;
  readonly dataSource: DataSource;
  close(): Promise<void>;
}

/** Opens the configured database, or the private one, and brings its schema up to date. */
export const openDatabase = async (env: Env): Promise<OpenDatabase> => {
  const server = env.DATABASE_URL ? undefined : await startEmbeddedPostgres(env.DATA_DIR);
  const url = env.DATABASE_URL ?? server?.url ?? '';
  const dataSource = createDataSource(url, env.DATABASE_POOL_SIZE, `perennial-${env.ROLE}`);
  try {
    await dataSource.initialize();
    await migrate(url, dataSource);
  } catch (error) {
    await server?.stop();
    throw error;
  }
  return {
    url,
    isPrivate: server !== undefined,
    dataSource,
    close: async () => {
      await dataSource.destroy();
      await server?.stop();
    },
  };
};

const migrate = async (url: string, dataSource: DataSource): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await dataSource.runMigrations();
  } finally {
    await client.end();
  }
};
