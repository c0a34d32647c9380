import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { TikTokAdapter } from '../../src/platforms/adapters/tiktok/tiktok.adapter.js';
import { TIKTOK_DEFAULTS } from '../../src/platforms/adapters/tiktok/tiktok.config.js';
import { TIKTOK_ERRORS, TIKTOK_FAIL_REASONS } from '../../src/platforms/adapters/tiktok/tiktok.errors.map.js';
import type { PlatformContext } from '../../src/platforms/domain/platform.port.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import type { CheckOutcome, PrepareOutcome, ResumeToken } from '../../src/platforms/domain/publish-outcome.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { settleCommit, settlePrepare } from '../../src/publishing/domain/firing/outcome.policy.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import { settleSighting } from '../../src/publishing/domain/reconcile/reconcile.policy.js';
import type { Step, TargetState } from '../../src/publishing/domain/targets/target-state.js';

Logger.overrideLogger(false);
jest.setTimeout(20_000);

/** TikTok's answers by path; what is not scripted is answered as on a good day. */
type Script = (response: ServerResponse, request: IncomingMessage) => void;
const script = new Map<string, Script>();
const CREATOR = '/v2/post/publish/creator_info/query/';
const INIT = '/v2/post/publish/video/init/';
const STATUS = '/v2/post/publish/status/fetch/';
const TOKEN = '/v2/oauth/token/';
const LIST = '/v2/video/list/';
const USER = '/v2/user/info/';

const envelope =
  (status: number, code: string, data: object = {}): Script =>
  (response) =>
    void response.writeHead(status).end(JSON.stringify({ data, error: { code, message: 'm', log_id: 'L' } }));

let server: Server;
let origin: string;
let http: PlatformHttp;
let tiktok: TikTokAdapter;
let seen: string[];
const now = new Date();

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    seen.push(`${request.method} ${path}`);
    request.resume();
    request.on('end', () => script.get(path)?.(response, request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = new PlatformHttp({ metadataTimeoutMs: 1_500, uploadIdleTimeoutMs: 1_500 }, { allow: ['127.0.0.1/32'] });
  const config = { ...TIKTOK_DEFAULTS, apiUrl: origin, clientKey: 'k', clientSecret: 's' };
  tiktok = new TikTokAdapter(config, http, { now: () => now });
});
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  seen = [];
  script.clear();
  script.set(CREATOR, envelope(200, 'ok', { privacy_level_options: ['PUBLIC_TO_EVERYONE', 'SELF_ONLY'] }));
  script.set(INIT, envelope(200, 'ok', { publish_id: 'p1', upload_url: `${origin}/video/` }));
  script.set('/video/', (response) => void response.writeHead(201).end());
});

const BYTES = Buffer.alloc(1000, 7);
const content = {
  caption: 'Soup',
  tags: [],
  options: {},
  marker: 'm1',
  scheduledAt: now,
  staleAt: now,
  media: { bytes: 1000, durationMs: 6000, mimeType: 'video/mp4', open: () => Readable.from([BYTES]) },
} as unknown as PublishContent;
const ctx: PlatformContext = {
  accountId: 'a',
  externalId: 'o',
  credentials: { accessToken: 't', refreshToken: 'r' },
  signal: new AbortController().signal,
};
const token: ResumeToken = {
  handle: 'p1',
  secretUploadUrl: '',
  size: 1000,
  nextOffset: 0,
  urlExpiresAt: new Date(now.getTime() + 3_600_000).toISOString(),
  restarts: 0,
};
const target: TargetState = {
  status: 'publishing',
  platform: 'tiktok',
  scheduledAt: now,
  staleAt: new Date(now.getTime() + 6 * 3_600_000),
  tries: 0,
  checks: 0,
};
const context = { now, timing: publishingTiming(1), jitter: () => 0 };
/** Target, attempt and what the account is told, after one step of the engine. */
const after = ({ target: change, attempt, effects }: Step) => {
  const trouble = effects.find((effect) => effect.kind === 'account_trouble');
  return [change.status, attempt?.state, trouble?.reason === 'reconnect' ? 'needs_reconnect' : 'active'];
};
const prepared = async () => {
  const outcome: PrepareOutcome = await tiktok.prepare(ctx, content);
  if (outcome.kind === 'saved' || outcome.kind === 'wait' || outcome.kind === 'ready') return ['ready'];
  return after(settlePrepare(target, outcome, context));
};

const REFUSED = ['failed', 'rejected', 'active'];
const WAITS = ['held', 'throttled', 'active'];
const AGAIN = ['scheduled', 'unavailable', 'active'];
const ROWS: readonly (readonly [http: number, code: string, after: readonly string[]])[] = [
  [400, 'invalid_param', REFUSED],
  [400, 'invalid_params', REFUSED],
  [400, 'app_version_check_failed', REFUSED],
  [401, 'access_token_invalid', ['held', 'unauthorised', 'active']],
  [401, 'scope_not_authorized', ['held', 'unauthorised', 'needs_reconnect']],
  [400, 'scope_permission_missed', ['held', 'unauthorised', 'needs_reconnect']],
  [403, 'spam_risk_too_many_posts', WAITS],
  [403, 'spam_risk_user_banned_from_posting', REFUSED],
  [403, 'reached_active_user_cap', WAITS],
  [403, 'unaudited_client_can_only_post_to_private_accounts', REFUSED],
  [403, 'url_ownership_unverified', REFUSED],
  [403, 'privacy_level_option_mismatch', REFUSED],
  [403, 'spam_risk_too_many_pending_share', WAITS],
  [429, 'rate_limit_exceeded', WAITS],
  [500, 'internal_error', AGAIN],
  [503, 'internal_error', AGAIN],
  [400, 'invalid_publish_id', REFUSED],
  [400, 'token_not_authorized_for_specified_publish_id', REFUSED],
  [418, 'never_documented', AGAIN],
];

describe('a code of TikTok and what becomes of target, attempt and account', () => {
  it('has a row here for every row of the table', () => {
    expect([...TIKTOK_ERRORS.keys()].filter((code) => !ROWS.some(([, row]) => row === code))).toEqual([]);
  });

  it.each(ROWS)('%i %s at init', async (status, code, expected) => {
    script.set(INIT, envelope(status, code));
    expect(await prepared()).toEqual(expected);
    expect(seen).toEqual([`POST ${CREATOR}`, `POST ${INIT}`]);
  });

  it.each([
    ['spam_risk_too_many_posts', WAITS],
    ['spam_risk_user_banned_from_posting', REFUSED],
    ['reached_active_user_cap', WAITS],
  ])('200 %s in the pre-flight stops before init', async (code, expected) => {
    script.set(CREATOR, envelope(200, code));
    expect(await prepared()).toEqual(expected);
    expect(seen).toEqual([`POST ${CREATOR}`]);
  });

  it.each([...TIKTOK_FAIL_REASONS, ['never_documented', undefined] as const])('FAILED %s', async (reason, row) => {
    script.set(STATUS, envelope(200, 'ok', { status: 'FAILED', fail_reason: reason }));
    const checked: CheckOutcome = await tiktok.check(ctx, token);
    if (checked.kind !== 'absent' && checked.kind !== 'rejected') throw new Error(checked.kind);
    const attempt = { state: 'processing' as const, absentReads: 0, callDeadlineAt: new Date(now.getTime() - 1) };
    const step = settleSighting(target, attempt, checked, { ...context, rule: tiktok.absenceRule });
    expect(after(step)).toEqual(row === 'absent' ? ['scheduled', 'disproved', 'active'] : REFUSED);
  });

  it.each([
    [201, ['publishing', 'processing', 'active']],
    [206, ['unconfirmed', 'unknown', 'active']],
    [400, REFUSED],
    [403, ['unconfirmed', 'unknown', 'active']],
    [404, ['unconfirmed', 'unknown', 'active']],
    [416, ['unconfirmed', 'unknown', 'active']],
    [500, ['unconfirmed', 'unknown', 'active']],
  ])('HTTP %i for the last chunk', async (status, expected) => {
    script.set('/video/', (response) => void response.writeHead(status).end());
    const outcome = await tiktok.commit(ctx, content, { ...token, secretUploadUrl: `${origin}/video/` });
    expect(after(settleCommit(target, outcome, context))).toEqual(expected);
  });
});

const BAD: readonly (readonly [string, Script])[] = [
  ['truncated JSON', (response) => void response.end('{"data":{"publish_id":"p')],
  ['HTML with 200', (response) => void response.end('<html>Just a moment</html>')],
  ['wrong types', (response) => void response.end('{"data":[],"error":{"code":0}}')],
  ['nothing', (response) => void response.end()],
  ['10 MB of JSON', (response) => void response.end(`{"data":"${'x'.repeat(10_000_000)}"}`)],
  [
    'a redirect to a private address',
    (response) => void response.writeHead(302, { location: `${origin}/secret` }).end(),
  ],
  [
    'a slow drip',
    (response) => {
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    },
  ],
  ['a cut connection', (response) => void response.destroy()],
];

describe.each(BAD)('%s', (_name, bad) => {
  it.each([CREATOR, INIT])('from %s: not sent, and tried again', async (path) => {
    script.set(path, bad);
    expect(await prepared()).toEqual(AGAIN);
  });

  it('from the token endpoint costs no connection and no token', async () => {
    script.set(TOKEN, bad);
    expect((await tiktok.refresh(ctx)).kind).toBe('unavailable');
  });

  it('from the reads says nothing about the post', async () => {
    for (const path of [STATUS, LIST, USER]) script.set(path, bad);
    expect((await tiktok.check(ctx, token)).kind).toBe('unavailable');
    expect((await tiktok.find(ctx, { caption: '', durationMs: 0, marker: '' }, now)).kind).toBe('unavailable');
    expect((await tiktok.connect({ accessToken: 't' }, ctx.signal)).kind).toBe('unavailable');
    expect(seen).not.toContain('GET /secret');
  });
});

describe('an upload_url', () => {
  const initWith = (upload_url: string) => script.set(INIT, envelope(200, 'ok', { publish_id: 'p1', upload_url }));
  const commit = async () => {
    const outcome = await tiktok.prepare(ctx, content);
    if (outcome.kind !== 'ready') throw new Error(outcome.kind);
    return (await tiktok.commit(ctx, content, outcome.resume)).kind;
  };

  it('on another host is used to the letter', async () => {
    const elsewhere = createServer((request, response) => {
      seen.push(`elsewhere ${request.url} ${request.headers.authorization ?? 'no token'}`);
      request.resume();
      request.on('end', () => response.writeHead(201).end());
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    initWith(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/v/?a=%2F&b=1`);
    expect(await commit()).toBe('processing');
    expect(seen).toContain('elsewhere /v/?a=%2F&b=1 no token');
    elsewhere.closeAllConnections();
    elsewhere.close();
  });

  it.each([
    'http://10.0.0.7/video/',
    'https://169.254.169.254/latest/',
    'http://tiktok.example/',
    'ftp://tiktok.example/',
  ])('%s gets no byte', async (url) => {
    initWith(url);
    expect(await commit()).toBe('unavailable');
  });
});
