import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReelsAdapter } from '../../src/platforms/adapters/reels/reels.adapter.js';
import { REELS_DEFAULTS } from '../../src/platforms/adapters/reels/reels.config.js';
import type { PlatformContext } from '../../src/platforms/domain/platform.port.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { settleCommit, settlePrepare } from '../../src/publishing/domain/firing/outcome.policy.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import type { Step, TargetState } from '../../src/publishing/domain/targets/target-state.js';
import { contentOf, SystemClock } from './adapter-content.js';

const context = { now: new Date(), timing: publishingTiming(1), jitter: () => 1 };
const target: TargetState = {
  status: 'publishing',
  platform: 'reels',
  scheduledAt: context.now,
  staleAt: new Date(Date.now() + 172_800_000),
  tries: 0,
  checks: 0,
};
const token = { handle: '179', uploadUri: 'https://rupload.facebook.com/x', step: 'ready', polls: 0, restarts: 0 };

type Answer = (response: ServerResponse) => void;
const json =
  (status: number, body: unknown): Answer =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const refusal = (code: number, subcode?: number): Answer =>
  json(400, { error: { message: 'no', type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'F' } });

/** What the next POST gets; a container that is asked about afterwards. */
let answer: Answer;
let containerStatus: string;
let posts: number;
let server: Server;
let http: PlatformHttp;
let adapter: ReelsAdapter;
let ctx: PlatformContext;

beforeAll(async () => {
  server = createServer((request, response) => {
    const isPost = request.method === 'POST';
    if (isPost) posts += 1;
    const reply = isPost ? answer : json(200, { status_code: containerStatus });
    request.resume().once('end', () => reply(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = new PlatformHttp({ metadataTimeoutMs: 1_500 });
  adapter = new ReelsAdapter({ ...REELS_DEFAULTS, graphUrl: url, ruploadUrl: url }, http, new SystemClock());
  const { signal } = new AbortController();
  ctx = { accountId: 'a1', externalId: '178', credentials: { accessToken: 'IGx' }, signal };
});
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  posts = 0;
  containerStatus = 'FINISHED';
});

/** What a step does to the attempt, the target and the account. */
const effectOf = (step: Step): string => {
  const trouble = step.effects.find((effect) => effect.kind === 'account_trouble');
  const states = `${step.attempt?.state} ${step.target.status}`;
  return trouble ? `${states} ${trouble.reason.split(':')[0]}` : states;
};
const creating = async (given: Answer): Promise<string> => {
  answer = given;
  const outcome = await adapter.prepare(ctx, contentOf());
  if (outcome.kind === 'saved' || outcome.kind === 'wait' || outcome.kind === 'ready') return outcome.kind;
  return effectOf(settlePrepare(target, outcome, context));
};
const publishing = async (given: Answer): Promise<string> => {
  answer = given;
  return effectOf(settleCommit(target, await adapter.commit(ctx, contentOf(), token), context));
};

const LATER = 'unavailable scheduled';
const DOUBT = 'unknown unconfirmed';
const NO = 'rejected failed';
const HELD = 'throttled held';
const STALE = 'unauthorised held token_refused';
const LOST = 'unauthorised held reconnect';

/** `platforms.md` 2.5: code, subcode, then attempt, target and account after creating and after publishing. */
const ROWS: readonly (readonly [number, number | undefined, string, string])[] = [
  [-2, 2207003, LATER, LATER],
  [-2, 2207020, LATER, LATER],
  [-1, 2207001, LATER, DOUBT],
  [-1, 2207032, LATER, DOUBT],
  [-1, 2207053, LATER, DOUBT],
  [1, 2207057, NO, NO],
  [4, 2207051, HELD, DOUBT],
  [9, 2207042, HELD, HELD],
  [24, 2207006, LATER, DOUBT],
  [24, 2207008, LATER, DOUBT],
  [25, 2207050, `${NO} refused`, `${NO} refused`],
  [100, 2207023, NO, NO],
  [100, 2207028, NO, NO],
  [100, 2207035, NO, NO],
  [100, 2207036, NO, NO],
  [100, 2207037, NO, NO],
  [100, 2207040, NO, NO],
  [352, 2207026, NO, NO],
  [9004, 2207052, LATER, DOUBT],
  [9007, 2207027, LATER, LATER],
  [36000, 2207004, NO, NO],
  [36001, 2207005, NO, NO],
  [36003, 2207009, NO, NO],
  [36004, 2207010, NO, NO],
  [-1, 2207076, LATER, DOUBT],
  [-1, 2207077, LATER, DOUBT],
  [-1, 2207082, LATER, DOUBT],
  [-1, 2207067, LATER, DOUBT],
  [-1, 2207085, LATER, DOUBT],
  [1, undefined, LATER, DOUBT],
  [2, undefined, LATER, DOUBT],
  [4, undefined, HELD, HELD],
  [17, undefined, HELD, HELD],
  [32, undefined, HELD, HELD],
  [613, undefined, HELD, HELD],
  [80002, undefined, HELD, HELD],
  [10, undefined, LOST, LOST],
  [200, undefined, LOST, LOST],
  [250, undefined, LOST, LOST],
  [299, undefined, LOST, LOST],
  [100, undefined, NO, NO],
  [100, 33, LATER, DOUBT],
  [102, undefined, STALE, STALE],
  [190, undefined, STALE, STALE],
  [190, 458, LOST, LOST],
  [190, 459, LOST, LOST],
  [190, 460, LOST, LOST],
  [190, 463, STALE, STALE],
  [190, 464, LOST, LOST],
  [190, 467, STALE, STALE],
  [190, 492, LOST, LOST],
  [341, undefined, HELD, HELD],
  [368, undefined, HELD, HELD],
  [506, undefined, NO, DOUBT],
  [77777, undefined, LATER, DOUBT],
];

describe('what Instagram says, and what becomes of attempt, target and account', () => {
  it.each(ROWS)('%s/%s: %s; at media_publish %s', async (...[code, subcode, create, publish]) => {
    expect(await creating(refusal(code, subcode))).toBe(create);
    expect(await publishing(refusal(code, subcode))).toBe(publish);
    expect(posts).toBe(2);
  });

  it('does not believe a throttled publish whose container is not FINISHED any more', async () => {
    containerStatus = 'PUBLISHED';
    expect(await publishing(refusal(4))).toBe(DOUBT);
  });

  const html: Answer = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello');
  const truncated: Answer = (response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{"id":"180');
    response.destroy();
  };
  const huge: Answer = (response) => response.writeHead(200).end(`{"id":"180","x":"${'x'.repeat(10_000_000)}"}`);
  const toMetadata: Answer = (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
  const drip: Answer = (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(' '), 20);
    response.once('close', () => clearInterval(timer));
  };

  it.each([
    ['HTML with 200', html],
    ['a body cut short', truncated],
    ['wrong types', json(200, { id: { nested: true } })],
    ['an error of a wrong type', json(400, { error: 'no' })],
    ['10 MB of JSON', huge],
    ['a redirect to a private address', toMetadata],
    ['a slow drip', drip],
    ['500 without words', json(500, {})],
    ['a dropped connection', (response: ServerResponse) => response.destroy()],
  ] as const)('%s: later, and in doubt at media_publish', async (_name, given) => {
    expect(await creating(given)).toBe(LATER);
    expect(await publishing(given)).toBe(DOUBT);
    expect(posts).toBe(2);
  });
});
