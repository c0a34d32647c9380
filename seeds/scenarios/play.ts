import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Stage } from '../chaos/stage.ts';
import { fileForm } from '../demo/clients.ts';
import { type Order, type Outage, PUBLISHING_STEPS } from './outages.ts';

/** What one outage came to, by the platforms' own books. */
export interface Scenario {
  readonly name: string;
  /** Calls to the origin that could have published. */
  readonly calls: number;
  /** Most copies of one run on one account. */
  readonly copies: number;
  /** Every run is live, at its origin or a permitted fallback. */
  readonly delivered: boolean;
  /** Of the origin's targets, each once. */
  readonly finalState: string;
  /** From due until every run's truth was known, in seconds of the outage's own time; the longest. */
  readonly secondsToTruth: number;
  /** Whether the origin's account is still connected. */
  readonly connected: boolean;
}

const CLIP = 'tea-in-a-minute.mp4';
const LEAD_MS = 1_500;
const STRIKE_BEFORE_MS = 200;
const BETWEEN_RUNS_MS = 8_000;
const SETTLE_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 250;

interface Cast {
  readonly tiktok: string;
  readonly tiktokId: string;
  readonly reelsId: string;
}

/** Plays one outage in a region of its own, so that no scenario's health concerns another. */
export const playOutage = async (
  stage: Stage,
  db: pg.Client,
  { outage, region, timeScale }: { outage: Outage; region: string; timeScale: number },
): Promise<Scenario> => {
  const cast = await castOf(stage, region);
  const before = await publishingCalls(stage);
  const runs = await scheduleRuns(stage, cast, outage);
  const orders = outage.orders.map((order) => toFault(order, cast.tiktok, timeScale));
  // Of several runs the second is struck. Just before it is due: nobody can know yet.
  const { dueMs } = runs[Math.min(1, runs.length - 1)] as Run;
  await pause(Math.max(0, dueMs - STRIKE_BEFORE_MS - Date.now()));
  await strike(stage, orders);
  await pause(Math.max(0, Math.max(...runs.map((run) => run.dueMs)) - Date.now()));
  const states = await settled(db, cast.tiktokId);
  await stage.sandbox('DELETE', 'faults');
  return {
    name: outage.name,
    calls: (await publishingCalls(stage)) - before,
    ...(await truthOf(stage, db, cast, runs)),
    finalState: [...new Set(states)].join(', '),
    secondsToTruth: await secondsToTruth(db, cast.tiktokId, timeScale),
    connected: (await stage.api<{ status: string }>('GET', `/v1/accounts/${cast.tiktokId}`)).status === 'active',
  };
};

interface Run {
  readonly dueMs: number;
}

const castOf = async (stage: Stage, region: string): Promise<Cast> => {
  const [tiktok, reels] = [await connect(stage, 'tiktok', region), await connect(stage, 'reels', region)];
  await stage.api('POST', '/v1/routes', {
    scope: 'account',
    scopeId: tiktok.id,
    platform: 'tiktok',
    onDegraded: 'publish',
    onDown: 'reroute',
    onUnknown: 'wait',
    fallbacks: [reels.id],
    staleAfterSeconds: STALE_AFTER_SECONDS,
  });
  return { tiktok: tiktok.externalId, tiktokId: tiktok.id, reelsId: reels.id };
};

/** Three days: none of these outages lasts longer. */
const STALE_AFTER_SECONDS = 259_200;

const connect = async (stage: Stage, platform: string, region: string) => {
  const made = await stage.sandbox<{ externalId: string; credentials: unknown }>('POST', 'accounts', {
    platform,
    region,
  });
  const account = { platform, region, credentials: made.credentials };
  const { id } = await stage.api<{ id: string }>('POST', '/v1/accounts', account);
  return { id, externalId: made.externalId };
};

const scheduleRuns = async (stage: Stage, cast: Cast, outage: Outage): Promise<readonly Run[]> => {
  const form = await fileForm(new URL(`../clips/${CLIP}`, import.meta.url).pathname, CLIP);
  const { id: mediaId } = await stage.api<{ id: string }>('POST', '/v1/media', form);
  const count = outage.runs ?? 1;
  const runs = Array.from({ length: count }, (_, index) => ({ dueMs: Date.now() + LEAD_MS + index * BETWEEN_RUNS_MS }));
  const [first, ...later] = runs.map(({ dueMs }) => ({
    scheduledAt: new Date(dueMs).toISOString(),
    targets: [{ accountId: cast.tiktokId }],
  }));
  const kind = count > 1 ? 'evergreen' : 'one_shot';
  const post = { kind, caption: outage.name, mediaIds: [mediaId], ...first };
  const { id } = await stage.api<{ id: string }>('POST', '/v1/posts', post);
  for (const run of later) await stage.api('POST', `/v1/posts/${id}/runs`, run);
  return runs;
};

const toFault = (order: Order, account: string, timeScale: number) => {
  const { forSeconds, landsAfterSeconds, retryAfterSeconds, ...rest } = order;
  const delaySeconds = landsAfterSeconds ?? retryAfterSeconds;
  const delayMs = delaySeconds === undefined ? {} : { delayMs: (delaySeconds * 1_000) / timeScale };
  const fault = { platform: 'tiktok', ...rest, ...delayMs, ...(order.step === 'oauth' ? {} : { account }) };
  return { fault, endsInMs: forSeconds === undefined ? undefined : (forSeconds * 1_000) / timeScale };
};

const strike = async (stage: Stage, orders: readonly ReturnType<typeof toFault>[]): Promise<void> => {
  for (const { fault, endsInMs } of orders) {
    const { id } = await stage.sandbox<{ id: string }>('POST', 'faults', fault);
    if (endsInMs !== undefined)
      void pause(endsInMs).then(() => stage.sandbox('DELETE', `faults/${id}`).catch(() => undefined));
  }
};

const publishingCalls = async ({ sandbox }: Stage): Promise<number> => {
  const { tiktok = {} } = await sandbox<{ tiktok?: Record<string, number> }>('GET', 'calls?platform=tiktok');
  return PUBLISHING_STEPS.reduce((sum, step) => sum + (tiktok[step] ?? 0), 0);
};

const OPEN = ['scheduled', 'held', 'publishing', 'unconfirmed'];

/** Follows the origin's targets and their replacements until nothing moves by itself. @returns the origins' states */
const settled = async (db: pg.Client, accountId: string): Promise<readonly string[]> => {
  const endsAt = Date.now() + SETTLE_WITHIN_MS;
  for (;;) {
    const { rows } = await db.query<{ status: string; account_id: string }>(
      `select t.status, t.account_id from target t join target root on root.id = t.root_id where root.account_id = $1`,
      [accountId],
    );
    const isOver = rows.every(({ status }) => !OPEN.includes(status));
    if (isOver || Date.now() > endsAt)
      return rows.filter(({ account_id }) => account_id === accountId).map(({ status }) => status);
    await pause(LOOK_EVERY_MS);
  }
};

/** Copies by the platforms' books: of each run on each account, and whether each run has one. */
const truthOf = async (stage: Stage, db: pg.Client, cast: Cast, runs: readonly Run[]) => {
  const truth = await stage.sandbox<{ accountExternalId: string; liveAt: string | null }[]>('GET', 'posts');
  const { rows: accounts } = await db.query<{ external_id: string; account_id: string }>(
    `select p.external_id, a.id as account_id from account a join platform_identity p on p.id = a.identity_id
      where a.id = any($1::uuid[])`,
    [[cast.tiktokId, cast.reelsId]],
  );
  const ours = new Set(accounts.map(({ external_id }) => external_id));
  const live = truth.filter((post) => ours.has(post.accountExternalId) && post.liveAt !== null);
  const onOrigin = live.filter((post) => post.accountExternalId === cast.tiktok).length;
  const onFallback = live.length - onOrigin;
  // Runs of one post look alike: more copies than runs on one account are more than one of some run.
  const copies = Math.ceil(Math.max(onOrigin, onFallback) / runs.length);
  return { copies, delivered: onOrigin + onFallback >= runs.length };
};

const secondsToTruth = async (db: pg.Client, accountId: string, timeScale: number): Promise<number> => {
  const { rows } = await db.query<{ seconds: number }>(
    `select max(extract(epoch from e.at - root.scheduled_at))::float8 as seconds
       from target root join target t on t.root_id = root.id
       join lateral (select max(at) as at from target_event where target_id = t.id) e on true
      where root.account_id = $1`,
    [accountId],
  );
  return Math.round((rows[0]?.seconds ?? 0) * timeScale);
};
