import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { TikTokAdapter } from '../../src/platforms/adapters/tiktok/tiktok.adapter.js';
import { TIKTOK_DEFAULTS, type TikTokConfig } from '../../src/platforms/adapters/tiktok/tiktok.config.js';
import { matchCandidates } from '../../src/platforms/domain/caption-matching.js';
import type { PlatformContext } from '../../src/platforms/domain/platform.port.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import type { Credentials, ResumeToken } from '../../src/platforms/domain/publish-outcome.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { VIDEO } from './sandbox-wire.js';
import { type Creator, REDIRECT, TikTokWorld } from './tiktok-world.js';

Logger.overrideLogger(false);
const { signal } = new AbortController();
let world: TikTokWorld;
let http: PlatformHttp;
let files: Server;
let hosted: string;

beforeAll(async () => {
  world = await TikTokWorld.start();
  http = new PlatformHttp({ metadataTimeoutMs: 2_000 }, { allow: ['127.0.0.1/32'] });
  files = createServer((request, response) => void response.end(VIDEO));
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  hosted = `http://127.0.0.1:${(files.address() as AddressInfo).port}/clip.mp4`;
});
afterAll(async () => {
  files.closeAllConnections();
  files.close();
  await http.close();
  await world.stop();
});
afterEach(() => world.control('reset'));

const adapter = (change: Partial<TikTokConfig> = {}): TikTokAdapter => {
  const app = { clientKey: 'sandbox-client', clientSecret: 'sandbox-secret' };
  const urls = { apiUrl: world.url, authorizeUrl: `${world.url}/v2/auth/authorize/` };
  return new TikTokAdapter({ ...TIKTOK_DEFAULTS, ...urls, ...app, ...change }, http, { now: () => new Date() });
};
const contextOf = ({ externalId }: Creator, credentials: Credentials): PlatformContext => ({
  accountId: 'a',
  externalId,
  credentials,
  signal,
});
const contentOf = (options: PublishContent['options'] = {}): PublishContent => ({
  caption: 'Soup in 30 s #soup',
  tags: [],
  options,
  marker: 'm1',
  scheduledAt: new Date(),
  staleAt: new Date(Date.now() + 3_600_000),
  media: {
    sha256: '',
    bytes: VIDEO.length,
    mimeType: 'video/mp4',
    durationMs: 6_000,
    width: 720,
    height: 1280,
    fps: 30,
    open: (start = 0, end = VIDEO.length - 1) => Readable.from([VIDEO.subarray(start, end + 1)]),
    hostedUrl: () => hosted,
  },
});
const ready = async (tiktok: TikTokAdapter, ctx: PlatformContext, resume?: ResumeToken): Promise<ResumeToken> => {
  const outcome = await tiktok.prepare(ctx, contentOf(), resume);
  if (outcome.kind !== 'ready') throw new Error(JSON.stringify(outcome));
  return JSON.parse(JSON.stringify(outcome.resume)) as ResumeToken;
};
const processed = async (): Promise<void> => {
  for (let n = 0; n < 2; n += 1) await world.control('clock', { advanceMs: 5_000 });
};

describe('connecting to TikTok', () => {
  const request = { redirectUri: REDIRECT, state: 'st', codeVerifier: 'v'.repeat(43), options: {}, signal };
  const comeBack = async (tiktok: TikTokAdapter, creator: Creator, granted?: readonly string[]) => {
    const asked = await tiktok.oauth.authorize(request);
    if (asked.kind !== 'redirect') throw new Error(asked.kind);
    const choice = { creator, decision: 'allow' as const, ...(granted ? { granted } : {}) };
    const back = await world.consent(asked.url, choice);
    return tiktok.oauth.exchange({ ...request, kept: asked.kept, query: Object.fromEntries(back.searchParams) });
  };

  it('gives credentials that post, with the lifetimes of the answer', async () => {
    const creator = await world.creator();
    const tiktok = adapter();
    const connected = await comeBack(tiktok, creator);
    if (connected.kind !== 'connected') throw new Error(JSON.stringify(connected));
    const [identity] = connected.identities;
    expect(identity).toMatchObject({ externalId: creator.externalId, displayName: creator.handle });
    expect(identity?.notices).toBeUndefined();
    expect(identity?.tokenExpiresAt?.getTime()).toBeGreaterThan(Date.now() + 7_000_000);
    await ready(tiktok, contextOf(creator, identity!.credentials));
  });

  it('names what was not granted, and tells what only narrows', async () => {
    const creator = await world.creator();
    expect(await comeBack(adapter(), creator, ['user.info.basic', 'video.list'])).toMatchObject({
      kind: 'unauthorised',
      reconnect: true,
      detail: expect.stringContaining('video.publish'),
    });
    const narrow = await comeBack(adapter(), creator, ['user.info.basic', 'video.publish']);
    expect(narrow).toMatchObject({
      kind: 'connected',
      identities: [{ notices: [expect.stringContaining('video.list')] }],
    });
  });

  it.each([
    [{ error: 'access_denied', error_description: 'no' }, 'rejected'],
    [{ error: 'temporarily_unavailable' }, 'unavailable'],
    [{ error: 'never_documented' }, 'unavailable'],
    [{}, 'rejected'],
    [{ code: 'forged' }, 'unauthorised'],
  ])('a browser that brings %j: %s', async (query, kind) => {
    expect((await adapter().oauth.exchange({ ...request, kept: {}, query })).kind).toBe(kind);
  });

  it('tells the limits of an app before its audit, and posts privately', async () => {
    await world.control('settings', { tiktokUnaudited: true });
    const creator = await world.creator({ isPrivate: true });
    const tiktok = adapter({ isAudited: false });
    const owner = await tiktok.connect(creator.credentials, signal);
    expect(owner).toMatchObject({ kind: 'connected', notices: [expect.any(String), expect.any(String)] });
    const ctx = contextOf(creator, creator.credentials);
    const token = await ready(tiktok, ctx);
    await tiktok.commit(ctx, contentOf(), token);
    await processed();
    expect(await tiktok.check(ctx, token)).toEqual({
      kind: 'published',
      platformCode: 'PUBLISH_COMPLETE',
      staysWithoutId: true,
    });
  });
});

describe('posting to TikTok', () => {
  it('keeps to what the creator switched off', async () => {
    const creator = await world.creator({ isPrivate: true, disabled: ['duet', 'stitch', 'comment'] });
    await ready(adapter(), contextOf(creator, creator.credentials));
  });

  it('polls the same publish after the token expired in between', async () => {
    const creator = await world.creator();
    const tiktok = adapter();
    const ctx = contextOf(creator, creator.credentials);
    const token = await ready(tiktok, ctx);
    await tiktok.commit(ctx, contentOf(), token);
    await world.control('clock', { advanceMs: 7_200_000 });
    expect(await tiktok.check(ctx, token)).toMatchObject({ kind: 'unauthorised', reconnect: false });
    const fresh = await tiktok.refresh(ctx);
    if (fresh.kind !== 'connected') throw new Error(fresh.kind);
    await processed();
    const checked = await tiktok.check({ ...ctx, credentials: fresh.credentials }, token);
    expect(checked).toMatchObject({ kind: 'published', platformPostId: expect.stringMatching(/^746\d{16}$/) });
    expect(await world.truth(creator)).toHaveLength(1);
  });

  it('takes a new publish after one that failed, and sends a dead one nothing more', async () => {
    const creator = await world.creator();
    const tiktok = adapter();
    const ctx = contextOf(creator, creator.credentials);
    await world.control('faults', { platform: 'tiktok', kind: 'fail', times: 1, account: creator.externalId });
    const dead = await ready(tiktok, ctx);
    await tiktok.commit(ctx, contentOf(), dead);
    await processed();
    expect(await tiktok.check(ctx, dead)).toMatchObject({ kind: 'absent', platformCode: 'internal' });
    const next = await ready(tiktok, ctx, dead);
    expect(next.handle).not.toBe(dead.handle);
    await tiktok.commit(ctx, contentOf(), next);
    expect(await world.truth(creator)).toMatchObject([{ handle: next.handle }]);
  });

  it('never sends the last chunk again to a publish that has it', async () => {
    const creator = await world.creator();
    const tiktok = adapter();
    const ctx = contextOf(creator, creator.credentials);
    const token = await ready(tiktok, ctx);
    await tiktok.commit(ctx, contentOf(), token);
    const again = await ready(tiktok, ctx, token);
    expect(await tiktok.commit(ctx, contentOf(), again)).toMatchObject({ kind: 'processing' });
    expect(await world.truth(creator)).toHaveLength(1);
  });
});

describe('a pull from our address', () => {
  const begin = async () => {
    const creator = await world.creator();
    const tiktok = adapter({ source: 'url' });
    const ctx = contextOf(creator, creator.credentials);
    return { creator, tiktok, ctx, token: await ready(tiktok, ctx) };
  };
  const settledIn = async ({ tiktok, ctx }: Awaited<ReturnType<typeof begin>>, token: ResumeToken) => {
    const deadline = Date.now() + 5_000;
    for (;;) {
      await processed();
      const checked = await tiktok.check(ctx, token);
      if (checked.kind !== 'processing' || Date.now() > deadline) return checked;
    }
  };

  it('is not ordered before the commit, whose answer names the publish', async () => {
    const it = await begin();
    expect(await it.tiktok.check(it.ctx, it.token)).toMatchObject({ kind: 'inconclusive' });
    const outcome = await it.tiktok.commit(it.ctx, contentOf(), it.token);
    if (outcome.kind !== 'processing' || !outcome.resume) throw new Error(JSON.stringify(outcome));
    expect(outcome.resume.handle).toMatch(/^v_pub_url~/);
    expect(JSON.stringify(outcome.resume)).not.toContain(hosted);
    expect(await settledIn(it, outcome.resume)).toMatchObject({ kind: 'published' });
    expect(await world.truth(it.creator)).toMatchObject([{ bytes: VIDEO.length }]);
  });

  it.each(['drop-after', 'error-after', 'garbage', 'error-before', 'drop-before'])(
    'is in doubt after %s: the list may prove it, nothing may disprove it',
    async (kind) => {
      const it = await begin();
      const fault = { platform: 'tiktok', step: 'init', kind, times: 1, account: it.creator.externalId };
      await world.control('faults', fault);
      const committedAt = new Date();
      expect((await it.tiktok.commit(it.ctx, contentOf(), it.token)).kind).toBe('unknown');
      expect(it.tiktok.absenceRuleOf(it.token).witness).toBe('none');
      const fingerprint = { caption: contentOf().caption, durationMs: 0, marker: 'm1' };
      const landed = !kind.endsWith('before');
      const deadline = Date.now() + 5_000;
      for (;;) {
        await processed();
        const found = await it.tiktok.find(it.ctx, fingerprint, new Date(committedAt.getTime() - 60_000));
        if (found.kind !== 'listed') throw new Error(found.kind);
        const ours = matchCandidates(found.posts, { ...fingerprint, committedAt, takenIds: new Set() });
        if (!landed || ours.length === 1 || Date.now() > deadline) return expect(ours).toHaveLength(landed ? 1 : 0);
      }
    },
  );

  it('is tried with a fresh pre-flight and a fresh order', async () => {
    const it = await begin();
    expect(await ready(it.tiktok, it.ctx, it.token)).toMatchObject({ source: 'url', handle: 'pull:m1' });
  });

  it('sends bytes where nobody can fetch from us', async () => {
    const creator = await world.creator();
    const { hostedUrl: _hostedUrl, ...media } = contentOf().media;
    const ctx = contextOf(creator, creator.credentials);
    const outcome = await adapter({ source: 'url' }).prepare(ctx, { ...contentOf(), media });
    expect(outcome).toMatchObject({ kind: 'ready', resume: { source: 'file' } });
  });
});
