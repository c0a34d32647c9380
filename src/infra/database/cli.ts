// The database by hand: node dist/infra/database/cli.js run | revert | show | create NAME | up | down
import { writeFile } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import { loadEnv } from '../config/env.schema.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { withDataSource } from './with-data-source.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Work on an open database: the configured one, or the private one, started for it and stopped after it. */
const migrations: Readonly<Record<string, (source: DataSource) => Promise<void>>> = {
  run: async (source) => {
    const applied = await source.runMigrations();
    say(applied.length === 0 ? 'Nothing to apply.' : applied.map(({ name }) => `applied ${name}`).join('\n'));
  },
  revert: async (source) => {
    await source.undoLastMigration();
    say('Reverted the last migration.');
  },
  show: async (source) => {
    say((await source.showMigrations()) ? 'Some migrations are pending.' : 'Every migration is applied.');
  },
};

/** An empty migration, named `verb-object`; add it to `migrations/index.ts` when it says something. */
const create = async (name = ''): Promise<void> => {
  if (!/^[a-z]+(-[a-z]+)+$/.test(name)) throw new Error('Name the migration verb-object, for example add-post-title.');
  const at = Date.now();
  const className = name.replace(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());
  const body = `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why. */
export class ${className}${at} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(\`\`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(\`\`);
  }
}
`;
  const file = `src/infra/database/migrations/${at}-${name}.ts`;
  await writeFile(file, body, { flag: 'wx' });
  say(`Wrote ${file}`);
};

const main = async ([action = '', name]: readonly string[]): Promise<void> => {
  const work = migrations[action];
  if (work) return withDataSource(loadEnv(), work);
  if (action === 'create') return create(name);
  if (action !== 'up' && action !== 'down')
    throw new Error('Say what to do: run, revert, show, create NAME, up or down.');
  const server = await startEmbeddedPostgres(loadEnv().DATA_DIR);
  // Left running on purpose: the next process joins it, and the last one that leaves stops it.
  if (action === 'up') return say(`DATABASE_URL=${server.url}`);
  await server.stop();
  say('Stopped, unless another process still uses it.');
};

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
