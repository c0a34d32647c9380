import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DiscordAdapter } from '../../src/platforms/adapters/discord/discord.adapter.js';
import { TelegramAdapter } from '../../src/platforms/adapters/telegram/telegram.adapter.js';
import type { Platform, PlatformContext } from '../../src/platforms/domain/platform.port.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { UnknownCodes } from '../../src/platforms/infrastructure/unknown-codes.js';
import { settleCommit, settlePrepare } from '../../src/publishing/domain/firing/outcome.policy.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import type { Step, TargetState } from '../../src/publishing/domain/targets/target-state.js';
import { contentOf, SystemClock } from './adapter-content.js';

const context = { now: new Date(), timing: publishingTiming(1), jitter: () => 1 };
const target: TargetState = {
  status: 'publishing',
  platform: 'discord',
  scheduledAt: context.now,
  staleAt: new Date(context.now.getTime() + 172_800_000),
  tries: 0,
  checks: 0,
};

let respond: (response: ServerResponse) => void;
let requests = 0;
let server: Server;
let http: PlatformHttp;
let codes: UnknownCodes;
const adapters: Record<
  string,
  { platform: Platform; ctx: PlatformContext; resume: { handle: string; [key: string]: unknown } }
> = {};

beforeAll(async () => {
  server = createServer((request, response) => {
    requests += 1;
    request.resume().once('end', () => respond(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = new PlatformHttp({ metadataTimeoutMs: 1_500, uploadIdleTimeoutMs: 1_500 });
  codes = new UnknownCodes();
  const { signal } = new AbortController();
  adapters['discord'] = {
    platform: new DiscordAdapter({ apiUrl }, http, new SystemClock(), codes),
    ctx: {
      accountId: 'a',
      externalId: '1234567',
      credentials: { botToken: 'x'.repeat(30), channelId: '1234567' },
      signal,
    },
    resume: { handle: 'nonce', mode: 'bot' },
  };
  const credentials = { botToken: `700:${'x'.repeat(30)}`, chatId: '-123' };
  adapters['telegram'] = {
    platform: new TelegramAdapter({ apiUrl }, http, new SystemClock(), codes),
    ctx: { accountId: 'a', externalId: '-123', credentials, signal },
    resume: { handle: 'telegram:m', chatId: '-123', fileId: 'BAAC', step: 'ready' },
  };
});
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = 0;
});

const effectOf = (step: Step): string => {
  const trouble = step.effects.find((effect) => effect.kind === 'account_trouble');
  const states = `${step.attempt?.state} ${step.target.status}`;
  return trouble ? `${states} ${trouble.reason === 'reconnect' ? 'reconnect' : 'told'}` : states;
};

/** What becomes of attempt, target and account: when the answer comes to a read before the post, and to the post. */
const fateOf = async (name: string): Promise<[before: string, post: string]> => {
  const it = adapters[name]!;
  const content = contentOf({ options: name === 'discord' ? { attachVideo: false } : {} });
  const prepared = await it.platform.prepare(it.ctx, content);
  if (prepared.kind === 'saved' || prepared.kind === 'wait' || prepared.kind === 'ready')
    throw new Error(prepared.kind);
  const committed = await it.platform.commit(it.ctx, content, it.resume);
  return [effectOf(settlePrepare(target, prepared, context)), effectOf(settleCommit(target, committed, context))];
};
const says = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  respond = (response) =>
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
};

const RECONNECT = 'unauthorised held reconnect';
const REFUSED = 'rejected failed';
const CHANNEL = 'rejected failed told';
const HELD = 'throttled held';
const RETRY = 'unavailable scheduled';
const DOUBT = 'unknown unconfirmed';

describe('Discord’s error table, down to attempt, target and account', () => {
  it.each([
    [404, 10003, RECONNECT, RECONNECT],
    [404, 10015, RECONNECT, RECONNECT],
    [401, 50027, RECONNECT, RECONNECT],
    [401, 0, RECONNECT, RECONNECT],
    [403, 50001, RECONNECT, RECONNECT],
    [403, 50013, RECONNECT, RECONNECT],
    [400, 50006, REFUSED, REFUSED],
    [400, 50035, REFUSED, REFUSED],
    [413, 40005, REFUSED, REFUSED],
    [400, 240000, REFUSED, REFUSED],
    [400, 220001, CHANNEL, CHANNEL],
    [400, 220002, CHANNEL, CHANNEL],
    [403, 20016, HELD, HELD],
    [403, 20028, HELD, HELD],
    [403, 20029, HELD, HELD],
    [503, 130000, RETRY, RETRY],
    [500, 0, RETRY, DOUBT],
    [400, 31337, RETRY, DOUBT],
  ])('HTTP %i, code %i', async (status, code, before, post) => {
    says(status, { code, message: 'No' });
    expect(await fateOf('discord')).toEqual([before, post]);
  });

  it('429 in its own shape', async () => {
    says(429, { message: 'You are being rate limited.', retry_after: 0.65, global: false });
    expect(await fateOf('discord')).toEqual([HELD, HELD]);
  });
});

describe('Telegram’s error table, down to attempt, target and account', () => {
  it.each([
    [400, 'Bad Request: message caption is too long', REFUSED, REFUSED],
    [400, 'Bad Request: wrong file identifier/HTTP URL specified', REFUSED, REFUSED],
    [400, 'Bad Request: chat not found', RECONNECT, RECONNECT],
    [401, 'Unauthorized', RECONNECT, RECONNECT],
    [403, 'Forbidden: bot was kicked from the channel chat', RECONNECT, RECONNECT],
    [404, 'Not Found', RECONNECT, RECONNECT],
    [409, 'Conflict', RETRY, RETRY],
    [413, 'Request Entity Too Large', REFUSED, REFUSED],
    [429, 'Too Many Requests: retry after 7', HELD, HELD],
    [500, 'Internal Server Error', RETRY, DOUBT],
    [418, 'Something new', RETRY, DOUBT],
  ])('%i %s', async (error_code, description, before, post) => {
    says(error_code, { ok: false, error_code, description });
    expect(await fateOf('telegram')).toEqual([before, post]);
  });
});

describe.each(['discord', 'telegram'])('%s and answers that nobody documented', (name) => {
  it.each([
    ['HTML with 200', () => says(200, '<html><body>Moved')],
    ['truncated JSON', () => says(200, '{"ok":true,"id":"1')],
    ['wrong types', () => says(200, { ok: true, result: [], id: {} })],
    ['10 MB of JSON', () => says(200, JSON.stringify({ ok: true, pad: 'x'.repeat(10_000_000) }))],
    ['a redirect to a private address', () => says(302, '', { location: 'http://169.254.169.254/latest' })],
    ['an edge’s 502', () => says(502, '<html>Bad gateway')],
    [
      'a slow drip',
      () => {
        respond = (response) => {
          response.writeHead(200, { 'content-type': 'application/json' });
          const drip = setInterval(() => response.write(' '), 200);
          response.once('close', () => clearInterval(drip));
        };
      },
    ],
  ])('%s: tried again before the post, in doubt after it, and never sent twice', async (_name, set) => {
    set();
    expect(await fateOf(name)).toEqual([RETRY, DOUBT]);
    expect(requests).toBe(2);
  });
});

it('codes that no table knows are counted', () => {
  expect(codes.counts()).toEqual({ 'discord HTTP 400 31337': 2, 'telegram error_code 418': 2 });
});
