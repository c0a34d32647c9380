import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Stage } from '../chaos/stage.ts';
import { fileForm } from '../demo/clients.ts';
import { inLanes } from '../support/in-lanes.ts';
import { PUBLISHING_STEPS } from './outages.ts';

/** An hour on a platform that answers nothing, with everything due in its first second. */
export interface DeadPlatform {
  readonly targets: number;
  readonly simulatedSeconds: number;
  /** Publish calls before the platform was known to be down: each target at most once. */
  readonly onsetCalls: number;
  /** Publish calls afterwards. */
  readonly calls: number;
  /** Upload probes afterwards, of every region: the same question to the platform, asked by health within its own budget. */
  readonly probes: number;
  /** What may go out while a platform is down: one canary for each time it looked like recovering. */
  readonly canaryBudget: number;
  /** Of the targets at the end. */
  readonly states: Readonly<Record<string, number>>;
}

const TARGETS = 1_000;
const ACCOUNTS = 50;
const REGION = 'dark';
const HOUR_SECONDS = 3_600;
const CLIP = 'tea-in-a-minute.mp4';
const LEAD_MS = 12_000;

export const playDeadPlatform = async (stage: Stage, db: pg.Client, timeScale: number): Promise<DeadPlatform> => {
  const accounts = await inLanes(Array.from({ length: ACCOUNTS }), () => connect(stage));
  const dueMs = await schedule(stage, accounts);
  const before = await countsOf(stage, db);
  await pause(Math.max(0, dueMs - 300 - Date.now()));
  await stage.sandbox('POST', 'faults', { platform: 'tiktok', region: REGION, kind: 'error-before', code: 503 });
  const onset = await countsWhenDown(stage, db);
  await pause((HOUR_SECONDS * 1_000) / timeScale);
  const end = await countsOf(stage, db);
  await stage.sandbox('DELETE', 'faults');
  const recoveries = await db.query<{ count: number }>(
    `select count(*)::int as count from transition where region = $1 and capability = 'publish' and to_state = 'recovering'`,
    [REGION],
  );
  const states = await db.query<{ status: string; count: number }>(
    `select t.status, count(*)::int as count from target t join account a on a.id = t.account_id
      where a.region = $1 group by t.status`,
    [REGION],
  );
  return {
    targets: TARGETS,
    simulatedSeconds: HOUR_SECONDS,
    onsetCalls: onset.calls - before.calls,
    calls: end.calls - onset.calls,
    probes: end.probes - onset.probes,
    canaryBudget: recoveries.rows[0]?.count ?? 0,
    states: Object.fromEntries(states.rows.map(({ status, count }) => [status, count])),
  };
};

/** What is wrong with the hour, or undefined. */
export const faultOfDead = ({ targets, onsetCalls, calls, canaryBudget }: DeadPlatform): string | undefined => {
  if (onsetCalls > targets) return 'a target was tried twice before the platform was known to be down';
  return calls > canaryBudget ? 'more calls than canaries while the platform was down' : undefined;
};

const connect = async ({ sandbox, api }: Stage): Promise<string> => {
  const { credentials } = await sandbox<{ credentials: unknown }>('POST', 'accounts', {
    platform: 'tiktok',
    region: REGION,
  });
  const account = { platform: 'tiktok', region: REGION, credentials };
  return (await api<{ id: string }>('POST', '/v1/accounts', account)).id;
};

const schedule = async ({ api }: Stage, accounts: readonly string[]): Promise<number> => {
  const form = await fileForm(new URL(`../clips/${CLIP}`, import.meta.url).pathname, CLIP);
  const { id: mediaId } = await api<{ id: string }>('POST', '/v1/media', form);
  const dueMs = Date.now() + LEAD_MS;
  const scheduledAt = new Date(dueMs).toISOString();
  await inLanes(Array.from({ length: TARGETS / ACCOUNTS }), (_, index) =>
    api('POST', '/v1/posts', {
      caption: `dark hour ${index}`,
      mediaIds: [mediaId],
      scheduledAt,
      targets: accounts.map((accountId) => ({ accountId })),
    }),
  );
  return dueMs;
};

interface Counts {
  readonly calls: number;
  readonly probes: number;
}

/** Of every region: the sandbox counts the calls of all of them, and the scenarios before have left theirs. */
const PROBES = `select count(*)::int as count from signal
  where platform = 'tiktok' and source = 'probe' and capability = 'upload'`;

/**
 * Both a publish and a probe begin with the creator's info; which were probes only we know. Counted where nothing comes
 * in between, so that none is on its way.
 */
const countsOf = async (stage: Stage, db: pg.Client): Promise<Counts> => {
  for (;;) {
    const asked = await askedOf(stage);
    await pause(100);
    const probes = (await db.query<{ count: number }>(PROBES)).rows[0]?.count ?? 0;
    if ((await askedOf(stage)) === asked) return { calls: asked - probes, probes };
  }
};

const askedOf = async ({ sandbox }: Stage): Promise<number> => {
  const { tiktok = {} } = await sandbox<{ tiktok?: Record<string, number> }>('GET', 'calls?platform=tiktok');
  return PUBLISHING_STEPS.reduce((sum, step) => sum + (tiktok[step] ?? 0), tiktok.creator_info ?? 0);
};

const IS_DOWN = `select 1 from platform_health where region = $1 and capability = 'publish' and state = 'down'`;

/** Waits until we know, then for the calls that were under way. */
const countsWhenDown = async (stage: Stage, db: pg.Client): Promise<Counts> => {
  while ((await db.query(IS_DOWN, [REGION])).rowCount === 0) await pause(100);
  await pause(1_000);
  return countsOf(stage, db);
};
