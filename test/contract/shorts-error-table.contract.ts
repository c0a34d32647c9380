import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Clock } from '../../src/kernel/clock.port.js';
import { ShortsAdapter } from '../../src/platforms/adapters/shorts/shorts.adapter.js';
import { SHORTS_DEFAULTS } from '../../src/platforms/adapters/shorts/shorts.config.js';
import type { PlatformContext } from '../../src/platforms/domain/platform.port.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { settleCommit, settlePrepare } from '../../src/publishing/domain/firing/outcome.policy.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import type { Step, TargetState } from '../../src/publishing/domain/targets/target-state.js';

const NOW = new Date('2026-01-26T12:00:00Z');
class FixedClock extends Clock {
  now(): Date {
    return NOW;
  }
}

const context = { now: NOW, timing: publishingTiming(1), jitter: () => 1 };
const target: TargetState = {
  status: 'publishing',
  platform: 'shorts',
  scheduledAt: NOW,
  staleAt: new Date('2026-01-28T12:00:00Z'),
  tries: 0,
  checks: 0,
};

const BYTES = Buffer.alloc(100, 1);
const content: PublishContent = {
  caption: 'Soup',
  tags: [],
  media: {
    sha256: '0',
    bytes: BYTES.length,
    mimeType: 'video/mp4',
    durationMs: 6_000,
    width: 720,
    height: 1280,
    fps: 24,
    open: () => Readable.from([BYTES]),
  },
  marker: 'm1',
  scheduledAt: NOW,
  staleAt: target.staleAt,
  options: {},
};

/** Answers everything with `status` and `body`. */
const reply = { status: 200, body: '' };
let server: Server;
let http: PlatformHttp;
let adapter: ShortsAdapter;
let session: { handle: string; [key: string]: unknown };
const ctx: PlatformContext = {
  accountId: 'a1',
  externalId: 'UC1',
  credentials: { accessToken: 'ya29.x' },
  signal: new AbortController().signal,
};

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().once('end', () => response.writeHead(reply.status).end(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  http = new PlatformHttp();
  adapter = new ShortsAdapter(
    { ...SHORTS_DEFAULTS, apiUrl: url, uploadUrl: url, tokenUrl: url },
    http,
    new FixedClock(),
  );
  const resume = { size: BYTES.length, nextOffset: 0, privacy: 'public', restarts: 0 };
  session = { handle: 'ABg1', secretSessionUri: `${url}/videos?upload_id=ABg1`, ...resume };
});
afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  server.close();
});

/** What a step does to the attempt, the target and the account. */
const effectOf = (step: Step): string => {
  const trouble = step.effects.find((effect) => effect.kind === 'account_trouble');
  const states = `${step.attempt?.state} ${step.target.status}`;
  return trouble ? `${states} ${trouble.reason.split(':')[0]}` : states;
};

const answer = (status: number, reason: string): void => {
  const error = { code: status, message: '', errors: [{ domain: 'youtube.video', reason }] };
  Object.assign(reply, { status, body: JSON.stringify({ error }) });
};

const REFUSED = 'rejected failed';
const HELD = 'throttled held';
/** Row by row, `platforms.md` 3.7: after the session start, and after the last bytes. */
const ROWS: readonly (readonly [status: number, reason: string, start: string, bytes: string])[] = [
  ...[
    'invalidTitle',
    'invalidDescription',
    'invalidTags',
    'invalidCategoryId',
    'invalidPublishAt',
    'invalidVideoMetadata',
    'invalidFilename',
    'invalidRecordingDetails',
    'invalidVideoGameRating',
    'defaultLanguageNotSet',
    'mediaBodyRequired',
    'badRequest',
  ].map((reason) => [400, reason, REFUSED, REFUSED] as const),
  [400, 'uploadLimitExceeded', HELD, HELD],
  [401, 'authError', 'unauthorised held token_refused', 'unauthorised held token_refused'],
  [401, 'UNAUTHENTICATED', 'unauthorised held token_refused', 'unauthorised held token_refused'],
  [401, 'youtubeSignupRequired', `${REFUSED} refused`, `${REFUSED} refused`],
  [403, 'quotaExceeded', HELD, HELD],
  [403, 'dailyLimitExceeded', HELD, HELD],
  [403, 'rateLimitExceeded', HELD, HELD],
  [403, 'userRateLimitExceeded', HELD, HELD],
  [429, 'uploadRateLimitExceeded', HELD, HELD],
  [403, 'accessNotConfigured', REFUSED, REFUSED],
  [403, 'insufficientPermissions', 'unauthorised held reconnect', 'unauthorised held reconnect'],
  [403, 'forbidden', REFUSED, REFUSED],
  [403, 'forbiddenLicenseSetting', REFUSED, REFUSED],
  [403, 'forbiddenPrivacySetting', REFUSED, REFUSED],
  ...['authenticatedUserAccountClosed', 'authenticatedUserAccountSuspended', 'channelClosed', 'channelSuspended'].map(
    (reason) => [403, reason, `${REFUSED} banned`, `${REFUSED} banned`] as const,
  ),
  // Before the last bytes nothing can have happened; after them only a probe tells.
  [500, 'backendError', 'unavailable scheduled', 'unknown unconfirmed'],
  [500, 'internalError', 'unavailable scheduled', 'unknown unconfirmed'],
  [503, 'SERVICE_UNAVAILABLE', 'unavailable scheduled', 'unknown unconfirmed'],
  [502, 'undocumented', 'unavailable scheduled', 'unknown unconfirmed'],
  [403, 'undocumented', 'unavailable scheduled', 'unknown unconfirmed'],
];

describe('what YouTube answers, and what becomes of attempt, target and account', () => {
  it.each(ROWS)('%i %s', async (status, reason, start, bytes) => {
    answer(status, reason);
    const prepared = await adapter.prepare(ctx, content);
    if (prepared.kind === 'saved' || prepared.kind === 'wait' || prepared.kind === 'ready') throw new Error(reason);
    expect(effectOf(settlePrepare(target, prepared, context))).toBe(start);
    expect(effectOf(settleCommit(target, await adapter.commit(ctx, content, session), context))).toBe(bytes);
  });

  it.each([
    [404, 'unknown unconfirmed'],
    [410, 'unknown unconfirmed'],
    [308, 'unavailable scheduled'],
    [500, 'unknown unconfirmed'],
    [502, 'unknown unconfirmed'],
    [503, 'unknown unconfirmed'],
    [504, 'unknown unconfirmed'],
    [429, 'unknown unconfirmed'],
  ])('the last bytes, answered %i without a word', async (status, bytes) => {
    Object.assign(reply, { status, body: '' });
    expect(effectOf(settleCommit(target, await adapter.commit(ctx, content, session), context))).toBe(bytes);
  });
});
