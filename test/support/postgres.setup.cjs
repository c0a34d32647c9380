/**
 * One private PostgreSQL per jest run, with a migrated template that each suite clones.
 * Uses the built app (`dist/`), so `build:fast` runs first.
 */
const { mkdtemp, chmod } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = async () => {
  if (globalThis.__perennialPostgres) return;
  const { startEmbeddedPostgres } = await import('../../dist/infra/database/embedded-postgres.js');
  const { createDataSource } = await import('../../dist/infra/database/data-source.js');
  const dir = await mkdtemp(join(tmpdir(), 'perennial-pg-'));
  await chmod(dir, 0o755);
  // Tests check what we promise to the database, not its disk: no waiting for fsync.
  const server = await startEmbeddedPostgres(dir, ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']);
  const dataSource = createDataSource(server.url, 4);
  await dataSource.initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
  await cloneAsTemplate(server.url);
  process.env.TEST_POSTGRES_URL = server.url.replace(/\/[^/]*$/, '/postgres');
  globalThis.__perennialPostgres = { server, dir };
};

const cloneAsTemplate = async (url) => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') });
  await client.connect();
  await client.query('alter database perennial rename to perennial_template');
  await client.end();
};
