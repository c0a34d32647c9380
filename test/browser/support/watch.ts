import type { BrowserContext, ConsoleMessage, Page, Response } from 'playwright-core';
import { until } from '../../support/app.js';
import { secretsIn, secretsInFile } from './secrets.js';

/** What a story does on purpose that would be a fault elsewhere. */
export interface Allowance {
  readonly status: number;
  readonly path: RegExp;
}

/** Keeps an eye on everything a visitor's browser does. */
export interface Watch {
  /** From now on this refusal is what the story wants. */
  allow(status: number, path: RegExp): void;
  /** From now on the console may say this. */
  allowWords(words: RegExp): void;
  /** From now on this answer may show a secret, once, to who made it. */
  allowSecretFrom(path: RegExp): void;
  /** Console errors, refusals of the content security policy, failed requests, secrets; none is what we want. */
  faults(): Promise<string[]>;
}

/** Nobody is signed in before the door. */
const AT_THE_DOOR: Allowance = { status: 401, path: /^\/v1\/session$/ };

/** What nobody has set up is not there; pages ask all the same. */
const NOT_SET_UP: Allowance = {
  status: 404,
  path: /^\/v1\/(sms-settings|newsletter|broadcasts\/[\w-]+\/sms|posts\/[\w-]+\/recurrence)$/,
};

const isAnswerNoise = (message: ConsoleMessage): boolean => message.text().startsWith('Failed to load resource');

export const watch = (context: BrowserContext): Watch => {
  const allowed = [AT_THE_DOOR, NOT_SET_UP];
  const mayShow: RegExp[] = [];
  const maySay: RegExp[] = [];
  const seen: string[] = [];
  const reading: Promise<void>[] = [];
  const hearAnswer = (response: Response): void => {
    const { pathname } = new URL(response.url());
    const status = response.status();
    if (status >= 400 && !allowed.some((one) => one.status === status && one.path.test(pathname)))
      seen.push(`${response.request().method()} ${pathname} answered ${status}`);
    if (!mayShow.some((path) => path.test(pathname))) reading.push(readFor(response, pathname));
  };
  const readFor = async (response: Response, pathname: string): Promise<void> => {
    const kind = response.headers()['content-type'] ?? '';
    const isJson = kind.includes('json');
    if (!isJson && !/html|javascript/.test(kind)) return;
    // A page that moved on takes the bodies of its answers with it.
    const body = await response.text().catch(() => '');
    for (const found of (isJson ? secretsIn : secretsInFile)(body)) seen.push(`${pathname} shows ${found}`);
  };
  const follow = (page: Page): void => {
    page.on('pageerror', (error) => seen.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      const isExpected = isAnswerNoise(message) || maySay.some((words) => words.test(message.text()));
      if (message.type() === 'error' && !isExpected) seen.push(`console: ${message.text()}`);
    });
  };
  context.on('page', follow);
  context.on('response', hearAnswer);
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // The page left, or ended its stream of events.
    if (why !== 'net::ERR_ABORTED') seen.push(`${request.method()} ${request.url()} failed: ${why}`);
  });
  return {
    allow: (status, path) => void allowed.push({ status, path }),
    allowWords: (words) => void maySay.push(words),
    allowSecretFrom: (path) => void mayShow.push(path),
    faults: async () => {
      await Promise.all(reading);
      for (const page of context.pages()) seen.push(...(await keptSecrets(page)));
      return [...new Set(seen)];
    },
  };
};

/** What scripts of the page could read of it later. */
const keptSecrets = async (page: Page): Promise<string[]> => {
  if (page.isClosed() || !page.url().startsWith('http')) return [];
  const KEPT = 'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])';
  // A page that goes elsewhere at this moment cannot be asked; where it has come to, it can.
  const text = await until(() => page.evaluate<string>(KEPT).catch(() => undefined), `what ${page.url()} keeps`);
  return [...secretsIn(text), ...(/session/i.test(text) ? ['a session'] : [])].map((kind) => `the page keeps ${kind}`);
};
