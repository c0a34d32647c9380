// A dry run of 100,000 rows through the whole app over HTTP: time, and what the app's memory did meanwhile.
import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { fileForm } from '../demo/clients.ts';
import { cpuMsOf, watchMemory } from './memory.ts';
import { setStage, type Stage } from './stage.ts';

const CLIPS = ['tea-in-a-minute', 'bread-timer', 'street-at-dawn'];
const IDLE_FOR_MS = 3_000;
const ZONES = ['Europe/Paris', 'America/New_York', 'Asia/Tokyo', ''];
const QUIET = { RATE_LIMIT_PER_MINUTE: '0', METRICS_ENABLED: 'false', PROBES_ENABLED: 'false', STATUS_FEEDS: 'none' };

/** What a dry run took. */
export interface CsvFigures {
  readonly csvRows: number;
  readonly csvMegabytes: number;
  /** From the first byte sent over HTTP to the answer with all verdicts stored. */
  readonly csvSeconds: number;
  /** What the app's process worked meanwhile, whatever else the machine did. */
  readonly csvCpuSeconds: number;
  /** What the app held at most above its idle, resident: as `bench:upload` counts. */
  readonly csvRssMb: number;
  /** The whole app at most while the file came, and before it (median of three seconds). */
  readonly csvAppPeakMb: number;
  readonly csvAppIdleMb: number;
  /** How long the API took meanwhile to answer a small question asked every 50 ms: nearly always, and at worst. */
  readonly csvApiP99Ms: number;
  readonly csvApiMaxMs: number;
  /** Rows that could be imported; the others have one of five faults. */
  readonly csvReady: number;
  readonly csvBad: number;
}

/** A row of our own layout; every twentieth has a fault. */
const rowOf = (n: number, { media, accounts }: { media: readonly string[]; accounts: readonly string[] }): string => {
  const words = createHash('sha256').update(String(n)).digest('base64').repeat(3);
  const account = n % 20 === 7 ? 'nobody' : (accounts[n % accounts.length] ?? '');
  const day = `20${30 + (n % 8)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`;
  const time =
    n % 20 === 13 ? '01/02/31 10:00' : `${day} ${String(n % 24).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`;
  const caption = `"Post ${n}: ""${words}"", with a comma\nand a second line #tea"`;
  return `${caption},tea|batch${n % 50},${media[n % media.length] ?? ''},${account},${time},${ZONES[n % ZONES.length]}\n`;
};

const writeFile = async (path: string, rows: number, ids: Parameters<typeof rowOf>[1]): Promise<void> => {
  const file = await open(path, 'w');
  await file.write('caption,tags,mediaId,accounts,scheduledAt,timezone\n');
  for (let start = 0; start < rows; start += 1_000)
    await file.write(Array.from({ length: Math.min(1_000, rows - start) }, (_, n) => rowOf(start + n, ids)).join(''));
  await file.close();
};

const idsOf = async ({ api, sandbox }: Stage): Promise<Parameters<typeof rowOf>[1]> => {
  const media: string[] = [];
  for (const clip of CLIPS) {
    const path = fileURLToPath(new URL(`../clips/${clip}.mp4`, import.meta.url));
    media.push((await api<{ id: string }>('POST', '/v1/media', await fileForm(path, `${clip}.mp4`))).id);
  }
  const accounts: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    const { credentials } = await sandbox<{ credentials: unknown }>('POST', 'accounts', { platform: 'tiktok' });
    accounts.push((await api<{ id: string }>('POST', '/v1/accounts', { platform: 'tiktok', credentials })).id);
  }
  return { media, accounts };
};

const ASK_EVERY_MS = 50;

/** Asks for the queues until it is told to stop. @returns how long each answer took, ms, in order of length */
const askMeanwhile = (stage: Stage): (() => Promise<readonly number[]>) => {
  let isOver = false;
  const took: number[] = [];
  const asking = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      await stage.api('GET', '/v1/queues');
      took.push(performance.now() - startedAt);
      await pause(ASK_EVERY_MS);
    }
  })();
  return async () => {
    isOver = true;
    await asking;
    return took.toSorted((one, other) => one - other);
  };
};

/** @param rows 1 to 100,000 */
export const measureCsv = async (rows = 100_000): Promise<CsvFigures> => {
  const stage = await setStage(QUIET);
  try {
    const path = join(stage.folder, 'posts.csv');
    await writeFile(path, rows, await idsOf(stage));
    const idle = watchMemory(stage.pid);
    await pause(IDLE_FOR_MS);
    idle.stop();
    const form = new FormData();
    const blob = await openAsBlob(path);
    form.append('file', blob, 'posts.csv');
    const watch = watchMemory(stage.pid);
    const stopAsking = askMeanwhile(stage);
    const workedMs = cpuMsOf(stage.pid);
    const startedAt = performance.now();
    const { rows: counts } = await stage.api<{ rows: { total: number; ready: number; bad: number } }>(
      'POST',
      '/v1/posts/import?dryRun=true',
      form,
    );
    const csvSeconds = Math.round((performance.now() - startedAt) / 10) / 100;
    const csvCpuSeconds = Math.round((cpuMsOf(stage.pid) - workedMs) / 10) / 100;
    watch.stop();
    const took = await stopAsking();
    const [peakMb, idleMb] = [Math.round(watch.peakMb()), Math.round(idle.medianMb())];
    return {
      ...{ csvRows: counts.total, csvMegabytes: Math.round(blob.size / 100_000) / 10, csvSeconds, csvCpuSeconds },
      csvRssMb: peakMb - idleMb,
      ...{ csvAppPeakMb: peakMb, csvAppIdleMb: idleMb },
      csvApiP99Ms: Math.round(took[Math.ceil(took.length * 0.99) - 1] ?? 0),
      csvApiMaxMs: Math.round(took.at(-1) ?? 0),
      ...{ csvReady: counts.ready, csvBad: counts.bad },
    };
  } finally {
    await stage.stop();
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  measureCsv(Number(process.argv[2] ?? 100_000)).then(
    (figures) => process.stdout.write(`${JSON.stringify(figures)}\n`),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
