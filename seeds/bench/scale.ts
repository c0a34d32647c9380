// Lists, edits and dispatch with few and with many targets behind: npm run bench:scale [-- --json] [-- --scale small]
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { fileForm } from '../demo/clients.ts';
import { runBench } from './main.ts';
import { explained, type Filter, PAGE } from './scale-plans.ts';
import { addAccounts, addTargets } from './scale-rows.ts';
import { setStage, type Stage } from './stage.ts';

/** p95 with many may be this many times p95 with few; under it, milliseconds are noise. */
const MOST_SLOWER = 2;
const NOISE_MS = 5;
/** Rows an answer may read for each row it gives; a page that is not full counts as full, for nothing says so before. */
const MOST_READ = 10;
const REPEATS = 40;

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, scale: { type: 'string', default: 'full' } },
});
const isSmall = options.scale === 'small';
const FEW = isSmall ? 2_000 : 10_000;
const MANY = isSmall ? 40_000 : 1_000_000;

const p95 = (sorted: readonly number[]): number => sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
const round = (ms: number): number => Math.round(ms * 100) / 100;

const timed = async (work: (n: number) => Promise<unknown>, repeats = REPEATS): Promise<number> => {
  const took: number[] = [];
  for (let n = -3; n < repeats; n += 1) {
    const startedMs = performance.now();
    await work(n);
    if (n >= 0) took.push(performance.now() - startedMs);
  }
  return round(p95(took.toSorted((a, b) => a - b)));
};

/** Every filter alone, and each pair, with common and with rare values. */
const filtersOf = (accounts: readonly string[], postId: string): readonly Filter[] => {
  const choices: readonly Filter[] = [
    ...['scheduled', 'published', 'failed', 'unconfirmed'].map((status) => ({ status })),
    ...['tiktok', 'discord'].map((platform) => ({ platform })),
    { role: 'reroute' },
    { accountId: accounts[0] ?? '' },
    { accountId: accounts.at(-1) ?? '' },
    { postId },
    { from: new Date(Date.now() - 86_400_000 * 5).toISOString(), to: new Date().toISOString() },
  ];
  const pairs = choices.flatMap((one, at) =>
    choices.slice(at + 1).flatMap((other) => {
      const both = { ...one, ...other };
      const isPair = Object.keys(both).length === Object.keys(one).length + Object.keys(other).length;
      return isPair ? [both] : [];
    }),
  );
  return [{}, ...choices, ...pairs];
};

const nameOf = (filter: Filter): string => {
  const named = Object.entries(filter).map(([key, value]) =>
    key.endsWith('Id') ? `${key}=${value.slice(0, 8)}` : `${key}=${value}`,
  );
  return named.length === 0 ? 'all' : named.join('&');
};

interface Size {
  readonly lists: Readonly<Record<string, number>>;
  readonly postsMs: number;
  readonly editMs: number;
  readonly dispatchMs: number;
}

const measure = async (
  stage: Stage,
  filters: readonly Filter[],
  wish: { postIds: string[]; accountId: string; mediaId: string },
): Promise<Size> => {
  const { api } = stage;
  const lists: Record<string, number> = {};
  for (const filter of filters)
    lists[nameOf(filter)] = await timed(
      () => api('GET', `/v1/targets?${new URLSearchParams(filter).toString()}`),
      isSmall ? 10 : REPEATS,
    );
  const postsMs = await timed(() => api('GET', '/v1/posts'));
  const editMs = await timed((n) =>
    api('PATCH', `/v1/posts/${wish.postIds[n + 3]}`, { caption: `Edited ${Date.now()}` }),
  );
  const dispatchMs = await dispatch(stage, wish);
  return { lists, postsMs, editMs, dispatchMs };
};

/** From the order to the durable intent, by the database's clock. */
const dispatch = async (
  { api }: Stage,
  { accountId, mediaId }: { accountId: string; mediaId: string },
): Promise<number> => {
  const took: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const body = { caption: `Now ${n}`, mediaIds: [mediaId], publishNow: true, targets: [{ accountId }] };
    const { targets } = await api<{ targets: { id: string; scheduledAt: string }[] }>('POST', '/v1/posts', body);
    const target = targets[0]!;
    const deadline = Date.now() + 30_000;
    for (;;) {
      const { items } = await api<{ items: { intentAt: string | null }[] }>('GET', `/v1/targets/${target.id}/attempts`);
      const intentAt = items[0]?.intentAt;
      if (intentAt) {
        took.push(Date.parse(intentAt) - Date.parse(target.scheduledAt));
        break;
      }
      if (Date.now() > deadline) throw new Error(`Target ${target.id} was not dispatched within 30 s.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return round(p95(took.toSorted((a, b) => a - b)));
};

const play = async (stage: Stage, client: pg.Client): Promise<boolean> => {
  const { id: workspaceId } = (await client.query<{ id: string }>('select id from workspace')).rows[0]!;
  const mediaId = (await stage.api<{ id: string }>('POST', '/v1/media', await clip())).id;
  const { credentials } = await stage.sandbox<{ credentials: unknown }>('POST', 'accounts', { platform: 'tiktok' });
  const account = await stage.api<{ id: string }>('POST', '/v1/accounts', { platform: 'tiktok', credentials });
  const accounts = await addAccounts(client, workspaceId);
  const cast = { workspaceId, mediaId };
  await addTargets(client, cast, 0, FEW);
  const editable = await client.query<{ id: string }>(
    `select post_id as id from target where workspace_id = $1 group by post_id having bool_and(status = 'scheduled') limit 200`,
    [workspaceId],
  );
  const postIds = editable.rows.map(({ id }) => id);
  const filters = filtersOf(accounts, postIds[0] ?? '');
  const few = await measure(stage, filters, { postIds: postIds.slice(0, 60), accountId: account.id, mediaId });
  await addTargets(client, cast, FEW, MANY);
  const many = await measure(stage, filters, { postIds: postIds.slice(60, 120), accountId: account.id, mediaId });
  const slow = slower(few, many);
  const wasteful: unknown[] = [];
  for (const filter of filters) {
    const { given, read } = await explained(client, workspaceId, filter);
    if (read > MOST_READ * Math.max(given, PAGE)) wasteful.push({ filter: nameOf(filter), given, read });
  }
  const result = {
    few: FEW,
    many: MANY,
    p95: { few, many },
    slower: slow,
    wasteful,
    ok: slow.length === 0 && wasteful.length === 0,
  };
  process.stdout.write(`${JSON.stringify(result, null, options.json ? 0 : 2)}\n`);
  return result.ok;
};

const slower = (few: Size, many: Size): readonly unknown[] => {
  const flat = ({ lists, ...rest }: Size): Readonly<Record<string, number>> => ({ ...lists, ...rest });
  const before = flat(few);
  return Object.entries(flat(many)).flatMap(([what, ms]) =>
    ms > Math.max(before[what] ?? 0, NOISE_MS) * MOST_SLOWER ? [{ what, fewMs: before[what], manyMs: ms }] : [],
  );
};

const clip = (): Promise<FormData> => {
  return fileForm(fileURLToPath(new URL('../clips/tea-in-a-minute.mp4', import.meta.url)), 'tea.mp4');
};

const QUIET = {
  RATE_LIMIT_PER_MINUTE: '0',
  METRICS_ENABLED: 'false',
  PROBES_ENABLED: 'false',
  STATUS_FEEDS: 'none',
  PUBLISH_QUOTAS: 'false',
};

runBench(
  () => setStage(QUIET),
  async (stage) => {
    const client = new pg.Client({ connectionString: stage.databaseUrl });
    await client.connect();
    try {
      return await play(stage, client);
    } finally {
      await client.end();
    }
  },
);
