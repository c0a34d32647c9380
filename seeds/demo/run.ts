// The January 2026 outage in under two minutes, end to end: npm run demo [-- --json] [-- --evidence DIR]
// With --keep the server stays up afterwards, furnished as a studio's day, for a look at the dashboard.
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { exitWith, onStage } from '../support/on-stage.ts';
import { count, type Counts, isSound } from './count.ts';
import { doorSign, openDoor } from './keep.ts';
import { gatherEvidence, writeEvidence } from './evidence.ts';
import { schedule, seed, type Seeded } from './seed.ts';
import { setStage, type Stage } from './stage.ts';
import { furnish } from './studio/furnish.ts';
import { Timeline } from './timeline.ts';
import { FAULTS, OUTAGE, POSTS } from './workspace.ts';

const LEAD_MS = 2_000;
/** Everything must be settled by then; what is not counts as held. */
const SETTLE_WITHIN_MS = 85_000;
const FOLLOW_EVERY_MS = 250;

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, keep: { type: 'boolean' }, evidence: { type: 'string' } },
});
const startedAt = Date.now();
let zeroMs = startedAt;
/** All was shown; to be ended now is no failure. */
let isKept = false;
// With --json, standard output belongs to the one object.
const out = options.json ? process.stderr : process.stdout;
const say = (line: string): void => {
  const seconds = ((Date.now() - zeroMs) / 1_000).toFixed(1).padStart(5);
  out.write(`${seconds}s  ${line}\n`);
};

const play = async (stage: Stage): Promise<{ isSound: boolean; seeded: Seeded }> => {
  const db = new pg.Client({ connectionString: stage.databaseUrl });
  // The server goes down with the app when the demo is interrupted.
  db.on('error', () => undefined);
  await db.connect();
  try {
    const seeded = await seed(stage.api, stage.sandbox);
    zeroMs = Date.now() + LEAD_MS;
    const due = await schedule(stage.api, seeded, zeroMs);
    say(`scheduled ${due} targets of ${POSTS.length} posts; TikTok goes dark ${OUTAGE.fromSeconds} s in`);
    const timeline = new Timeline(db, say);
    const outage = runOutage(stage);
    await followUntilSettled(db, timeline);
    await outage;
    const evidence = await gatherEvidence(stage.sandbox, db);
    if (options.evidence) await writeEvidence(options.evidence, evidence);
    const counts = count(Object.values(evidence.truth).flat(), evidence.targets, evidence.recipients);
    report(counts, timeline);
    return { isSound: isSound(counts), seeded };
  } finally {
    await db.end();
  }
};

const runOutage = async (stage: Stage): Promise<void> => {
  await pause(Math.max(0, zeroMs + OUTAGE.fromSeconds * 1_000 - Date.now()));
  for (const fault of FAULTS) await stage.sandbox('POST', 'faults', fault);
  say('~~~~~~~~~~ TikTok loses power: errors, hangs, lost answers, late landings ~~~~~~~~~~');
  await pause(Math.max(0, zeroMs + OUTAGE.toSeconds * 1_000 - Date.now()));
  await stage.sandbox('DELETE', 'faults');
  say('~~~~~~~~~~ TikTok has power again ~~~~~~~~~~');
};

const OPEN = `
  select count(*)::int as open from target
   where status in ('scheduled', 'held', 'publishing', 'unconfirmed') or (status = 'published' and next_check_at is not null)`;
/** Rerouted origins that still wait for their catch-up; none once TikTok is healthy again. */
const WAITING = `
  select count(*)::int as open from target t
   where t.status = 'rerouted' and t.role = 'origin'
     and not exists (select 1 from target c where c.root_id = t.id and c.role = 'catch_up')`;
const MAILING = `select count(*)::int as open from broadcast where kind = 'blackout' and status <> 'sent'`;

const followUntilSettled = async (db: pg.Client, timeline: Timeline): Promise<void> => {
  const lastDueMs = zeroMs + Math.max(...POSTS.map((post) => post.atSeconds)) * 1_000;
  const deadline = zeroMs + SETTLE_WITHIN_MS;
  while (Date.now() < deadline) {
    await timeline.follow();
    if (Date.now() > lastDueMs && Date.now() > zeroMs + OUTAGE.toSeconds * 1_000) {
      const { rows } = await db.query<{ open: number }>(`select (${OPEN}) + (${WAITING}) + (${MAILING}) as open`);
      if (rows[0]?.open === 0) break;
    }
    await pause(FOLLOW_EVERY_MS);
  }
  await timeline.follow();
};

const report = (counts: Counts, timeline: Timeline): void => {
  const beganMs = zeroMs + OUTAGE.fromSeconds * 1_000;
  const detectSeconds = timeline.detectedAt ? Math.round((timeline.detectedAt.getTime() - beganMs) / 100) / 10 : null;
  const result = { ...counts, detectSeconds, seconds: Math.round((Date.now() - startedAt) / 100) / 10 };
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else {
    out.write('\nCounted from ground truth and the database:\n');
    for (const [name, value] of Object.entries(result)) out.write(`  ${name.padEnd(16)}${value}\n`);
    out.write(isSound(counts) ? '\nNothing lost, nothing twice.\n' : '\nA promise is broken: see the table.\n');
  }
};

/** Ends by a signal only. */
const stayOpen = async (stage: Stage, seeded: Seeded): Promise<never> => {
  await furnish(stage, seeded, say);
  out.write(doorSign(await openDoor(stage)));
  isKept = true;
  return new Promise<never>(() => undefined);
};

const main = async (): Promise<number> => {
  const playAll = async (stage: Stage): Promise<number> => {
    const { isSound, seeded } = await play(stage);
    if (options.keep) await stayOpen(stage, seeded);
    return isSound ? 0 : 1;
  };
  return onStage(
    () => setStage(say),
    playAll,
    (usual) => (isKept ? 0 : usual),
  );
};

exitWith(main());
