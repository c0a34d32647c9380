// The chaos matrix, from ground truth: npm run chaos:platforms [-- --json] [-- --seed N] [-- --platforms a,b] [-- --short] [-- --no-kills]
import { parseArgs } from 'node:util';
import pg from 'pg';
import { exitWith, onStage } from '../support/on-stage.ts';
import { type Cell, matrix, PLATFORMS, shortMatrix } from './cells.ts';
import { killInFlight, settle, stageCells, type Staged } from './play.ts';
import { setStage, type Stage } from './stage.ts';
import { faultOf, judge, type Result, summary } from './verdict.ts';

/** 72 h of looking become 3 minutes. Timeouts of calls are not scaled. */
const TIME_SCALE = 1_440;
/** 30 days of our time: longer than anything is looked for. */
const STALE_AFTER_SECONDS = 2_592_000;
const SETTLE_WITHIN_MS = 420_000;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    seed: { type: 'string', default: '1' },
    platforms: { type: 'string' },
    /** Only the irreversible calls, lost before and after. */
    short: { type: 'boolean' },
    /** Leaves the killed workers out, who must wait for the deadlines of their calls. */
    'no-kills': { type: 'boolean' },
  },
});
const startedAt = Date.now();
const out = options.json ? process.stderr : process.stdout;
const say = (line: string): void =>
  void out.write(`${((Date.now() - startedAt) / 1_000).toFixed(1).padStart(6)}s  ${line}\n`);

const play = async (stage: Stage): Promise<readonly Result[]> => {
  const cells = (options.short ? shortMatrix : matrix)(options.platforms?.split(',') ?? PLATFORMS);
  const db = new pg.Client({ connectionString: stage.databaseUrl });
  db.on('error', () => undefined);
  await db.connect();
  try {
    await pinHealthy(stage, new Set(cells.map(({ platform }) => platform)));
    const alive = await pass(
      stage,
      db,
      cells.filter(({ killed }) => !killed),
    );
    if (options['no-kills']) return await judge(stage.sandbox, db, alive);
    const killed = await pass(
      stage,
      db,
      cells.filter((cell) => cell.killed),
    );
    return await judge(stage.sandbox, db, [...alive, ...killed]);
  } finally {
    await db.end();
  }
};

/** Health must not move posts here: the matrix asks what becomes of each where it is. */
const pinHealthy = async (stage: Stage, platforms: ReadonlySet<string>): Promise<void> => {
  for (const platform of platforms)
    await stage.api('POST', `/v1/platforms/${platform}/override`, { state: 'healthy', reason: 'chaos matrix' });
  // A post that grows stale while we look is missed, which is right and not the question here.
  await stage.api('POST', '/v1/routes', {
    scope: 'workspace',
    platform: '*',
    staleAfterSeconds: STALE_AFTER_SECONDS,
  });
};

const pass = async (stage: Stage, db: pg.Client, cells: readonly Cell[]): Promise<readonly Staged[]> => {
  const staged = await stageCells(stage, cells);
  const kills = cells.some(({ killed }) => killed);
  say(`${cells.length} cells are due${kills ? ', and the worker will be killed' : ''}`);
  if (kills) await killInFlight(stage, staged, say);
  await settle(db, SETTLE_WITHIN_MS, say);
  return staged;
};

const report = (results: readonly Result[]): boolean => {
  const facts = { timeScale: TIME_SCALE, seed: Number(options.seed), ...summary(results) };
  for (const result of results) {
    const fault = faultOf(result);
    if (fault) say(`BROKEN ${fault}: ${JSON.stringify(result)}`);
  }
  const seconds = Math.round((Date.now() - startedAt) / 1_000);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...facts, seconds, cells: results })}\n`);
  else say(JSON.stringify({ ...facts, seconds }));
  return facts.ok;
};

const main = async (): Promise<number> => {
  say(`TIME_SCALE=${TIME_SCALE}; starting the sandbox, an API and a worker`);
  const set = () => setStage(TIME_SCALE, Number(options.seed));
  return onStage(set, async (stage) => (report(await play(stage)) ? 0 : 1));
};

exitWith(main());
