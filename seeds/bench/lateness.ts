// How late lone targets go out while a million others lie behind, nobody called:
// npm run bench:lateness [-- --json] [-- --scale small] [-- --targets N --behind N]
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { seedBehind, seedTargets, seedWorld } from './backlog.ts';
import { readFates, readLateness, rememberDue, untilCounted } from './firing-figures.ts';
import { type FiringStage, setFiringStage } from './firing-stage.ts';
import { runBench } from './main.ts';

const BUDGET_MS = { p50: 10, p999: 100 };
/** Random gaps of 20 to 60 ms; `i` is the target's number, so the mean gap places it. */
const GAP_MS = { least: 20, mean: 40 };
/** The worker has started and fed, and the prefetch has begun. */
const AHEAD_MS = 40_000;
const ACCOUNTS = 2_000;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    scale: { type: 'string', default: 'full' },
    targets: { type: 'string' },
    behind: { type: 'string' },
  },
});
const isSmall = values.scale === 'small';
const targets = Number(values.targets ?? (isSmall ? 100 : 2_000));
const behind = Number(values.behind ?? (isSmall ? 20_000 : 1_000_000));

const play = async (stage: FiringStage): Promise<boolean> => {
  const { db, keys } = stage;
  await seedWorld(db, keys, { accounts: ACCOUNTS, postsPerAccount: Math.ceil((targets + behind) / ACCOUNTS) + 1 });
  await seedBehind(db, behind, ACCOUNTS);
  await db.query('vacuum analyze');
  const since = new Date();
  const first = since.getTime() + (isSmall ? AHEAD_MS / 4 : AHEAD_MS);
  const dueMs = `${first} + i * ${GAP_MS.mean} + random() * ${2 * (GAP_MS.mean - GAP_MS.least)} - ${GAP_MS.least}`;
  await seedTargets(
    db,
    { count: targets, dueAt: `to_timestamp((${dueMs}) / 1000)`, age: `interval '0'` },
    behind,
    ACCOUNTS,
  );
  await rememberDue(db, since);
  await stage.startWorker();
  await pause(first + targets * GAP_MS.mean - Date.now());
  const isDone = await untilCounted(db, 'published', targets);
  const { maxDurableMs: _, ...lateness } = await readLateness(db);
  const fates = await readFates(db, stage.truthFile);
  const isInTime = lateness.p50LatenessMs <= BUDGET_MS.p50 && lateness.p999LatenessMs <= BUDGET_MS.p999;
  const ok =
    isDone &&
    (isSmall || isInTime) &&
    [fates.duplicates, fates.lost, fates.stuck, fates.early].every((count) => count === 0);
  const result = { targets, behind, ...lateness, ...fates, ...(isSmall ? {} : { budgetMs: BUDGET_MS }), ok };
  const lines = Object.entries(result).map(([name, value]) => `${name.padEnd(28)}${JSON.stringify(value)}`);
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n`);
  return ok;
};

runBench(() => setFiringStage(), play);
