// The same library and queues behind the whole app and PostgreSQL: previews, calendar and a round with nothing to do.
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { fileForm } from '../demo/clients.ts';
import type { EvergreenItem, Queue } from '../../src/planning/domain/queues/queue.ts';
import { cpuMsOf, watchMemory } from './memory.ts';
import { accountIdOf, addLibrary, addQueueAccounts } from './plan-library.ts';
import { onStage } from '../support/on-stage.ts';
import { setStage, type Stage } from './stage.ts';

const DAY_MS = 86_400_000;
const ROUNDS = 5;
const CALENDAR_LIMIT = 100;
/** An `api` alone: what falls due meanwhile is nobody's, and no job runs beside what is measured. */
const QUIET = {
  ...{ RATE_LIMIT_PER_MINUTE: '0', METRICS_ENABLED: 'false', PROBES_ENABLED: 'false', STATUS_FEEDS: 'none' },
  ROLE: 'api',
};

/** Milliseconds and seconds from the request to the last byte of the answer. */
export interface PlanHttpFigures {
  /** All queues created one after the other, each planned to its horizon of 30 days at once. */
  readonly httpPlanSeconds: number;
  /** Every queue previewed for a year, all asked together: median of five, and the first with nothing in memory. */
  readonly httpPreviewSeconds: number;
  readonly httpPreviewColdSeconds: number;
  /** What the app's process worked for one such round, whatever else the machine did: median of five. */
  readonly httpPreviewCpuSeconds: number;
  readonly httpPreviewSlots: number;
  /** A full page of the calendar of 30 days, which the horizon has planned. */
  readonly calendar30dMs: number;
  readonly calendarColdMs: number;
  /** The same of the 30 days after them, which are all forecast. */
  readonly calendarBeyondMs: number;
  /** Every queue asked to plan again, one after the other, when all is planned. */
  readonly idleRoundMs: number;
  readonly httpAppPeakMb: number;
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
};

const rounds = async (work: () => Promise<unknown>): Promise<number> => {
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(await timed(work));
  return median(all);
};

/** An answer as it came: reading JSON is the caller's time, not the app's. */
const ask = async ({ url, key }: Stage, method: string, path: string, body?: unknown): Promise<string> => {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text;
};

const bodyOf = ({
  id,
  zone,
  accounts,
  slots,
  order,
  seed,
  weighsViews,
  minGapSeconds,
  dailyCap,
  blackouts,
}: Queue) => ({
  ...{ name: id, timezone: zone, order, seed, weighsViews, minGapSeconds, dailyCap, blackouts },
  accountIds: accounts.map((account) => accountIdOf(account.id)),
  slots: slots.map(({ isoDay, time, categories }) => ({ dayOfWeek: isoDay, time, categories })),
});

const prepare = async (stage: Stage, queues: readonly Queue[], items: readonly EvergreenItem[]): Promise<void> => {
  const clip = fileURLToPath(new URL('../clips/tea-in-a-minute.mp4', import.meta.url));
  const { id: mediaId } = await stage.api<{ id: string }>('POST', '/v1/media', await fileForm(clip, 'tea.mp4'));
  const client = new pg.Client({ connectionString: stage.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('select id from workspace');
    const workspaceId = rows[0]?.id ?? '';
    await addQueueAccounts(client, workspaceId, queues);
    await addLibrary(client, { workspaceId, mediaId }, items);
  } finally {
    await client.end();
  }
};

const play = async (stage: Stage, queues: readonly Queue[]): Promise<PlanHttpFigures> => {
  const ids: string[] = [];
  const planMs = await timed(async () => {
    for (const queue of queues) ids.push((await stage.api<{ id: string }>('POST', '/v1/queues', bodyOf(queue))).id);
  });
  const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
  const year = { to: inDays(52 * 7) };
  const calendar = (from: string, to: string) =>
    ask(stage, 'GET', `/v1/calendar?${new URLSearchParams({ from, to, limit: String(CALENDAR_LIMIT) }).toString()}`);
  const month = () => calendar(inDays(0), inDays(29));
  let previews: readonly string[] = [];
  const previewAll = async () => {
    previews = await Promise.all(ids.map((id) => ask(stage, 'POST', `/v1/queues/${id}/preview`, year)));
  };
  const calendarColdMs = await timed(month);
  const coldMs = await timed(previewAll);
  const cpuMs: number[] = [];
  const previewMs = await rounds(async () => {
    const before = cpuMsOf(stage.pid);
    await previewAll();
    cpuMs.push(cpuMsOf(stage.pid) - before);
  });
  const slots = previews.map((text) => JSON.parse(text) as { planned: unknown[]; empty: unknown[] });
  const planAgain = async () => {
    for (const id of ids) await ask(stage, 'POST', `/v1/queues/${id}/plan`, {});
  };
  return {
    httpPlanSeconds: Math.round(planMs) / 1_000,
    httpPreviewSeconds: Math.round(previewMs) / 1_000,
    httpPreviewColdSeconds: Math.round(coldMs) / 1_000,
    httpPreviewCpuSeconds: Math.round(median(cpuMs)) / 1_000,
    httpPreviewSlots: slots.reduce((sum, { planned, empty }) => sum + planned.length + empty.length, 0),
    calendar30dMs: Math.round(await rounds(month)),
    calendarColdMs: Math.round(calendarColdMs),
    calendarBeyondMs: Math.round(await rounds(() => calendar(inDays(31), inDays(61)))),
    idleRoundMs: Math.round(await rounds(planAgain)),
    httpAppPeakMb: 0,
  };
};

export const measureHttp = async (
  queues: readonly Queue[],
  items: readonly EvergreenItem[],
): Promise<PlanHttpFigures> => {
  const playAndWatch = async (stage: Stage): Promise<PlanHttpFigures> => {
    await prepare(stage, queues, items);
    const watch = watchMemory(stage.pid);
    try {
      const figures = await play(stage, queues);
      return { ...figures, httpAppPeakMb: Math.round(watch.peakMb()) };
    } finally {
      watch.stop();
    }
  };
  return onStage(() => setStage(QUIET), playAndWatch);
};
