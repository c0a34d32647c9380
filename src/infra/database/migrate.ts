// Migrations by hand: node dist/infra/database/migrate.js run | revert | show (DATABASE_URL, or the private server)
import { loadEnv } from '../config/env.schema.js';
import { createDataSource } from './data-source.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const actions: Readonly<Record<string, (source: ReturnType<typeof createDataSource>) => Promise<void>>> = {
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

const main = async (): Promise<void> => {
  const action = actions[process.argv[2] ?? ''];
  if (!action) throw new Error('Say what to do: run, revert or show.');
  const env = loadEnv();
  const server = env.DATABASE_URL ? undefined : await startEmbeddedPostgres(env.DATA_DIR);
  const source = createDataSource(env.DATABASE_URL ?? server?.url ?? '', 2, 'perennial-migrate');
  try {
    await source.initialize();
    await action(source);
  } finally {
    if (source.isInitialized) await source.destroy();
    await server?.stop();
  }
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
