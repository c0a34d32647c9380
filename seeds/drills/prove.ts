import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { apiClient, type Call, fileForm, sandboxClient } from '../demo/clients.ts';
import { type Program, startProgram } from '../demo/processes.ts';
import { APP_COMMAND } from '../support/app-command.ts';

/** The app, the sandbox that stands for the real world, and the one in which drills may play. */
export interface DrillStage {
  readonly api: Call;
  readonly world: Call;
  readonly sandbox: Call;
  readonly db: pg.Client;
  readonly pid: number;
  stop(): Promise<void>;
}

interface Drill {
  readonly id: string;
  readonly status: string;
  readonly problem?: { readonly text: string };
  readonly report?: {
    readonly counts: Readonly<Record<string, number>>;
    readonly summary: string;
    readonly score?: { readonly points: number };
    readonly played?: { readonly duplicates: number; readonly copied: number };
  };
}

export interface DryRunProof {
  readonly targets: number;
  readonly seconds: number;
  /** Most memory the app had, less what it had before; MB. Undefined where the system does not tell. */
  readonly grownMb?: number;
  readonly counts: Readonly<Record<string, number>> | undefined;
  readonly faults: readonly string[];
}

export interface PlayedProof {
  readonly seconds: number;
  readonly summary: string;
  readonly played: object | undefined;
  readonly faults: readonly string[];
}

/** Over so long the queue is spread; the imagined outage lasts a week. */
const SPREAD_SECONDS = 6 * 86_400;
const CLIP = 'tea-in-a-minute.mp4';
const SECRET = 'words that must not leave';
const APP_ENV = {
  NODE_ENV: 'production',
  PORT: '0',
  LOG_LEVEL: 'warn',
  PROBES_ENABLED: 'false',
  METRICS_ENABLED: 'false',
  STATUS_FEEDS: 'none',
  RATE_LIMIT_PER_MINUTE: '100000',
};

export const setDrillStage = async (): Promise<DrillStage> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'perennial-drills-'));
  const started: Program[] = [];
  const stop = async (): Promise<void> => {
    for (const program of started.toReversed()) await program.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  const start = async (...call: Parameters<typeof startProgram>): Promise<Program> => {
    const program = await startProgram(...call);
    started.push(program);
    return program;
  };
  const outside = async () => {
    const { lines } = await start(['dist/sandbox/main.js', '--json', '--without', 'skylight'], {}, (line) =>
      line.startsWith('{'),
    );
    return JSON.parse(lines[0] ?? '{}') as Record<'urls' | 'env', Record<string, string>>;
  };
  try {
    const world = await outside();
    const sandbox = await outside();
    const env = {
      ...APP_ENV,
      ...world.env,
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      SANDBOX_URL: sandbox.urls.control ?? '',
    };
    const app = await start(APP_COMMAND, env, (line) => line.includes('prn_live_'));
    const printed = app.lines.join('\n');
    const db = new pg.Client({ connectionString: /DATABASE_URL=(\S+)/.exec(printed)?.[1] ?? '' });
    db.on('error', () => undefined);
    await db.connect();
    return {
      api: apiClient(/ready at (\S+)/.exec(printed)?.[1] ?? '', /prn_live_\w+/.exec(printed)?.[0] ?? ''),
      world: sandboxClient(world.urls.control ?? ''),
      sandbox: sandboxClient(sandbox.urls.control ?? ''),
      db,
      pid: app.pid,
      stop: async () => {
        await db.end();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** A queue of `targets`, each with a fallback or without, taken through a day's outage. */
export const proveDryRun = async (stage: DrillStage, targets: number): Promise<DryRunProof> => {
  await fillQueue(stage, targets);
  const before = await engineOf(stage);
  const calls = JSON.stringify(await stage.world('GET', 'calls'));
  const idle = await memoryOf(stage.pid, 'VmRSS');
  const startedAt = Date.now();
  const drill = await drilled(stage, { kind: 'dry_run', platform: 'tiktok', durationSeconds: 604_800 });
  const seconds = (Date.now() - startedAt) / 1_000;
  const peak = await memoryOf(stage.pid, 'VmHWM');
  const after = await engineOf(stage);
  const checked = Object.values(drill.report?.counts ?? {}).reduce((sum, count) => sum + count, 0);
  return {
    targets,
    seconds,
    ...(idle && peak ? { grownMb: Math.max(0, Math.round(peak - idle)) } : {}),
    counts: drill.report?.counts,
    faults: [
      ...(drill.status === 'finished' ? [] : [`the dry run ended ${drill.status}: ${drill.problem?.text ?? ''}`]),
      ...(checked === targets ? [] : [`${checked} of ${targets} targets were looked at`]),
      ...(before === after ? [] : ['the dry run changed what publishing keeps']),
      ...(calls === JSON.stringify(await stage.world('GET', 'calls')) ? [] : ['the dry run called a platform']),
    ],
  };
};

/** Twelve posts copied into the sandbox, where their platform breaks for twenty minutes. */
export const provePlayed = async (stage: DrillStage, say: (line: string) => void): Promise<PlayedProof> => {
  const { accounts, mediaId } = await castOf(stage, 'catch_up');
  for (let index = 0; index < 12; index += 1)
    await stage.api('POST', '/v1/posts', {
      caption: `${SECRET} ${index}`,
      mediaIds: [mediaId],
      scheduledAt: new Date(Date.now() + 240_000 + index * 80_000).toISOString(),
      targets: [{ accountId: accounts[index % 2] }],
    });
  const before = await engineOf(stage);
  const calls = JSON.stringify(await stage.world('GET', 'calls'));
  const startedAt = Date.now();
  const drill = await drilled(stage, { kind: 'sandbox', platform: 'tiktok', durationSeconds: 1_200 }, say);
  const { report } = drill;
  const copies = await stage.sandbox<{ caption: string }[]>('GET', 'posts');
  const faults = await stage.sandbox<unknown[]>('GET', 'faults');
  const left = await stage.db.query(`select datname from pg_database where datname like '%\\_drill\\_%'`);
  return {
    seconds: (Date.now() - startedAt) / 1_000,
    summary: report?.summary ?? drill.problem?.text ?? '',
    played: report?.played,
    faults: [
      ...(drill.status === 'finished' ? [] : [`the sandbox drill ended ${drill.status}: ${drill.problem?.text ?? ''}`]),
      ...(report?.played?.copied === 12 ? [] : ['not all posts were copied']),
      ...(report?.played?.duplicates === 0 ? [] : ['a post was live twice']),
      ...(copies.length > 0 ? [] : ['nothing was really published in the sandbox']),
      ...(copies.some(({ caption }) => caption.includes(SECRET))
        ? ['words of the real queue reached the sandbox']
        : []),
      ...(faults.length === 0 ? [] : ['a fault was left in the sandbox']),
      ...(left.rowCount === 0 ? [] : ['a database was left']),
      ...(before === (await engineOf(stage)) ? [] : ['the drill changed what publishing keeps']),
      ...(calls === JSON.stringify(await stage.world('GET', 'calls')) ? [] : ['the drill called the real world']),
    ],
  };
};

const drilled = async (
  { api }: DrillStage,
  wish: object,
  say: (line: string) => void = () => undefined,
): Promise<Drill> => {
  const { id } = await api<Drill>('POST', '/v1/drills', wish);
  for (let look = 1; ; look += 1) {
    const drill = await api<Drill & { progress: object }>('GET', `/v1/drills/${id}`);
    if (!['planned', 'running'].includes(drill.status)) return drill;
    if (look % 100 === 0) say(`${drill.status} ${JSON.stringify(drill.progress)}`);
    await pause(100);
  }
};

/** Two accounts with one fallback between them, and a video. */
const castOf = async ({ api, world }: DrillStage, failback: string) => {
  const connect = async (platform: string): Promise<string> => {
    const { credentials } = await world<{ credentials: unknown }>('POST', 'accounts', { platform });
    return (await api<{ id: string }>('POST', '/v1/accounts', { platform, credentials })).id;
  };
  const accounts = [await connect('tiktok'), await connect('tiktok')];
  const route = {
    scope: 'account',
    scopeId: accounts[0],
    platform: 'tiktok',
    fallbacks: [await connect('reels')],
    failback,
  };
  await api('POST', '/v1/routes', route);
  const form = await fileForm(new URL(`../clips/${CLIP}`, import.meta.url).pathname, CLIP);
  const { id: mediaId } = await api<{ id: string }>('POST', '/v1/media', form);
  return { accounts, mediaId };
};

/** An hour ahead, so that no sandbox drill meets it: one post over the API, and as many more runs of it as wanted, on two accounts in turn. */
const fillQueue = async (stage: DrillStage, targets: number): Promise<void> => {
  const { accounts, mediaId } = await castOf(stage, 'none');
  const post = await stage.api<{ targets: { id: string }[] }>('POST', '/v1/posts', {
    kind: 'evergreen',
    caption: SECRET,
    mediaIds: [mediaId],
    scheduledAt: new Date(Date.now() + 3_600_000).toISOString(),
    targets: [{ accountId: accounts[0] }],
  });
  await stage.db.query(
    `with copies as (select gen_random_uuid() as id, gen_random_uuid() as run, n from generate_series(1, $2::int) n),
          runs as (insert into occurrence (id, workspace_id, post_id, number, planned_at, source)
                   select c.run, t.workspace_id, t.post_id, c.n + 1, t.scheduled_at, 'api' from copies c, target t where t.id = $1)
     insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, scheduled_at,
                         due_at, local_time, zone, stale_at, content, content_hash, media_id)
     select c.id, t.workspace_id, t.post_id, c.run, ($3::uuid[])[1 + c.n % 2], t.platform, t.role, c.id, 'scheduled',
            t.scheduled_at + c.n * $4::float8 * interval '1 s', t.due_at + c.n * $4::float8 * interval '1 s', t.local_time, t.zone,
            t.stale_at + c.n * $4::float8 * interval '1 s', t.content, t.content_hash, t.media_id
       from copies c, target t where t.id = $1`,
    [post.targets[0]?.id, targets - 1, accounts, SPREAD_SECONDS / targets],
  );
};

/** Everything that publishing keeps, in one word. */
const engineOf = async ({ db }: DrillStage): Promise<string> => {
  const tables = ['target', 'attempt', 'target_event', 'intent', 'occurrence', 'quota_window', 'post', 'broadcast'];
  const sums = tables.map(
    (name) => `coalesce((select md5(string_agg(r::text, '|' order by r::text)) from ${name} r), '')`,
  );
  const { rows } = await db.query<{ word: string }>(`select md5(${sums.join(' || ')}) as word`);
  return rows[0]?.word ?? '';
};

/** @returns MB, or undefined where /proc is not */
const memoryOf = async (pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number | undefined> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024;
};
