// One-click unsubscribe (RFC 8058) while a broadcast goes out: how fast the endpoint answers, and when it takes effect:
// npm run bench:unsubscribe [-- --json] [-- --scale small]
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { NOTICE, seedPeople } from '../mail/people.ts';
import { sendToAll } from '../mail/stage.ts';
import { startArrivals } from './arrivals.ts';
import { runBench } from './main.ts';
import { setStage, type Stage } from './stage.ts';

/** Issue "Audience", shown by 5. */
const MOST_P99_MS = 500;
const MOST_EFFECT_MS = 5_000;
const LANES = 16;

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, scale: { type: 'string', default: 'full' } },
});
const isSmall = options.scale === 'small';
const PEOPLE = isSmall ? 2_000 : 20_000;
const LEAVERS = isSmall ? 300 : 3_000;
const TAG = 'reader';

interface Leaver {
  readonly email: string;
  readonly token: string;
}

/** People on the list, and those who will leave: spread over all of it, so that some have their mail and some do not. */
const seed = async (databaseUrl: string): Promise<Leaver[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await seedPeople(client, PEOPLE, TAG);
  const { rows } = await client.query<Leaver>(
    `select email, unsubscribe_token as token from subscriber order by md5(email) limit $1`,
    [LEAVERS],
  );
  await client.end();
  return rows;
};

/** As Gmail and Yahoo do it: POST, the one field, no cookie; a redirect would be an error. */
const leave = (agent: Agent, url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const body = 'List-Unsubscribe=One-Click';
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject).end(body);
  });

/** @returns milliseconds of every request, and when each person's wish was answered */
const leaveAll = async (origin: string, leavers: readonly Leaver[]) => {
  const agent = new Agent({ keepAlive: true, maxSockets: LANES });
  const queue = [...leavers];
  const tookMs: number[] = [];
  const leftAt = new Map<string, number>();
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const startedAt = performance.now();
      const status = await leave(agent, `${origin}/unsubscribe/${next.token}`);
      if (status !== 200) throw new Error(`One-click unsubscribe answered ${status}.`);
      tookMs.push(performance.now() - startedAt);
      leftAt.set(next.email, performance.now());
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  agent.destroy();
  return { tookMs, leftAt };
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

const tenth = (value: number): number => Math.round(value * 10) / 10;

const play = async ({ sink, ...stage }: MailStage): Promise<boolean> => {
  const leavers = await seed(stage.databaseUrl);
  await sendToAll(stage.api, NOTICE, TAG);
  await sink.reached(Math.floor(PEOPLE / 100));
  const sentBefore = sink.arrivedAt.size;
  const { tookMs, leftAt } = await leaveAll(stage.url, leavers);
  const sentMeanwhile = sink.arrivedAt.size - sentBefore;
  await sink.quiet(MOST_EFFECT_MS + 2_000);
  const lateMs = [...leftAt].map(([email, at]) => (sink.arrivedAt.get(email) ?? at) - at);
  return report(tookMs, { sentMeanwhile, worstEffectMs: Math.max(0, ...lateMs) });
};

const report = (
  tookMs: readonly number[],
  { sentMeanwhile, worstEffectMs }: { readonly sentMeanwhile: number; readonly worstEffectMs: number },
): boolean => {
  const sorted = tookMs.toSorted((one, other) => one - other);
  const p99Ms = tenth(quantile(sorted, 0.99));
  const ok = p99Ms <= MOST_P99_MS && worstEffectMs <= MOST_EFFECT_MS && sentMeanwhile > 0;
  const figures = {
    requests: sorted.length,
    p50Ms: tenth(quantile(sorted, 0.5)),
    p99Ms,
    maxMs: tenth(sorted.at(-1) ?? 0),
  };
  const result = { ...figures, sentMeanwhile, worstEffectMs: tenth(worstEffectMs), ok };
  process.stdout.write(`${JSON.stringify(result, null, options.json ? 0 : 2)}\n`);
  return ok;
};

type MailStage = Stage & { readonly sink: Awaited<ReturnType<typeof startArrivals>> };

const QUIET = {
  // One click works over https only.
  PUBLIC_URL: 'https://mail.studio.example',
  BROADCAST_CONFIRM_FROM: '0',
  METRICS_ENABLED: 'false',
  PROBES_ENABLED: 'false',
  STATUS_FEEDS: 'none',
  ROLE: 'all',
};

const set = async (): Promise<MailStage> => {
  const sink = await startArrivals();
  const stage = await setStage({ ...QUIET, SMTP_URL: sink.url, RATE_LIMIT_PER_MINUTE: '0' });
  const stop = async (): Promise<void> => {
    await stage.stop();
    await sink.stop();
  };
  return { ...stage, sink, stop };
};
runBench(set, play);
