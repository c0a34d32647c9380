// The outages a publisher met in January 2026, one by one, and an hour of a dead platform with 1,000 targets due:
// npm run scenarios [-- --json] [-- --only NAME,...]   (the hour is called 'dead platform')
import { parseArgs } from 'node:util';
import pg from 'pg';
import { setStage, type Stage } from '../chaos/stage.ts';
import { exitWith, onStage } from '../support/on-stage.ts';
import { faultOfDead, playDeadPlatform } from './dead-platform.ts';
import { OUTAGES } from './outages.ts';
import { playOutage, type Scenario } from './play.ts';

/** Twelve hours become two minutes. Retries of our own keep their pace: 1 s to 5 min. */
const TIME_SCALE = 360;

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });
const startedAt = Date.now();
const out = options.json ? process.stderr : process.stdout;
const say = (line: string): void =>
  void out.write(`${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(6)}s  ${line}\n`);

/** What no outage may do: two copies, nothing live, a post called failed, an account taken out. */
const faultOf = ({ copies, delivered, finalState, connected }: Scenario): string | undefined => {
  if (copies > 1) return 'more than one copy';
  if (!delivered) return 'not delivered';
  if (/failed|missed/.test(finalState)) return `ended ${finalState}`;
  return connected ? undefined : 'the account was disconnected';
};

const isWanted = (name: string): boolean => !options.only || options.only.split(',').includes(name);

const withDatabase = async <T>(stage: Stage, work: (db: pg.Client) => Promise<T>): Promise<T> => {
  const db = new pg.Client({ connectionString: stage.databaseUrl });
  db.on('error', () => undefined);
  await db.connect();
  try {
    return await work(db);
  } finally {
    await db.end();
  }
};

const playAll = async (stage: Stage, db: pg.Client): Promise<readonly Scenario[]> => {
  const chosen = OUTAGES.filter(({ name }) => isWanted(name));
  const results: Scenario[] = [];
  for (const [index, outage] of chosen.entries()) {
    const region = `zone${String.fromCharCode(97 + index)}`;
    const result = await playOutage(stage, db, { outage, region, timeScale: TIME_SCALE });
    const fault = faultOf(result);
    say(`${fault ? `BROKEN (${fault})` : 'ok'}  ${JSON.stringify(result)}`);
    results.push(result);
  }
  return results;
};

const playHour = async (stage: Stage, db: pg.Client) => {
  if (!isWanted('dead platform')) return undefined;
  const hour = await playDeadPlatform(stage, db, TIME_SCALE);
  const fault = faultOfDead(hour);
  say(`${fault ? `BROKEN (${fault})` : 'ok'}  dead platform ${JSON.stringify(hour)}`);
  return { ...hour, ok: fault === undefined };
};

const main = async (): Promise<number> => {
  say(`TIME_SCALE=${TIME_SCALE}; starting the sandbox, an API and a worker`);
  const set = () => setStage(TIME_SCALE, 1, { PROBES_ENABLED: 'true', PROBE_INTERVAL_SECONDS: '1' });
  return onStage(set, async (stage) => {
    const played = await withDatabase(stage, async (db) => ({
      scenarios: await playAll(stage, db),
      deadPlatform: await playHour(stage, db),
    }));
    const isSound = played.scenarios.every((scenario) => faultOf(scenario) === undefined);
    const ok = isSound && played.deadPlatform?.ok !== false;
    if (options.json) process.stdout.write(`${JSON.stringify({ timeScale: TIME_SCALE, ok, ...played })}\n`);
    return ok ? 0 : 1;
  });
};

exitWith(main());
