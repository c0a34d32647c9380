import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Clock } from '../../../kernel/clock.port.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import type { ResumeToken } from '../../domain/publish-outcome.js';
import { PlatformHttp } from '../../infrastructure/platform-http.js';
import { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import { ShortsAdapter } from './shorts.adapter.js';
import { SHORTS_DEFAULTS } from './shorts.config.js';

class FixedClock extends Clock {
  now(): Date {
    return new Date('2026-01-26T12:00:00Z');
  }
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const BYTES = Buffer.alloc(1_000, 7);
const content: PublishContent = {
  caption: 'Soup in 30 s',
  tags: ['soup'],
  media: {
    sha256: '0',
    bytes: BYTES.length,
    mimeType: 'video/mp4',
    durationMs: 6_000,
    width: 720,
    height: 1280,
    fps: 24,
    open: (start = 0, end = BYTES.length - 1) => Readable.from([BYTES.subarray(start, end + 1)]),
  },
  marker: 'm1',
  scheduledAt: new Date('2026-01-26T12:00:00Z'),
  staleAt: new Date('2026-01-26T14:00:00Z'),
  options: {},
};

let servers: Server[];
let http: PlatformHttp;
let codes: UnknownCodes;
let reply: Answer;
let seen: IncomingMessage[];
let youtube: string;
let adapter: ShortsAdapter;
let ctx: PlatformContext;

const listen = async (answer: Answer): Promise<string> => {
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => answer(request, response));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeEach(async () => {
  servers = [];
  seen = [];
  http = new PlatformHttp({ metadataTimeoutMs: 1_500, uploadIdleTimeoutMs: 1_500 });
  codes = new UnknownCodes();
  youtube = await listen((request, response) => {
    seen.push(request);
    reply(request, response);
  });
  const urls = { apiUrl: youtube, uploadUrl: youtube, tokenUrl: `${youtube}/token` };
  adapter = new ShortsAdapter({ ...SHORTS_DEFAULTS, ...urls }, http, new FixedClock(), codes);
  const credentials = { accessToken: 'ya29.secret', refreshToken: '1//secret' };
  ctx = { accountId: 'a1', externalId: 'UC1', credentials, signal: new AbortController().signal };
});
afterEach(async () => {
  await http.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const text =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };
const drip: Answer = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.once('close', () => clearInterval(timer));
};
const elsewhere: Answer = (_request, response) => {
  response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
};

const HOSTILE: readonly (readonly [string, Answer])[] = [
  ['HTML with 200', text(200, '<html>Sign in to the proxy</html>', { 'content-type': 'text/html' })],
  ['a truncated body', text(200, '{"items":[{"id":"abc","sta')],
  ['wrong types', text(200, '{"items":{"id":5},"id":5,"access_token":7}')],
  ['10 MB of JSON', text(200, `{"items":[],"pad":"${'x'.repeat(10_000_000)}"}`)],
  ['a redirect to a private address', elsewhere],
  ['a slow drip', drip],
];

const session = (uri = `${youtube}/videos?upload_id=ABg1`): ResumeToken => ({
  handle: 'ABg1',
  secretSessionUri: uri,
  size: BYTES.length,
  nextOffset: 0,
  privacy: 'public',
  restarts: 0,
});

describe.each(HOSTILE)('YouTube answers with %s', (_name, answer) => {
  beforeEach(() => {
    reply = answer;
  });

  it('opens no session', async () => {
    expect((await adapter.prepare(ctx, content)).kind).toBe('unavailable');
    expect(seen).toHaveLength(1);
  });

  it('is in doubt after the last bytes, and sends them once', async () => {
    // An answer that never ends is ended by the deadline that every call is given.
    const limited = { ...ctx, signal: AbortSignal.timeout(1_500) };
    expect((await adapter.commit(limited, content, session())).kind).toBe('unknown');
    expect(seen).toHaveLength(1);
  });

  it('proves neither presence nor absence', async () => {
    expect((await adapter.check(ctx, session())).kind).toBe('unavailable');
    expect((await adapter.find(ctx, { caption: '', durationMs: 0, marker: 'm1' }, new Date(0))).kind).toBe(
      'unavailable',
    );
  });

  it('has no counters, and costs no connection', async () => {
    expect(['unavailable', 'no_data']).toContain((await adapter.metricsOf(ctx, ['abc'])).get('abc')?.kind);
    expect((await adapter.refresh(ctx)).kind).toBe('unavailable');
    expect((await adapter.connect(ctx.credentials, ctx.signal)).kind).toBe('unavailable');
    const consent = { redirectUri: 'https://app.test/cb', state: 's', codeVerifier: 'v'.repeat(43), options: {} };
    const callback = { ...consent, query: { code: '4/x' }, kept: {}, signal: ctx.signal };
    expect((await adapter.oauth.exchange(callback)).kind).toBe('unavailable');
  });
});

describe('a session URI is the word of somebody else', () => {
  const start = (location: string): Answer => text(200, '', { location });

  it.each([
    ['', 'none'],
    ['not a url', 'no URL'],
    ['http://uploads.example/videos?upload_id=1', 'plain http to another host'],
    ['https://user:pw@uploads.example/videos?upload_id=1', 'credentials inside'],
    ['ftp://uploads.example/videos?upload_id=1', 'another protocol'],
  ])('%s is refused (%s)', async (location) => {
    reply = start(location);
    expect(await adapter.prepare(ctx, content)).toMatchObject({
      kind: 'unavailable',
      detail: 'a session without a usable Location',
    });
  });

  it.each([
    'https://127.0.0.1:1/videos?upload_id=1',
    'https://[::1]:1/v?upload_id=1',
    'https://10.0.0.8/v?upload_id=1',
  ])('%s is never dialled', async (uri) => {
    expect((await adapter.commit(ctx, content, session(uri))).kind).toBe('unavailable');
    expect((await adapter.check(ctx, session(uri))).kind).toBe('unavailable');
  });

  it('gets no token of ours on another host', async () => {
    const tokens: (string | undefined)[] = [];
    const other = await listen((request, response) => {
      tokens.push(request.headers.authorization);
      response.writeHead(308, { range: 'bytes=0-99' }).end();
    });
    const open = new PlatformHttp({ metadataTimeoutMs: 1_500 }, { allow: ['127.0.0.1/32'] });
    const patient = new ShortsAdapter({ ...SHORTS_DEFAULTS, uploadUrl: youtube }, open, new FixedClock());
    expect(await patient.check(ctx, session(`${other}/v?upload_id=1`))).toMatchObject({ kind: 'absent' });
    await open.close();
    expect(tokens).toEqual([undefined]);
  });
});

describe('a reason nobody documented', () => {
  const strange = text(403, '{"error":{"code":403,"errors":[{"reason":"moonPhase"}]}}');

  it("is in doubt after the last bytes, the platform's trouble before, and is counted", async () => {
    reply = strange;
    expect(await adapter.commit(ctx, content, session())).toMatchObject({ kind: 'unknown', platformCode: 'moonPhase' });
    expect(await adapter.prepare(ctx, content)).toMatchObject({ kind: 'unavailable', platformCode: 'moonPhase' });
    expect(codes.counts()).toEqual({ 'shorts session moonPhase': 1, 'shorts videos.insert moonPhase': 1 });
  });

  it('of the consent page costs nothing but another try', async () => {
    const query = { error: 'brand_new' };
    const callback = { redirectUri: 'https://a.test', state: 's', codeVerifier: 'v', options: {}, kept: {}, query };
    expect((await adapter.oauth.exchange({ ...callback, signal: ctx.signal })).kind).toBe('unavailable');
    expect(codes.counts()).toEqual({ 'shorts authorize brand_new': 1 });
  });
});
