import { giveMemoryBack } from './give-memory-back.js';
import { ConfigError, loadEnv } from './infra/config/env.schema.js';
import { type RunningApp, startApp } from './start-app.js';
import { explainStartFailure } from './start-failure.js';

/** A stop that takes longer is cut; the end of our connections hands the rest to the next worker. */
const STOP_WITHIN_MS = 19_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const greet = (app: RunningApp, role: string, isPrivate: boolean): void => {
  say(`Perennial (${role}) is ready at ${app.url} — API docs at ${app.url}/docs`);
  if (isPrivate) say(`Private PostgreSQL; join with a second process by DATABASE_URL=${app.databaseUrl}`);
  if (app.firstApiKey) say(`Your API key, shown only this once: ${app.firstApiKey}`);
  if (app.setupLink) say(`Set up your workspace in a browser, once and within a day: ${app.setupLink}`);
};

const run = async (): Promise<void> => {
  const env = loadEnv();
  if (env.TIME_SCALE !== 1) say(`TIME_SCALE=${env.TIME_SCALE}: waiting is that much shorter. Not for production.`);
  const starting = startApp(env);
  let isStopping = false;
  const stop = (): void => {
    // Ctrl-C under npm comes twice, from the terminal and from npm; the second must not kill the first one's work.
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => {
      process.stderr.write('Not everything ended in time. The next worker takes the rest over.\n');
      process.exit(0);
    }, STOP_WITHIN_MS).unref();
    starting
      .then((app) => app.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
  };
  // From the first moment on: a stop while it starts must not leave the private database behind.
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const app = await starting;
  // Last: who reads the line may stop us at once. Said to who stops us already, too: the first key is shown only here.
  greet(app, env.ROLE, env.DATABASE_URL === undefined);
  setImmediate(giveMemoryBack);
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : explainStartFailure(error)}\n`);
  process.exit(1);
});
