import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { Clock } from '../../src/kernel/clock.port.js';
import { ShortsAdapter } from '../../src/platforms/adapters/shorts/shorts.adapter.js';
import { nextPacificMidnight } from '../../src/platforms/adapters/shorts/pacific-midnight.js';
import { SHORTS_VIDEO_REASONS } from '../../src/platforms/adapters/shorts/shorts.errors.map.js';
import type { PlatformContext } from '../../src/platforms/domain/platform.port.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import type { ResumeToken } from '../../src/platforms/domain/publish-outcome.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { type Choice, clickThrough } from '../support/google-consent.js';
import { call, type Connected, type Json, postJson } from './sandbox-wire.js';

/** The sandbox's time, as a control call last told it. */
class SandboxTime extends Clock {
  aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

const CHUNK = 8 * 1024 * 1024;
const clock = new SandboxTime();
let sandbox: Sandbox;
let http: PlatformHttp;
let adapter: ShortsAdapter;
let account: Connected;
let ctx: PlatformContext;

const control = (path: string, body: unknown = {}) => postJson(`${sandbox.urls.control}/__sim/${path}`, body);
const fault = (spec: object) =>
  control('faults', { platform: 'shorts', account: account.externalId, times: 1, ...spec });
const advance = async (ms: number): Promise<void> => {
  await control('clock', { advanceMs: ms });
  clock.aheadMs += ms;
};
const calls = async (): Promise<Record<string, number>> =>
  (await call(`${sandbox.urls.control}/__sim/calls?platform=shorts`)).json.shorts;
const truth = async (): Promise<Json[]> => (await call(`${sandbox.urls.control}/__sim/posts?platform=shorts`)).json;

const contentOf = (bytes: Buffer = Buffer.alloc(2_000, 1), change: Partial<PublishContent> = {}): PublishContent => ({
  caption: 'Soup in 30 s',
  tags: ['soup'],
  media: {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    mimeType: 'video/mp4',
    durationMs: 6_000,
    width: 720,
    height: 1280,
    fps: 24,
    open: (start = 0, end = bytes.length - 1) => Readable.from([bytes.subarray(start, end + 1)]),
  },
  marker: 'marker-1',
  scheduledAt: clock.now(),
  staleAt: new Date(clock.now().getTime() + 3_600_000),
  options: {},
  ...change,
});

/** Prepares to the last bytes; tokens survive a round trip through JSON. */
const prepared = async (content: PublishContent, from?: ResumeToken): Promise<ResumeToken> => {
  let resume = from;
  for (;;) {
    const outcome = await adapter.prepare(ctx, content, resume);
    if (outcome.kind !== 'saved' && outcome.kind !== 'ready') throw new Error(JSON.stringify(outcome));
    resume = JSON.parse(JSON.stringify(outcome.resume)) as ResumeToken;
    if (outcome.kind === 'ready') return resume;
  }
};

beforeAll(async () => {
  sandbox = await startSandbox({ skylight: false });
  http = new PlatformHttp({ metadataTimeoutMs: 10_000 });
  const { youtube } = sandbox.urls;
  const config = {
    apiUrl: `${youtube}/youtube/v3`,
    uploadUrl: `${youtube}/upload/youtube/v3`,
    tokenUrl: `${youtube}/token`,
    authorizeUrl: `${youtube}/o/oauth2/v2/auth`,
    revokeUrl: `${youtube}/revoke`,
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-secret',
  };
  adapter = new ShortsAdapter(config, http, clock);
});
afterAll(async () => {
  await http.close();
  await sandbox.stop();
});
beforeEach(async () => {
  account = (await control('accounts', { platform: 'shorts', handle: 'mara' })).json;
  const { credentials, externalId } = account;
  ctx = { accountId: 'a1', externalId, credentials, signal: new AbortController().signal };
});
afterEach(async () => {
  await control('reset');
  clock.aheadMs = 0;
});

describe('an upload to YouTube', () => {
  it('goes on in the same session, at the same byte, with a fresh token', async () => {
    const content = contentOf(randomBytes(CHUNK + 5_000));
    const started = await adapter.prepare(ctx, content);
    if (started.kind !== 'saved') throw new Error(started.kind);
    await fault({ step: 'upload', kind: 'auth-expire' });
    expect(await adapter.prepare(ctx, content, started.resume)).toMatchObject({
      kind: 'unauthorised',
      reconnect: false,
    });
    const fresh = await adapter.refresh(ctx);
    if (fresh.kind !== 'connected') throw new Error(fresh.kind);
    expect(fresh.credentials['refreshToken']).toBe(ctx.credentials['refreshToken']);
    ctx = { ...ctx, credentials: fresh.credentials };
    const resume = await prepared(content, started.resume);
    expect(resume).toMatchObject({ handle: started.resume.handle, nextOffset: CHUNK });
    expect((await adapter.commit(ctx, content, resume)).kind).toBe('processing');
    expect(await truth()).toMatchObject([{ sha256: content.media.sha256 }]);
    expect((await calls())['start']).toBe(1);
  });

  it('continues where the server says, not where we stopped sending', async () => {
    const content = contentOf(randomBytes(2 * CHUNK));
    const started = await adapter.prepare(ctx, content);
    if (started.kind !== 'saved') throw new Error(started.kind);
    await fault({ step: 'upload', kind: 'partial-upload' });
    const half = await adapter.prepare(ctx, content, started.resume);
    expect(half).toMatchObject({ kind: 'saved', resume: { nextOffset: CHUNK / 2 } });
    const resume = await prepared(content, started.resume);
    expect((await adapter.commit(ctx, content, resume)).kind).toBe('processing');
    expect(await truth()).toMatchObject([{ sha256: content.media.sha256 }]);
  });

  it('asks the session after a lost chunk, and sends it again only when nothing was stored', async () => {
    const content = contentOf(randomBytes(CHUNK + 5_000));
    const started = await adapter.prepare(ctx, content);
    if (started.kind !== 'saved') throw new Error(started.kind);
    await fault({ step: 'upload', kind: 'drop-before' });
    expect((await adapter.prepare(ctx, content, started.resume)).kind).toBe('unavailable');
    await fault({ step: 'upload', kind: 'drop-after' });
    expect(await adapter.prepare(ctx, content, started.resume)).toMatchObject({ resume: { nextOffset: CHUNK } });
  });

  it('proves by a probe that the last bytes landed although the answer was lost', async () => {
    const content = contentOf();
    const resume = await prepared(content);
    await fault({ step: 'upload', kind: 'drop-after' });
    expect((await adapter.commit(ctx, content, resume)).kind).toBe('unknown');
    expect((await adapter.check(ctx, resume)).kind).toBe('processing');
    await advance(5_000);
    const [post] = await truth();
    expect(await adapter.check(ctx, resume)).toMatchObject({
      kind: 'published',
      platformPostId: post.platformPostId,
      permalink: `https://www.youtube.com/shorts/${post.platformPostId}`,
    });
  });

  it('finds the last bytes there already instead of sending them again', async () => {
    const content = contentOf();
    const resume = await prepared(content);
    await fault({ step: 'upload', kind: 'error-after' });
    expect((await adapter.commit(ctx, content, resume)).kind).toBe('unknown');
    const again = await adapter.prepare(ctx, content, resume);
    expect(again).toMatchObject({ kind: 'ready', resume: { videoId: expect.any(String) } });
    if (again.kind !== 'ready') throw new Error(again.kind);
    expect((await adapter.commit(ctx, content, again.resume)).kind).toBe('processing');
    expect(await truth()).toHaveLength(1);
  });

  it('counts bytes that are missing as absence', async () => {
    const resume = await prepared(contentOf());
    expect(await adapter.check(ctx, resume)).toMatchObject({ kind: 'absent', httpStatus: 308 });
  });

  it('opens another session for one that died before the last bytes, and looks in the list for one that died after', async () => {
    const content = contentOf(randomBytes(CHUNK + 5_000));
    const started = await adapter.prepare(ctx, content);
    if (started.kind !== 'saved') throw new Error(started.kind);
    await advance(8 * 86_400_000);
    const fresh = await adapter.refresh(ctx);
    if (fresh.kind !== 'connected') throw new Error(fresh.kind);
    ctx = { ...ctx, credentials: fresh.credentials };
    const other = await adapter.prepare(ctx, content, started.resume);
    if (other.kind !== 'saved') throw new Error(other.kind);
    expect(other.resume.handle).not.toBe(started.resume.handle);
    expect(await adapter.commit(ctx, content, started.resume)).toMatchObject({ kind: 'unknown', httpStatus: 404 });
    expect(await adapter.check(ctx, started.resume)).toMatchObject({ kind: 'inconclusive', httpStatus: 404 });
  });
});

describe('a video on YouTube', () => {
  const published = async (change: Partial<PublishContent> = {}) => {
    const content = contentOf(randomBytes(500), change);
    const resume = await prepared(content);
    const outcome = await adapter.commit(ctx, content, resume);
    if (outcome.kind !== 'processing') throw new Error(JSON.stringify(outcome));
    return { resume, id: outcome.platformPostId ?? '' };
  };

  it('tells the user when it was forced to private', async () => {
    await control('settings', { shortsForcedPrivate: true });
    const { resume } = await published();
    await advance(5_000);
    expect(await adapter.check(ctx, resume)).toMatchObject({
      kind: 'published',
      notices: [expect.stringContaining('made the video private')],
    });
  });

  it.each([...SHORTS_VIDEO_REASONS].filter(([reason]) => reason !== 'duplicate'))(
    'is refused for good with %s: %s',
    async (code, category) => {
      await fault({ kind: 'fail', code });
      const { resume } = await published();
      await advance(5_000);
      expect(await adapter.check(ctx, resume)).toMatchObject({ kind: 'rejected', category, platformCode: code });
      const found = await adapter.find(ctx, { caption: '', durationMs: 0, marker: 'marker-1' }, new Date(0));
      expect(found).toEqual({ kind: 'listed', posts: [] });
    },
  );

  it('that is a duplicate of our own earlier try proves that one', async () => {
    await control('settings', { shortsRejectDuplicates: true });
    const content = contentOf();
    await adapter.commit(ctx, content, await prepared(content));
    await advance(1_000);
    const again = await prepared(content);
    await adapter.commit(ctx, content, again);
    await advance(5_000);
    const [post, ...more] = await truth();
    expect(more).toEqual([]);
    expect(await adapter.check(ctx, again)).toMatchObject({ kind: 'published', platformPostId: post.platformPostId });
  });

  it("that is a duplicate of somebody else's upload is refused", async () => {
    await control('settings', { shortsRejectDuplicates: true });
    const content = contentOf();
    await adapter.commit(ctx, content, await prepared(content));
    const other = { ...content, marker: 'marker-2' };
    const resume = await prepared(other);
    await adapter.commit(ctx, other, resume);
    await advance(5_000);
    expect(await adapter.check(ctx, resume)).toMatchObject({ kind: 'rejected', platformCode: 'duplicate' });
  });

  it('is found by its marker among private ones too, once the list has it', async () => {
    await control('settings', { shortsListLagMs: 30_000 });
    const { id } = await published({ options: { privacyStatus: 'private' }, marker: 'needle' });
    const fingerprint = { caption: 'x', durationMs: 1, marker: 'needle' };
    const since = new Date(clock.now().getTime() - 60_000);
    expect(await adapter.find(ctx, fingerprint, since)).toEqual({ kind: 'listed', posts: [] });
    await advance(31_000);
    const found = await adapter.find(ctx, fingerprint, since);
    expect(found).toMatchObject({ kind: 'listed', posts: [{ platformPostId: id, marker: 'needle' }] });
  });

  it('gives counters as numbers, and none once it is gone', async () => {
    const { id } = await published();
    await advance(60_000);
    const counted = await adapter.metrics(ctx, id);
    expect(counted).toMatchObject({ kind: 'metrics', views: expect.any(Number), likes: expect.any(Number) });
    expect(await adapter.remove(ctx, id)).toEqual({ kind: 'removed' });
    expect(await adapter.remove(ctx, id)).toEqual({ kind: 'removed' });
    expect(await adapter.metrics(ctx, id)).toEqual({ kind: 'no_data' });
  });
});

describe('caps of YouTube', () => {
  it("waits for midnight in Los Angeles when the project's inserts are spent, and goes on after it", async () => {
    await control('settings', { shortsDailyInserts: 1 });
    await prepared(contentOf());
    const refused = await adapter.prepare(ctx, contentOf());
    const retryAt = nextPacificMidnight(clock.now());
    expect(refused).toMatchObject({ kind: 'throttled', scope: 'app', platformCode: 'quotaExceeded', retryAt });
    await advance(retryAt.getTime() - clock.now().getTime() + 1_000);
    const fresh = await adapter.refresh(ctx);
    if (fresh.kind !== 'connected') throw new Error(fresh.kind);
    ctx = { ...ctx, credentials: fresh.credentials };
    await prepared(contentOf());
  });

  it('waits a day for a channel that has uploaded enough', async () => {
    await control('settings', { shortsChannelDailyUploads: 1 });
    const content = contentOf();
    await adapter.commit(ctx, content, await prepared(content));
    expect(await adapter.prepare(ctx, contentOf())).toMatchObject({
      kind: 'throttled',
      scope: 'account',
      platformCode: 'uploadLimitExceeded',
    });
  });
});

describe('connecting a channel', () => {
  const request = () => ({
    redirectUri: 'https://app.test/v1/accounts/connect/shorts/callback',
    state: 'state-1',
    codeVerifier: 'v'.repeat(64),
    options: {},
    signal: ctx.signal,
  });
  const consent = async (choice: Choice = {}) => {
    const leaving = await adapter.oauth.authorize(request());
    if (leaving.kind !== 'redirect') throw new Error(leaving.kind);
    const back = await clickThrough(leaving.url, choice);
    expect(back.origin + back.pathname).toBe(request().redirectUri);
    expect(back.searchParams.get('state')).toBe('state-1');
    return { ...request(), kept: leaving.kept, query: Object.fromEntries(back.searchParams) };
  };

  it('asks for offline access, consent and a PKCE challenge', async () => {
    const leaving = await adapter.oauth.authorize(request());
    if (leaving.kind !== 'redirect') throw new Error(leaving.kind);
    expect(Object.fromEntries(new URL(leaving.url).searchParams)).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: createHash('sha256').update(request().codeVerifier).digest('base64url'),
      scope: expect.stringContaining('https://www.googleapis.com/auth/youtube.upload'),
    });
  });

  it('gives the channel with tokens that work, a second time too', async () => {
    for (let time = 0; time < 2; time += 1) {
      const outcome = await adapter.oauth.exchange(await consent({ account: 'mara' }));
      if (outcome.kind !== 'connected') throw new Error(JSON.stringify(outcome));
      const [identity] = outcome.identities;
      expect(identity).toMatchObject({ externalId: account.externalId, displayName: 'mara' });
      expect(identity?.notices).toBeUndefined();
      expect(identity?.scopes).toEqual(expect.arrayContaining([...adapter.oauth.requiredScopes]));
      expect(identity?.tokenExpiresAt?.getTime()).toBeGreaterThan(clock.now().getTime());
      ctx = { ...ctx, credentials: identity?.credentials ?? {} };
      await prepared(contentOf());
      expect((await adapter.refresh(ctx)).kind).toBe('connected');
    }
  });

  it('names the scopes that were unticked, and goes without deletion', async () => {
    const scope = (name: string) => `https://www.googleapis.com/auth/youtube.${name}`;
    const refused = await adapter.oauth.exchange(await consent({ without: [scope('upload')] }));
    expect(refused).toMatchObject({ kind: 'unauthorised', reconnect: true });
    expect(refused).toHaveProperty('detail', expect.stringContaining(scope('upload')));
    const limited = await adapter.oauth.exchange(await consent({ without: [scope('force-ssl')] }));
    expect(limited).toMatchObject({ identities: [{ notices: [expect.stringContaining('force-ssl')] }] });
  });

  it('says that the user refused', async () => {
    expect(await adapter.oauth.exchange(await consent({ decision: 'deny' }))).toMatchObject({
      kind: 'rejected',
      category: 'account_issue',
      platformCode: 'access_denied',
    });
  });

  it('says that a Google account has no channel, before and after', async () => {
    const { credentials } = (await control('accounts', { platform: 'shorts', handle: 'nobody', hasChannel: false }))
      .json;
    const noChannel = { kind: 'rejected', category: 'account_issue', platformCode: 'youtubeSignupRequired' };
    expect(await adapter.oauth.exchange(await consent({ account: 'nobody' }))).toMatchObject(noChannel);
    expect(await adapter.connect(credentials, ctx.signal)).toMatchObject(noChannel);
    expect(await adapter.prepare({ ...ctx, credentials }, contentOf())).toMatchObject(noChannel);
  });

  it('takes a code once, with the verifier it was asked for', async () => {
    const callback = await consent();
    const stolen = { ...callback, codeVerifier: 'w'.repeat(64) };
    expect(await adapter.oauth.exchange(stolen)).toMatchObject({ kind: 'unauthorised', platformCode: 'invalid_grant' });
    expect((await adapter.oauth.exchange(callback)).kind).toBe('connected');
    expect(await adapter.oauth.exchange(callback)).toMatchObject({ platformCode: 'invalid_grant' });
  });

  it('ends only when Google says so', async () => {
    await control('faults', { platform: 'shorts', step: 'oauth', kind: 'error-before', code: 503, times: 1 });
    expect((await adapter.refresh(ctx)).kind).toBe('unavailable');
    await control('faults', { platform: 'shorts', step: 'oauth', kind: 'garbage', times: 1 });
    expect((await adapter.refresh(ctx)).kind).toBe('unavailable');
    await call(`${sandbox.urls.youtube}/revoke?token=${ctx.credentials['refreshToken']}`, { method: 'POST' });
    expect(await adapter.refresh(ctx)).toMatchObject({ kind: 'unauthorised', reconnect: true });
  });
});
