// One large video in by both doors and out to TikTok, and what the app's memory did meanwhile:
// npm run bench:upload [-- --json] [-- --megabytes 64]
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Upload } from 'tus-js-client';
import { fileForm } from '../demo/clients.ts';
import { writeBigVideo } from './big-video.ts';
import { runBench } from './main.ts';
import { type MemoryWatch, watchMemory } from './memory.ts';
import { setStage, type Stage } from './stage.ts';

const BUDGET_MB = 150;
const MEBIBYTE = 1_048_576;
const IDLE_FOR_MS = 5_000;
const POLL_MS = 100;
const PUBLISHED_WITHIN_MS = 600_000;
const CLIP = new URL('../clips/tea-in-a-minute.mp4', import.meta.url);

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, megabytes: { type: 'string', default: '1024' } },
});
const bytes = Number(options.megabytes) * MEBIBYTE;

/** One stage of the way, with the memory it took. */
interface Leg {
  readonly peakMb: number;
  readonly mbPerSecond: number;
}

const measured = async (pid: number, work: () => Promise<unknown>): Promise<Leg> => {
  const watch = watchMemory(pid);
  const startedAt = performance.now();
  try {
    await work();
  } finally {
    watch.stop();
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  return { peakMb: watch.peakMb(), mbPerSecond: Math.round(bytes / 1_000_000 / seconds) };
};

const idle = async (pid: number): Promise<number> => {
  const watch: MemoryWatch = watchMemory(pid);
  await pause(IDLE_FOR_MS);
  watch.stop();
  return watch.medianMb();
};

const uploadAtOnce = async ({ api }: Stage, path: string): Promise<string> =>
  (await api<{ id: string }>('POST', '/v1/media', await fileForm(path, 'big.mp4'))).id;

const uploadResumably = ({ url, key }: Stage, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    new Upload(createReadStream(path), {
      endpoint: `${url}/v1/uploads`,
      uploadSize: bytes,
      chunkSize: 64 * MEBIBYTE,
      headers: { authorization: `Bearer ${key}` },
      metadata: { filename: 'big.mp4' },
      onError: reject,
      onSuccess: () => resolve(),
    }).start();
  });

interface Target {
  readonly id: string;
  readonly status: string;
}

const publish = async ({ api }: Stage, mediaId: string, accountId: string): Promise<void> => {
  const body = { caption: 'One gigabyte', mediaIds: [mediaId], publishNow: true, targets: [{ accountId }] };
  const { targets } = await api<{ targets: Target[] }>('POST', '/v1/posts', body);
  const deadline = Date.now() + PUBLISHED_WITHIN_MS;
  for (;;) {
    const target = await api<Target>('GET', `/v1/targets/${targets[0]?.id}`);
    if (target.status === 'published') return;
    const isOpen = ['scheduled', 'publishing', 'unconfirmed'].includes(target.status);
    if (!isOpen || Date.now() > deadline) throw new Error(`The target is ${target.status}.`);
    await pause(POLL_MS);
  }
};

const round = (mb: number): number => Math.round(mb * 10) / 10;

const play = async (stage: Stage): Promise<boolean> => {
  const { pid, api, sandbox, folder } = stage;
  const path = join(folder, 'big.mp4');
  await writeBigVideo(path, CLIP, bytes);
  const { credentials } = await sandbox<{ credentials: unknown }>('POST', 'accounts', { platform: 'tiktok' });
  const account = await api<{ id: string }>('POST', '/v1/accounts', { platform: 'tiktok', credentials });
  const idleRssMb = await idle(pid);
  let mediaId = '';
  const upload = await measured(pid, async () => (mediaId = await uploadAtOnce(stage, path)));
  const tus = await measured(pid, () => uploadResumably(stage, path));
  const out = await measured(pid, () => publish(stage, mediaId, account.id));
  const peakRssMb = Math.max(upload.peakMb, tus.peakMb, out.peakMb);
  const aboveIdleMb = peakRssMb - idleRssMb;
  const ok = aboveIdleMb <= BUDGET_MB;
  const result = {
    bytes,
    idleRssMb: round(idleRssMb),
    peakRssMb: round(peakRssMb),
    aboveIdleMb: round(aboveIdleMb),
    uploadMbPerSecond: upload.mbPerSecond,
    tusMbPerSecond: tus.mbPerSecond,
    publishMbPerSecond: out.mbPerSecond,
    peakOfLegsMb: { upload: round(upload.peakMb), tus: round(tus.peakMb), publish: round(out.peakMb) },
    budgetMb: BUDGET_MB,
    ok,
  };
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : report(result));
  return ok;
};

const report = (result: Readonly<Record<string, unknown>>): string =>
  Object.entries(result)
    .map(([name, value]) => `${name.padEnd(20)}${JSON.stringify(value)}\n`)
    .join('');

runBench(() => setStage(), play);
