// Pictures of every page with the demo's data: npm run screenshots [-- --out DIR] [-- --url URL --email E --password P]
// Without --url the demo is played first, which takes a minute and a half.
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium, HOW_TO_GET_CHROMIUM } from '../support/chromium.ts';
import { type Program, startProgram } from './processes.ts';
import { OWNER } from './studio/accounts.ts';
import { STATUS_SLUG } from './studio/outage.ts';

const MAX_BYTES = 150_000;
const DEMO_WITHIN_MS = 300_000;
/** What moves has come to rest, and charts are drawn. */
const REST_MS = 400;

const PAGES: Readonly<Record<string, string>> = {
  now: '/',
  calendar: '/calendar',
  compose: '/compose',
  library: '/library',
  queues: '/queues',
  routes: '/routes',
  accounts: '/accounts',
  incidents: '/incidents',
  drills: '/drills',
  audience: '/audience',
  analytics: '/analytics',
  settings: '/settings',
  status: `/status/${STATUS_SLUG}`,
};

/** A way of looking: which pages, on what, in which light. */
interface Look {
  readonly suffix: string;
  readonly pages: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

const LOOKS: readonly Look[] = [
  { suffix: '', pages: Object.keys(PAGES), width: 1_280, height: 800, colorScheme: 'light' },
  { suffix: '-dark', pages: ['now', 'calendar', 'status'], width: 1_280, height: 800, colorScheme: 'dark' },
  { suffix: '-phone', pages: ['now', 'calendar', 'status'], width: 390, height: 844, colorScheme: 'light' },
];

const IS_AT_REST = `[...document.querySelectorAll('[aria-busy=true], .mantine-Loader-root, .mantine-Skeleton-root')]
  .every((element) => !element.checkVisibility({ visibilityProperty: true }))`;

interface Place {
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'docs/screenshots' },
    url: { type: 'string' },
    email: { type: 'string', default: OWNER.email },
    password: { type: 'string', default: OWNER.password },
  },
});

const signIn = async (context: BrowserContext, { url, email, password }: Place): Promise<void> => {
  const answer = await context.request.post(`${url}/v1/public/sign-in`, {
    data: { email, password },
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(`Nobody comes in as ${email}: ${answer.status()} ${await answer.text()}`);
};

const take = async (page: Page, address: string, path: string): Promise<number> => {
  await page.goto(address, { waitUntil: 'load' });
  await page.locator('main h1, main h2').first().waitFor();
  await page.waitForFunction(IS_AT_REST);
  await page.waitForTimeout(REST_MS);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  return (await stat(path)).size;
};

/** @returns what went wrong, one line each */
const look = async (browser: Browser, place: Place, { suffix, pages, ...glass }: Look): Promise<string[]> => {
  const { width, height, colorScheme } = glass;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  await signIn(context, place);
  const faults: string[] = [];
  const page = await context.newPage();
  for (const name of pages) {
    const path = join(options.out, `${name}${suffix}.png`);
    try {
      const bytes = await take(page, place.url + (PAGES[name] ?? '/'), path);
      process.stdout.write(`${path}  ${Math.ceil(bytes / 1_000)} kB\n`);
      if (bytes > MAX_BYTES) faults.push(`${path} has more than ${MAX_BYTES / 1_000} kB`);
    } catch (error) {
      faults.push(`${name}${suffix}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
    }
  }
  await context.close();
  return faults;
};

const playDemo = async (): Promise<Program & Pick<Place, 'url'>> => {
  process.stdout.write('Playing the demo first; a minute and a half.\n');
  const isReady = (line: string): boolean => line.includes('API docs');
  const demo = await startProgram(['seeds/demo/run.ts', '--keep'], {}, isReady, DEMO_WITHIN_MS);
  const url = /Dashboard\s+(\S+)/.exec(demo.lines.join('\n'))?.[1] ?? '';
  return { ...demo, url };
};

const main = async (): Promise<number> => {
  const executablePath = findChromium();
  if (!executablePath) {
    process.stderr.write(`${HOW_TO_GET_CHROMIUM}\n`);
    return 2;
  }
  const demo = options.url === undefined ? await playDemo() : undefined;
  try {
    await mkdir(options.out, { recursive: true });
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
    const place = { url: demo?.url ?? options.url ?? '', email: options.email, password: options.password };
    const faults: string[] = [];
    for (const one of LOOKS) faults.push(...(await look(browser, place, one)));
    await browser.close();
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    return faults.length > 0 ? 1 : 0;
  } finally {
    await demo?.stop();
  }
};

process.exitCode = await main();
