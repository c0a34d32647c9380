import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS } from '../../../seeds/support/chromium.js';
import { type ApiClient, startAppProcess, type TestApp } from '../../support/app.js';
import { startSandbox, type TestSandbox } from '../../support/sandbox.js';
import { type SmtpSink, startSmtpSink } from '../../support/smtp-sink.js';
import { type Watch, watch } from './watch.js';

export const PASSWORD = 'correct horse battery';

/** A workspace of one story: its owner, and its API for what the story does not tell. */
export interface Studio {
  readonly api: ApiClient;
  readonly email: string;
}

export interface Glasses {
  /** Signed in as this studio's owner; nobody without. */
  readonly as?: Studio;
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  readonly language?: string;
  readonly script?: boolean;
}

/** Somebody with a browser of their own. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly watch: Watch;
}

export interface BrowserStage {
  readonly app: TestApp;
  readonly sandbox: TestSandbox;
  readonly sink: SmtpSink;
  /** A workspace of its own with an owner. */
  openStudio(name: string): Promise<Studio>;
  visit(glasses?: Glasses): Promise<Visitor>;
  /** Closes every visitor's browser. @returns what was wrong in any */
  farewell(): Promise<string[]>;
  /** Pictures of what the visitors see now. @returns where they are */
  pictures(folder: string): Promise<string[]>;
  stop(): Promise<void>;
}

/** Mail leaves as somebody; hashing is tested elsewhere. */
const APP = { MAIL_FROM: 'Studio <news@example.org>', PASSWORD_MEMORY_KIB: '64' };

const HEIGHT_PX = 900;
const WIDTH_PX = 1_280;
/** The machine may be busy; what takes longer is broken. */
const ACTION_MS = 20_000;

/** The program, the platforms, a mail server and a browser, each a real process. */
export const setBrowserStage = async (env: Readonly<Record<string, string>> = {}): Promise<BrowserStage> => {
  const endings: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of endings.splice(0).toReversed()) await end();
  };
  const begun = async <T>(thing: Promise<T>, end: (thing: T) => Promise<void>): Promise<T> => {
    const there = await thing;
    endings.push(() => end(there));
    return there;
  };
  try {
    const sandbox = await begun(startSandbox(), (one) => one.stop());
    const sink = await begun(startSmtpSink(), (one) => one.stop());
    const settings = { ...sandbox.env, SMTP_URL: sink.url, ...APP, ...env };
    const app = await begun(startAppProcess(settings), (one) => one.stop());
    const browser = await begun(launch(), (one) => one.close());
    return { ...{ app, sandbox, sink }, ...welcome(browser, app), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const welcome = (browser: Browser, app: TestApp): Omit<BrowserStage, 'app' | 'sandbox' | 'sink' | 'stop'> => {
  const visitors: Visitor[] = [];
  return {
    openStudio: (name) => openStudio(app, name),
    visit: async (glasses = {}) => {
      const visitor = await enter(browser, app.api.url, glasses);
      visitors.push(visitor);
      return visitor;
    },
    farewell: async () => {
      const faults: string[] = [];
      for (const visitor of visitors.splice(0)) {
        faults.push(...(await visitor.watch.faults()));
        await visitor.context.close();
      }
      return faults;
    },
    pictures: async (folder) => {
      const pages = visitors.flatMap(({ context }) => context.pages());
      const paths = pages.map((_, index) => `${folder}/${index}.png`);
      await Promise.all(pages.map((page, index) => page.screenshot({ path: paths[index] ?? '' })));
      return paths;
    },
  };
};

const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '', args: [...CHROMIUM_ARGS] });

const openStudio = async ({ api }: TestApp, name: string): Promise<Studio> => {
  const opened = await api.ok<{ apiKey: string }>('POST', '/v1/workspaces', {
    name,
    region: 'us',
    timeZone: 'Europe/Paris',
  });
  const own = api.with(opened.apiKey);
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '-')}@example.org`;
  await own.ok('POST', '/v1/members', { email, name: `Owner of ${name}`, password: PASSWORD });
  return { api: own, email };
};

const enter = async (browser: Browser, url: string, glasses: Glasses): Promise<Visitor> => {
  const { as, width = WIDTH_PX, scheme = 'light', language = 'en-GB', script = true } = glasses;
  const context = await browser.newContext({
    ...{ baseURL: url, viewport: { width, height: HEIGHT_PX }, colorScheme: scheme, locale: language },
    ...{ javaScriptEnabled: script, reducedMotion: 'reduce' },
  });
  const eye = watch(context);
  context.setDefaultTimeout(ACTION_MS);
  if (as) await signIn(context, url, as.email);
  return { context, page: await context.newPage(), watch: eye };
};

/** As the sign-in page does it; that page has a story of its own. */
const signIn = async (context: BrowserContext, url: string, email: string): Promise<void> => {
  const headers = { origin: url };
  const answer = await context.request.post('/v1/public/sign-in', { headers, data: { email, password: PASSWORD } });
  if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()} ${await answer.text()}`);
};
