import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/infra/database/data-source.js';
import { Database } from '../../src/infra/database/database.js';

export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  readonly database: Database;
  drop(): Promise<void>;
}

/** Runs one statement on the test server itself. */
const onServer = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const serverUrl = (): string => {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error('TEST_POSTGRES_URL is not set: run this tier by `npm test`, `test:db` or `test:e2e`.');
  return url;
};

/** The URL of a fresh database with every migration in it; a clone of the run's template. */
export const createDatabaseUrl = async (): Promise<{ url: string; drop: () => Promise<void> }> => {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} template perennial_template`);
  const url = serverUrl().replace(/\/[^/]*$/, `/${name}`);
  return { url, drop: () => onServer(`drop database if exists ${name} with (force)`) };
};

/** A fresh, migrated database with an open data source; drop it in `afterAll`. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const { url, drop } = await createDatabaseUrl();
  const dataSource = await createDataSource(url, 10).initialize();
  return {
    url,
    dataSource,
    database: new Database(dataSource),
    drop: async () => {
      await dataSource.destroy();
      await drop();
    },
  };
};
