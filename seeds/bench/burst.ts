// Very many targets due in one instant, a million others behind, nobody called:
// npm run bench:burst [-- --json] [-- --scale small] [-- --targets N --behind N] [-- --workers 2 --kill] [-- --http N]
// [-- --until intents]
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seedBehind, seedTargets, seedWorld } from './backlog.ts';
import { burstOverHttp, setHttpStage } from './burst-http.ts';
import { readFates, readLateness, rememberDue, untilCounted } from './firing-figures.ts';
import { type FiringStage, setFiringStage } from './firing-stage.ts';
import { runBench } from './main.ts';
import { watchMemory } from './memory.ts';
import { rawFetchComplete } from './raw-queue.ts';

const BUDGET_MS = { alive: 1_000, killed: 2_000 };
const KILL_AFTER_MS = 100;
const TARGETS_PER_ACCOUNT = 5;
/** So long before the instant the targets are there: the feeder and the whole prefetch must fit. */
const AHEAD_MS = { small: 12_000, full: 90_000 };

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    scale: { type: 'string', default: 'full' },
    targets: { type: 'string' },
    behind: { type: 'string' },
    workers: { type: 'string' },
    kill: { type: 'boolean', default: false },
    http: { type: 'string' },
    /** `intents`: ends when all are written; what became of the calls is not told then. */
    until: { type: 'string', default: 'published' },
  },
});
const isSmall = values.scale === 'small';
const size = {
  targets: Number(values.targets ?? (isSmall ? 2_000 : 100_000)),
  behind: Number(values.behind ?? (isSmall ? 20_000 : 1_000_000)),
  workers: Number(values.workers ?? (values.kill ? 2 : 1)),
};

const seed = async ({ db, keys }: FiringStage): Promise<number> => {
  const startedAt = performance.now();
  const accounts = Math.ceil(size.targets / TARGETS_PER_ACCOUNT);
  await seedWorld(db, keys, { accounts, postsPerAccount: Math.ceil((size.targets + size.behind) / accounts) + 1 });
  await seedBehind(db, size.behind, accounts);
  await db.query('vacuum analyze');
  return Math.round(performance.now() - startedAt);
};

/** @returns the instant at which all are due */
const seedBurst = async ({ db }: FiringStage): Promise<Date> => {
  const since = new Date();
  const due = new Date(Math.ceil((since.getTime() + (isSmall ? AHEAD_MS.small : AHEAD_MS.full)) / 1_000) * 1_000);
  const plan = { count: size.targets, dueAt: `timestamptz '${due.toISOString()}'`, age: `interval '0'` };
  await seedTargets(db, plan, size.behind, Math.ceil(size.targets / TARGETS_PER_ACCOUNT));
  await rememberDue(db, since);
  await db.query(`insert into target_event (target_id, seq, workspace_id, to_status, cause, actor)
    select id, 1, workspace_id, 'scheduled', 'scheduled', 'bench' from target where id in (select id from bench_due)`);
  return due;
};

const PREFETCH = `
  select extract(epoch from max(a.created_at) - min(a.created_at)) * 1000 as ms,
         count(*)::int as armed from attempt a where a.created_at < $1`;

const play = async (stage: FiringStage): Promise<boolean> => {
  const seedMs = await seed(stage);
  const rawFetchCompletePerSecond = await rawFetchComplete(stage.databaseUrl, size.targets);
  const due = await seedBurst(stage);
  const workers = [];
  for (let n = 0; n < size.workers; n += 1) workers.push(await stage.startWorker());
  const memory = watchMemory(workers.at(-1)?.pid ?? 0);
  await pause(due.getTime() - Date.now() + KILL_AFTER_MS);
  const heldRssMb = memory.peakMb();
  if (values.kill) await workers[0]?.kill();
  const isDone = await untilCounted(stage.db, values.until === 'intents' ? 'intents' : 'published', size.targets);
  const publishedMs = Date.now() - due.getTime();
  memory.stop();
  const { rows } = await stage.db.query<{ ms: string; armed: number }>(PREFETCH, [due]);
  const lateness = await readLateness(stage.db);
  const { stuck, ...fates } = await readFates(stage.db, stage.truthFile);
  const whole =
    values.until === 'intents' ? {} : { stuck, publishedPerSecond: Math.round((size.targets / publishedMs) * 1_000) };
  const budgetMs = isSmall ? undefined : BUDGET_MS[values.kill ? 'killed' : 'alive'];
  const isInTime = budgetMs === undefined || Math.max(lateness.maxLatenessMs, lateness.maxDurableMs) <= budgetMs;
  const ok = isDone && isInTime && Math.max(...Object.values(fates), whole.stuck ?? 0) === 0;
  print({
    ...size,
    killed: values.kill,
    ...lateness,
    ...fates,
    ...whole,
    rawFetchCompletePerSecond,
    prefetchMs: Math.round(Number(rows[0]?.ms)),
    armedBeforeDue: rows[0]?.armed,
    heldRssMb: Math.round(heldRssMb),
    peakRssMb: Math.round(memory.peakMb()),
    seedMs,
    ...(budgetMs === undefined ? {} : { budgetMs }),
    ok,
  });
  return ok;
};

const print = (result: Readonly<Record<string, unknown>>): void => {
  const lines = Object.entries(result).map(([name, value]) => `${name.padEnd(28)}${JSON.stringify(value)}`);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n`);
};

/** A small one is about what is counted: looks at what a killed worker left come sooner. */
const SOONER = { TIME_SCALE: '6' };

if (values.http === undefined) runBench(() => setFiringStage(isSmall ? SOONER : {}), play);
else runBench(setHttpStage, (stage) => burstOverHttp(stage, Number(values.http), print));
