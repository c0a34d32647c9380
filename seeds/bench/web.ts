// What the dashboard costs its reader: weight of the first load, time until it can be used, and the calendar of a month
// with 3,000 targets: npm run bench:web [-- --json]
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium, HOW_TO_GET_CHROMIUM } from '../support/chromium.ts';
import { MOST_FIRST_BYTES, sumOf, weighFiles } from '../support/web-weight.ts';
import { runBench } from './main.ts';
import { setStage, type Stage } from './stage.ts';
import { QuietBrowser } from './quiet-browser.ts';
import { fillMonth, openOwner, type Owner } from './web-month.ts';
import { longestTaskMs, OBSERVE_TASKS, WHEN_USABLE } from './web-tasks.ts';

const TARGETS = 3_000;
const MOST_USABLE_MS = 1_000;
const MOST_TASK_MS = 200;
const ROUNDS = 5;

const { values: options } = parseArgs({ options: { json: { type: 'boolean' } } });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** A reader who has never been here: nothing in the cache. */
const arrive = async (browser: Browser, { url }: Stage, owner: Owner): Promise<BrowserContext> => {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1_280, height: 900 }, locale: 'en-GB' });
  await context.addInitScript(OBSERVE_TASKS);
  const answer = await context.request.post('/v1/public/sign-in', { headers: { origin: url }, data: owner });
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}`);
  return context;
};

const weighFirstLoad = async (browser: Browser, stage: Stage, owner: Owner): Promise<number> => {
  const context = await arrive(browser, stage, owner);
  const weigh = weighFiles(context);
  const page = await context.newPage();
  await page.goto('/', { waitUntil: 'networkidle' });
  await page.getByRole('heading', { level: 1, name: 'Now' }).waitFor();
  const bytes = sumOf(await weigh());
  await context.close();
  return bytes;
};

/** @returns milliseconds until the first page could be used, of each round */
const timeFirstLoads = async (executablePath: string, { url }: Stage, owner: Owner): Promise<number[]> => {
  const browser = await QuietBrowser.launch(executablePath);
  try {
    const usableMs = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const headers = { 'content-type': 'application/json', origin: url };
      const answer = await fetch(`${url}/v1/public/sign-in`, { method: 'POST', headers, body: JSON.stringify(owner) });
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      usableMs.push(Number(await browser.visit({ url, cookie, script: OBSERVE_TASKS, answer: WHEN_USABLE })));
    }
    return usableMs;
  } finally {
    await browser.close();
  }
};

/** Opens the month, goes to the next and back, and opens a day's "more". */
const busyMonth = async (browser: Browser, stage: Stage, owner: Owner, day: string) => {
  const context = await arrive(browser, stage, owner);
  const page = await context.newPage();
  await page.goto(`/calendar?view=month&date=${day}`, { waitUntil: 'networkidle' });
  const more = page.getByRole('button', { name: /more/ }).first();
  await more.waitFor();
  const opening = await longestTaskMs(page);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Previous' }).click();
  await more.click();
  await page.getByRole('dialog').waitFor();
  const lines = await page.locator('.fc-event, [data-line]').count();
  const seen = { opening, using: await longestTaskMs(page), lines };
  await context.close();
  return seen;
};

const play = async (stage: Stage): Promise<boolean> => {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(HOW_TO_GET_CHROMIUM);
  const owner = await openOwner(stage);
  const firstLoadsMs = await timeFirstLoads(executablePath, stage, owner);
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
  try {
    const firstBytes = await weighFirstLoad(browser, stage, owner);
    const day = await fillMonth(stage, TARGETS);
    const months = [];
    for (let round = 0; round < ROUNDS; round += 1) months.push(await busyMonth(browser, stage, owner, day));
    return report({ firstBytes, firstLoadsMs }, months);
  } finally {
    await browser.close();
  }
};

interface Loads {
  readonly firstBytes: number;
  readonly firstLoadsMs: readonly number[];
}
type Months = readonly Awaited<ReturnType<typeof busyMonth>>[];

const report = ({ firstBytes, firstLoadsMs }: Loads, months: Months): boolean => {
  const usableMs = median(firstLoadsMs);
  const openingTaskMs = median(months.map(({ opening }) => opening));
  const usingTaskMs = median(months.map(({ using }) => using));
  const ok = firstBytes <= MOST_FIRST_BYTES && usableMs <= MOST_USABLE_MS && usingTaskMs <= MOST_TASK_MS;
  const bars = { mostFirstBytes: MOST_FIRST_BYTES, mostUsableMs: MOST_USABLE_MS, mostTaskMs: MOST_TASK_MS };
  const rounds = { usableMs: firstLoadsMs, usingTaskMs: months.map(({ using }) => using) };
  const calendar = { targets: TARGETS, lines: months[0]?.lines ?? 0, openingTaskMs, usingTaskMs };
  const result = { firstBytes, usableMs, calendar, bars, rounds, ok };
  process.stdout.write(`${JSON.stringify(result, null, options.json ? 0 : 2)}\n`);
  return ok;
};

const QUIET = { RATE_LIMIT_PER_MINUTE: '0', METRICS_ENABLED: 'false', PROBES_ENABLED: 'false', STATUS_FEEDS: 'none' };
runBench(() => setStage(QUIET), play);
