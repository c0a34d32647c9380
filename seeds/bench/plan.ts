// A year of twenty queues previewed and a month of them forecast, in memory and over HTTP, and a hundred thousand rows
// of CSV judged: npm run bench:plan [-- --json] [-- --short]
import { parseArgs } from 'node:util';
import { forecasts } from './built.ts';
import { measureCsv } from './plan-csv.ts';
import { measureHttp } from './plan-http.ts';
import { itemOf, POSTS, queueOf, QUEUES, WEEKS } from './plan-facts.ts';

const DAY_MS = 86_400_000;
/** Rows of the short variant. */
const SHORT_ROWS = 10_000;
const CSV_ROWS = 100_000;
const ROUNDS = 5;
const BUDGET = {
  ...{ previewSeconds: 2, forecast30dMs: 200, csvSeconds: 10, csvRssMb: 200 },
  ...{ httpPreviewSeconds: 2, calendar30dMs: 200 },
};

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, short: { type: 'boolean' } } });
const rows = options.short ? SHORT_ROWS : CSV_ROWS;

const startsAt = new Date('2026-12-01T00:00:00Z');
const posts = Array.from({ length: POSTS }, (_, number) => itemOf(number, startsAt));
const items = posts.map((post) => ({ ...post, variationNumbers: [...Array(post.recycling.variations).keys()] }));
const queues = Array.from({ length: QUEUES }, (_, number) => queueOf(number));
const { ForecastReader } = await forecasts();

/** The product's reader over facts in memory: planning alone. What the database and HTTP add is measured after. */
const reader = new ForecastReader(
  { all: async () => queues } as never,
  { list: async () => [], places: async () => [] } as never,
  { execute: async () => ({ items, taken: { places: [], targets: [] } }) } as never,
  { now: () => startsAt },
);

interface Round {
  readonly ms: number;
  readonly slots: number;
  readonly planned: number;
}

const timed = async (plan: () => Promise<{ readonly planned: number; readonly empty: number }>): Promise<Round> => {
  const startedAt = performance.now();
  const { planned, empty } = await plan();
  return { ms: performance.now() - startedAt, slots: planned + empty, planned };
};

/** Every queue previewed on its own; all of them may use every post. */
const previewAll = (): Promise<Round> =>
  timed(async () => {
    let [planned, empty] = [0, 0];
    for (const queue of queues) {
      const preview = await reader.imagine(queue as never, spanOf(WEEKS * 7));
      planned += preview.planned.length;
      empty += preview.empty.length;
    }
    return { planned, empty };
  });

/** All queues together, each seeing the runs of those before it. */
const forecast = (): Promise<Round> =>
  timed(async () => {
    const { runs, gaps } = await reader.between('bench', spanOf(30));
    return { planned: runs.length, empty: gaps.length };
  });

const spanOf = (days: number) => ({ from: startsAt, until: new Date(startsAt.getTime() + days * DAY_MS) });

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
const rounds = async (play: () => Promise<Round>): Promise<Round[]> => {
  const all: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(await play());
  return all;
};

const first = await previewAll();
const years = await rounds(previewAll);
const months = await rounds(forecast);
const http = await measureHttp(
  queues,
  posts.map((_, number) => itemOf(number, new Date())),
);
const csv = await measureCsv(rows);
const figures = {
  previewSlots: first.slots,
  previewPlanned: first.planned,
  previewSeconds: Math.round(median(years.map(({ ms }) => ms))) / 1_000,
  previewColdSeconds: Math.round(first.ms) / 1_000,
  forecast30dMs: Math.round(median(months.map(({ ms }) => ms))),
  ...http,
  ...csv,
};

if (options.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
else console.table(figures);

const broken = [
  figures.previewSlots < QUEUES * 21 * WEEKS && 'previewSlots',
  ...Object.entries(BUDGET).map(([key, limit]) => figures[key as keyof typeof BUDGET] > limit && key),
].filter(Boolean);
if (broken.length > 0) {
  process.stderr.write(`Over budget: ${broken.join(', ')}.\n`);
  process.exitCode = 1;
}
