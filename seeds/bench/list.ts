// A file of a million people judged over HTTP and put on the list by the worker, and what the app's memory did meanwhile:
// npm run bench:list [-- --json] [-- --rows 1000000]
import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { watchMemory } from './memory.ts';
import { runBench } from './main.ts';
import { setStage, type Stage } from './stage.ts';

const ROWS = 1_000_000;
const IDLE_FOR_MS = 3_000;
const POLL_MS = 500;
/** Resident memory above idle, MB: as `bench:upload` counts. */
const BUDGET_RSS_MB = 200;
/**
 * Old objects the app may hold, MB; at rest it holds about 100. Without a bound V8 lets garbage lie as far as the machine
 * has room, which says nothing of what an import needs.
 */
const HEAP_MB = 192;
const QUIET = {
  ...{ RATE_LIMIT_PER_MINUTE: '0', METRICS_ENABLED: 'false', PROBES_ENABLED: 'false', STATUS_FEEDS: 'none' },
  NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
};
const CITIES = ['Lyon', 'São Paulo', 'Köln', '札幌', 'Kraków'];

/** What an import looks like while it runs. */
interface Import {
  readonly id: string;
  readonly state: string;
  readonly settledRow: number;
  readonly rows: Readonly<Record<'ready' | 'confirmed' | 'pending' | 'duplicate' | 'bad', number>>;
}

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, rows: { type: 'string', default: String(ROWS) } },
});
const rows = Number(options.rows);

/** Every fiftieth row repeats an address in other letters, every hundredth is broken; half have a proof of consent. */
const rowOf = (n: number): string => {
  const address =
    n % 100 === 99 ? `person${n}@` : n % 50 === 48 ? `PERSON${n - 1}@Example.org` : `person${n}@example.org`;
  const proof = n % 2 === 0 ? `form on 2025-0${1 + (n % 9)}-1${n % 10}` : '';
  return `${address},"${CITIES[n % CITIES.length]}, quarter ${n % 97}",${n % 3 === 0 ? 'fr' : 'pt-BR'},${18 + (n % 60)},${proof}\n`;
};

const writeFile = async (path: string): Promise<void> => {
  const file = await open(path, 'w');
  await file.write('email,city,language,age,proof\n');
  for (let start = 0; start < rows; start += 1_000)
    await file.write(Array.from({ length: Math.min(1_000, rows - start) }, (_, n) => rowOf(start + n)).join(''));
  await file.close();
};

const announce = ({ api }: Stage): Promise<Import> =>
  api<Import>('POST', '/v1/subscriber-imports', {
    source: 'bench',
    consent: { text: 'Mail me when a platform is down.', textVersion: '1' },
    mapping: {
      ...{ email: 'email', language: 'language', proof: 'evidence' },
      ...{ city: 'attributes.city', age: 'attributes.age:number' },
    },
  });

const upload = async ({ api, folder }: Stage, id: string): Promise<Import> => {
  const form = new FormData();
  form.append('file', await openAsBlob(join(folder, 'people.csv')), 'people.csv');
  return api<Import>('PUT', `/v1/subscriber-imports/${id}/file`, form);
};

const ended = async ({ api }: Stage, id: string): Promise<Import> => {
  for (;;) {
    const item = await api<Import>('GET', `/v1/subscriber-imports/${id}`);
    if (item.state !== 'queued' && item.state !== 'running') return item;
    await pause(POLL_MS);
  }
};

const secondsSince = (startedAt: number): number => Math.round((performance.now() - startedAt) / 10) / 100;

const measure = async (stage: Stage) => {
  await writeFile(join(stage.folder, 'people.csv'));
  const idle = watchMemory(stage.pid);
  await pause(IDLE_FOR_MS);
  idle.stop();
  const { id } = await announce(stage);
  const watch = watchMemory(stage.pid);
  const startedAt = performance.now();
  const judged = await upload(stage, id);
  const judgeSeconds = secondsSince(startedAt);
  await stage.api('POST', `/v1/subscriber-imports/${id}/start`);
  const item = await ended(stage, id);
  const seconds = secondsSince(startedAt);
  watch.stop();
  const [peakMb, idleMb] = [Math.round(watch.peakMb()), Math.round(idle.medianMb())];
  return {
    ...{ rows, seconds, rssMb: peakMb - idleMb, judgeSeconds, appPeakMb: peakMb, appIdleMb: idleMb },
    ...{ state: item.state, judgedReady: judged.rows.ready, stored: item.rows.confirmed + item.rows.pending },
    ...{ duplicates: item.rows.duplicate, bad: item.rows.bad },
  };
};

const play = async (stage: Stage): Promise<boolean> => {
  const figures = await measure(stage);
  if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else console.table(figures);
  const isWhole = figures.state === 'done' && figures.stored === figures.judgedReady;
  const isCounted = figures.stored + figures.duplicates + figures.bad === rows;
  if (isWhole && isCounted && figures.rssMb <= BUDGET_RSS_MB) return true;
  process.stderr.write(`Broken promise: ${JSON.stringify({ isWhole, isCounted, rssMb: figures.rssMb })}\n`);
  return false;
};

runBench(() => setStage(QUIET), play);
