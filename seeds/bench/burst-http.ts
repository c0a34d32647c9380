import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { fileForm } from '../demo/clients.ts';
import type { TruthRow } from '../demo/count.ts';
import { setStage, type Stage } from './stage.ts';

const ACCOUNTS = 250;
const TARGETS_PER_POST = 50;
const AHEAD_MS = 30_000;
/** Longer than the API takes to schedule one target. */
const AHEAD_PER_TARGET_MS = 8;
const LOOK_EVERY_MS = 1_000;
const NOTHING_HAPPENS_MS = 60_000;
const CLIP = new URL('../clips/knot-of-the-day.mp4', import.meta.url).pathname;

/** Fewer accounts than targets, so neither quotas nor our own pacing may hold them up: the way itself is measured. */
export const setHttpStage = (): Promise<Stage> =>
  setStage({
    PUBLISH_QUOTAS: 'false',
    PUBLISH_PER_PLATFORM_PER_SECOND: '0',
    PUBLISH_CONCURRENCY: '64',
    PROBES_ENABLED: 'false',
  });

const connectAccounts = async ({ api, sandbox }: Stage): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let n = 0; n < ACCOUNTS; n += 1) {
    const { credentials } = await sandbox<{ credentials: unknown }>('POST', 'accounts', { platform: 'tiktok' });
    ids.push((await api<{ id: string }>('POST', '/v1/accounts', { platform: 'tiktok', credentials })).id);
  }
  return ids;
};

/** @returns how many targets were scheduled */
const schedule = async ({ api }: Stage, accounts: readonly string[], targets: number, due: Date): Promise<number> => {
  const media = await api<{ id: string }>('POST', '/v1/media', await fileForm(CLIP, 'clip.mp4'));
  let made = 0;
  for (let post = 0; made < targets; post += 1) {
    const first = (post * TARGETS_PER_POST) % accounts.length;
    const chosen = accounts.slice(first, first + Math.min(TARGETS_PER_POST, targets - made));
    await api('POST', '/v1/posts', {
      caption: `Burst ${post}`,
      mediaIds: [media.id],
      scheduledAt: due.toISOString(),
      targets: chosen.map((accountId) => ({ accountId })),
    });
    made += chosen.length;
  }
  return made;
};

const untilOver = async (db: pg.Client, targets: number): Promise<void> => {
  let [before, movedAt] = [-1, Date.now()];
  for (;;) {
    await pause(LOOK_EVERY_MS);
    const { rows } = await db.query<{ done: number }>(
      `select count(*)::int as done from target where status = 'published' and platform_post_id is not null`,
    );
    const done = rows[0]?.done ?? 0;
    if (done >= targets) return;
    if (done > before) [before, movedAt] = [done, Date.now()];
    else if (Date.now() - movedAt > NOTHING_HAPPENS_MS) return;
  }
};

const FIGURES = `
  select percentile_disc(0.99) within group (order by extract(epoch from i.at - t.scheduled_at) * 1000)::float8 as "p99LatenessMs",
         percentile_disc(0.99) within group (order by extract(epoch from a.outcome_at - t.scheduled_at) * 1000)::float8 as "p99AcceptedMs",
         max(extract(epoch from a.outcome_at - t.scheduled_at))::float8 as seconds,
         count(*) filter (where t.status <> 'published')::int as stuck
    from target t join intent i on i.target_id = t.id and i.taken_by = 'publish'
    left join attempt a on a.target_id = t.id and a.version = i.version`;

/** Through the public API and out over HTTP to the sandbox; what really stands there is the truth. */
export const burstOverHttp = async (
  stage: Stage,
  targets: number,
  print: (result: Readonly<Record<string, unknown>>) => void,
): Promise<boolean> => {
  const db = new pg.Client({ connectionString: stage.databaseUrl });
  await db.connect();
  try {
    const accounts = await connectAccounts(stage);
    const due = new Date(Date.now() + AHEAD_MS + targets * AHEAD_PER_TARGET_MS);
    const made = await schedule(stage, accounts, targets, due);
    if (Date.now() > due.getTime()) throw new Error('Scheduling took longer than the time before the burst.');
    await pause(due.getTime() - Date.now());
    await untilOver(db, made);
    const { rows } = await db.query<Record<'p99LatenessMs' | 'p99AcceptedMs' | 'seconds' | 'stuck', number>>(FIGURES);
    const [figures] = rows;
    if (!figures) throw new Error('Nothing was sent.');
    const live = (await stage.sandbox<TruthRow[]>('GET', 'posts?platform=tiktok')).filter(
      (post) => post.liveAt !== null,
    );
    const distinct = new Set(live.map((post) => `${post.accountExternalId}|${post.caption}`)).size;
    const [duplicates, lost] = [live.length - distinct, made - distinct];
    const ok = duplicates === 0 && lost === 0 && figures.stuck === 0;
    print({
      targets: made,
      accounts: ACCOUNTS,
      duplicates,
      lost,
      stuck: figures.stuck,
      p99LatenessMs: Math.round(figures.p99LatenessMs),
      p99AcceptedMs: Math.round(figures.p99AcceptedMs),
      acceptedPerSecond: Math.round(made / figures.seconds),
      ok,
    });
    return ok;
  } finally {
    await db.end();
  }
};
