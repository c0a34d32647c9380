// POST /v1/posts with four targets beside a bare Nest + TypeORM app that inserts the same rows into the same tables:
// npm run bench:api [-- --json] [-- --scale small]
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { fileForm } from '../demo/clients.ts';
import { startProgram } from '../demo/processes.ts';
import { runBench } from './main.ts';
import { watchMemory } from './memory.ts';
import { setStage, type Stage } from './stage.ts';

const LEAST_RATIO = 0.4;
const CONNECTIONS = 32;
const TARGETS = 4;

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, scale: { type: 'string', default: 'full' } },
});
const isSmall = options.scale === 'small';
const ROUND_MS = isSmall ? 1_500 : 5_000;
const ROUNDS = isSmall ? 1 : 3;

/** How one of the two is asked. */
interface Asked {
  readonly url: string;
  readonly key: string;
  readonly body: string;
}

const post = (agent: Agent, { url, key, body }: Asked): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${key}`,
    };
    const sent = request(`${url}/v1/posts`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject).end(body);
  });

/** Posts a second over as many connections as may be; each waits for its answer. */
const rate = async (asked: Asked, forMs: number): Promise<number> => {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const startedMs = performance.now();
  let done = 0;
  const lane = async (): Promise<void> => {
    while (performance.now() - startedMs < forMs) {
      const status = await post(agent, asked);
      if (status !== 201) throw new Error(`${asked.url} answered ${status}`);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  agent.destroy();
  return (done * 1_000) / (performance.now() - startedMs);
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const bodyOf = async ({ api, sandbox }: Stage): Promise<string> => {
  const clip = fileURLToPath(new URL('../clips/tea-in-a-minute.mp4', import.meta.url));
  const { id } = await api<{ id: string }>('POST', '/v1/media', await fileForm(clip, 'tea.mp4'));
  const targets: { accountId: string }[] = [];
  for (let n = 0; n < TARGETS; n += 1) {
    const { credentials } = await sandbox<{ credentials: unknown }>('POST', 'accounts', { platform: 'tiktok' });
    targets.push({
      accountId: (await api<{ id: string }>('POST', '/v1/accounts', { platform: 'tiktok', credentials })).id,
    });
  }
  const scheduledAt = new Date(Date.now() + 30 * 86_400_000).toISOString();
  return JSON.stringify({ caption: 'Tea in a minute', mediaIds: [id], scheduledAt, targets });
};

const play = async (stage: Stage): Promise<boolean> => {
  const body = await bodyOf(stage);
  const client = new pg.Client({ connectionString: stage.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select id from workspace');
  await client.end();
  const env = { DATABASE_URL: stage.databaseUrl, WORKSPACE_ID: rows[0]?.id ?? '', NODE_ENV: 'production' };
  const bare = await startProgram(['seeds/bench/bare-api.ts'], env, (line) => line.startsWith('ready at'));
  try {
    const ours: Asked = { url: stage.url, key: stage.key, body };
    const theirs: Asked = { url: /at (\S+)/.exec(bare.lines.join('\n'))?.[1] ?? '', key: '', body };
    for (const asked of [ours, theirs]) await rate(asked, 1_000);
    const memory = watchMemory(stage.pid);
    const [us, them]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      us.push(await rate(ours, ROUND_MS));
      them.push(await rate(theirs, ROUND_MS));
    }
    memory.stop();
    return report(us, them, memory.peakMb());
  } finally {
    await bare.stop();
  }
};

const report = (us: readonly number[], them: readonly number[], peakRssMb: number): boolean => {
  const [ours, bare] = [median(us), median(them)];
  const ratio = ours / bare;
  const ok = ratio >= LEAST_RATIO;
  const rounded = { ours: Math.round(ours), bare: Math.round(bare), ratio: Math.round(ratio * 1_000) / 1_000 };
  const rounds = { ours: us.map(Math.round), bare: them.map(Math.round) };
  const result = { ...rounded, leastRatio: LEAST_RATIO, rounds, peakRssMb: Math.round(peakRssMb), ok };
  process.stdout.write(`${JSON.stringify(result, null, options.json ? 0 : 2)}\n`);
  return ok;
};

const QUIET = {
  RATE_LIMIT_PER_MINUTE: '0',
  METRICS_ENABLED: 'false',
  PROBES_ENABLED: 'false',
  STATUS_FEEDS: 'none',
  ROLE: 'all',
};
runBench(() => setStage(QUIET), play);
