import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AtpAgent } from '@atproto/api';
import { randomBytes } from 'node:crypto';
import type { SkylightAdapter } from '../../src/platforms/adapters/skylight/skylight.adapter.js';
import type { PlatformContext } from '../../src/platforms/domain/platform.port.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { consentAtPds } from '../support/atproto-consent.js';
import { contentOf, mediaOf } from './adapter-content.js';
import { describeAdapter } from './adapter-suite.js';
import type { SandboxProcess } from './sandbox-process.js';
import { ANYBODY, contextOf, freshContent, type Login, requestOf, signal, SkylightStage } from './skylight-stage.js';

jest.setTimeout(60_000);

let stage: SkylightStage;

beforeAll(async () => {
  stage = await SkylightStage.open();
});
afterAll(() => stage.close());
afterEach(() => stage.sandbox.clearFaults());

describeAdapter({
  title: 'skylight by consent, straight to the PDS',
  name: 'skylight',
  facts: { prepare: 'blob', commit: 'put', counters: 'counters', captionUnit: 'graphemes', tooLong: '👩‍🍳'.repeat(301) },
  stage: () => {
    const adapter = stage.adapter({ upload: 'blob' });
    const consented = Object.create(stage.sandbox, {
      account: {
        value: async () => {
          const who = await stage.account();
          return { ...who, credentials: (await stage.byConsent(adapter, who)).credentials };
        },
      },
    }) as SandboxProcess;
    return {
      sandbox: consented,
      platforms: { get: () => adapter, all: () => [adapter] },
    };
  },
});

describe('consent on AT Protocol', () => {
  it('goes from the handle to a published post', async () => {
    const [adapter, who] = [stage.adapter(), await stage.account()];
    const identity = await stage.byConsent(adapter, who);
    expect(identity).toMatchObject({ externalId: who.externalId, displayName: who.handle });
    expect(identity.scopes).toEqual(adapter.oauth.requiredScopes);
    expect(identity.notices?.join()).toContain('two weeks');
    const content = contentOf();
    const uri = await stage.published(adapter, contextOf(identity.externalId, identity.credentials), content);
    expect(await stage.sandbox.posts('skylight', who)).toMatchObject([
      { platformPostId: uri, caption: content.caption },
    ]);
  });

  it('lets the server ask for the account when no handle is given', async () => {
    const [adapter, who] = [stage.adapter(), await stage.account()];
    const request = requestOf({});
    const sent = await adapter.oauth.authorize(request);
    if (sent.kind !== 'redirect') throw new Error(JSON.stringify(sent));
    const query = await consentAtPds({ url: sent.url, ...who.login });
    const outcome = await adapter.oauth.exchange({ ...request, query, kept: sent.kept });
    expect(outcome).toMatchObject({ kind: 'connected', identities: [{ externalId: who.externalId }] });
  });

  it('keeps no secret but the key in what waits for the callback, and none in the address', async () => {
    const sent = await stage.adapter().oauth.authorize(requestOf({ handle: (await stage.account()).handle }));
    if (sent.kind !== 'redirect') throw new Error(JSON.stringify(sent));
    expect(Object.keys(sent.kept).sort()).toEqual(['authMethod', 'dpopKey', 'issuer']);
    expect([...new URL(sent.url).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
  });

  it('says that the user did not allow it', async () => {
    const [adapter, who] = [stage.adapter(), await stage.account()];
    const request = requestOf({ handle: who.handle });
    const sent = await adapter.oauth.authorize(request);
    if (sent.kind !== 'redirect') throw new Error(JSON.stringify(sent));
    const query = await consentAtPds({ url: sent.url, ...who.login, decision: 'deny' });
    const outcome = await adapter.oauth.exchange({ ...request, query, kept: sent.kept });
    expect(outcome).toMatchObject({ kind: 'rejected', platformCode: 'access_denied' });
  });

  it('does not believe an answer from another server, nor take a code twice', async () => {
    const adapter = stage.adapter();
    const callback = await stage.consent(adapter, await stage.account());
    const foreign = { ...callback, query: { ...callback.query, iss: 'https://elsewhere.example' } };
    expect(await adapter.oauth.exchange(foreign)).toMatchObject({ kind: 'rejected', category: 'platform_rejected' });
    expect((await adapter.oauth.exchange(callback)).kind).toBe('connected');
    expect(await adapter.oauth.exchange(callback)).toMatchObject({ kind: 'rejected', platformCode: 'invalid_grant' });
  });

  it.each([
    ['nobody-has-this.test', { kind: 'rejected', platformCode: 'HandleNotFound' }],
    ['not a handle', { kind: 'rejected', platformCode: 'InvalidHandle' }],
    ['did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', { kind: 'rejected', platformCode: 'DidNotFound' }],
    ['did:key:z6Mk', { kind: 'rejected', platformCode: 'InvalidDid' }],
  ])('has a word for %s', async (handle, expected) => {
    expect(await stage.adapter().oauth.authorize(requestOf({ handle }))).toMatchObject(expected);
  });

  it('offers no consent to an installation without https', async () => {
    const outcome = await stage.adapter({ publicUrl: 'http://perennial.lan' }).oauth.authorize(requestOf({}));
    expect(outcome).toMatchObject({ kind: 'rejected', platformCode: 'invalid_client' });
  });

  it('renews once per token: the old one ends the session at the server, which asks for consent again', async () => {
    const [adapter, who] = [stage.adapter(), await stage.account()];
    const { externalId, credentials } = await stage.byConsent(adapter, who);
    const fresh = await adapter.refresh(contextOf(externalId, credentials));
    if (fresh?.kind !== 'connected') throw new Error(JSON.stringify(fresh));
    expect(fresh.credentials['refreshToken']).not.toBe(credentials['refreshToken']);
    expect(fresh.tokenExpiresAt!.getTime()).toBeGreaterThan(Date.now());
    const replayed = await adapter.refresh(contextOf(externalId, credentials));
    expect(replayed).toMatchObject({ kind: 'unauthorised', reconnect: true, platformCode: 'invalid_grant' });
  });

  it('keeps the session while the token endpoint fails, and loses it only with an answer that got lost', async () => {
    const [adapter, who] = [stage.adapter(), await stage.account()];
    const { externalId, credentials } = await stage.byConsent(adapter, who);
    let ctx = contextOf(externalId, credentials);
    for (const [step, kind] of [
      ['token', 'error-before'],
      ['token', 'drop-before'],
      ['plc', 'garbage'],
    ] as const) {
      await stage.sandbox.fault(ANYBODY, { platform: 'skylight', step, kind, times: 1 });
      expect((await adapter.refresh(ctx))?.kind).toBe('unavailable');
    }
    const fresh = await adapter.refresh(ctx);
    if (fresh?.kind !== 'connected') throw new Error(JSON.stringify(fresh));
    ctx = contextOf(externalId, fresh.credentials);
    await stage.sandbox.fault(ANYBODY, { platform: 'skylight', step: 'token', kind: 'drop-after', times: 1 });
    expect((await adapter.refresh(ctx))?.kind).toBe('unavailable');
    expect(await adapter.refresh(ctx)).toMatchObject({ kind: 'unauthorised', reconnect: true });
  });
});

describe('the video service', () => {
  let adapter: SkylightAdapter;
  let who: Login;
  let ctx: PlatformContext;
  beforeAll(async () => {
    adapter = stage.adapter({ upload: 'video' });
    who = await stage.account();
    ctx = await stage.byPassword(adapter, who);
    await stage.sandbox.settings({ skylightDailyVideos: 1_000 });
  });
  const fault = (kind: string, step?: string, code?: string) =>
    stage.sandbox.fault(who, {
      platform: 'skylight',
      kind,
      ...(step ? { step } : {}),
      times: 1,
      ...(code ? { code } : {}),
    } as never);

  it('takes the same bytes twice and gives the first job again', async () => {
    const same = freshContent();
    await stage.prepared(adapter, ctx, same);
    expect((await stage.prepared(adapter, ctx, same)).kind).toBe('ready');
    expect(await stage.sandbox.posts('skylight', who)).toEqual([]);
  });

  it('understands a job that is wrapped as the lexicon says', async () => {
    await stage.sandbox.settings({ skylightVideoNested: true });
    expect((await stage.prepared(adapter, ctx, freshContent())).kind).toBe('ready');
    await stage.sandbox.settings({ skylightVideoNested: false });
  });

  it.each([
    ['validation_failure', 'user_content'],
    ['encoding_failure', 'user_content'],
    ['pds_upload_unsupported_blob_size', 'user_content'],
    ['unconfirmed_email', 'account_issue'],
  ])('ends for good with %s', async (code, category) => {
    await fault('fail', undefined, code);
    expect(await stage.prepared(adapter, ctx, freshContent())).toMatchObject({
      kind: 'rejected',
      category,
      platformCode: code,
    });
  });

  it('uploads again after a job that failed without our fault', async () => {
    await fault('fail', undefined, 'pds_upload_failure');
    expect((await stage.prepared(adapter, ctx, freshContent())).kind).toBe('ready');
  });

  it('asks for the e-mail address to be confirmed', async () => {
    for (const step of ['video-limits', 'video-upload']) {
      await fault('cap', step, 'unconfirmed_email');
      const outcome = await stage.prepared(adapter, ctx, freshContent());
      expect(outcome).toMatchObject({ kind: 'rejected', category: 'account_issue', platformCode: 'unconfirmed_email' });
      expect(JSON.stringify(outcome)).toContain('Confirm the e-mail address');
    }
  });

  it('waits when the day is used up', async () => {
    await stage.sandbox.settings({ skylightDailyVideos: 1 });
    const outcome = await stage.prepared(adapter, ctx, freshContent());
    expect(outcome).toMatchObject({ kind: 'throttled', scope: 'account', retryAt: expect.any(Date) });
    await stage.sandbox.settings({ skylightDailyVideos: 1_000 });
  });

  it.each(['error-before', 'drop-before', 'garbage', 'rate'])('takes %s at any step for what it is', async (kind) => {
    for (const step of ['video-limits', 'video-upload']) {
      await fault(kind, step);
      expect((await stage.prepared(adapter, ctx, freshContent())).kind).toBe(
        kind === 'rate' ? 'throttled' : 'unavailable',
      );
    }
    const content = freshContent();
    const waiting = await adapter.prepare(ctx, content);
    if (waiting.kind !== 'wait') throw new Error(JSON.stringify(waiting));
    await fault(kind, 'video-job');
    const looked = await adapter.prepare(ctx, content, waiting.resume);
    expect(looked.kind).toBe(kind === 'rate' ? 'throttled' : 'unavailable');
    expect((await adapter.prepare(ctx, content, waiting.resume)).kind).not.toBe('unavailable');
  });
});

describe('an independent client', () => {
  const content = contentOf({
    caption: 'Grüße 🍵 @nobody.test #tea https://example.com/t',
    tags: ['oolong'],
    options: { alt: 'A cup', langs: ['en', 'de'] },
  });

  it('reads what the adapter wrote, word for word', async () => {
    const [adapter, who, friend] = [stage.adapter(), await stage.account(), await stage.account()];
    const ctx = await stage.byPassword(adapter, who);
    const caption = `${content.caption} @${friend.handle}`;
    const uri = await stage.published(adapter, ctx, { ...content, caption });
    const agent = new AtpAgent({ service: stage.config.serviceUrl });
    const { data } = await agent.com.atproto.repo.getRecord({
      repo: who.externalId,
      collection: 'app.bsky.feed.post',
      rkey: uri.split('/').at(-1)!,
    });
    const facet = (text: string, feature: object) => {
      const byteStart = Buffer.byteLength(caption.slice(0, caption.indexOf(text)));
      return { index: { byteStart, byteEnd: byteStart + Buffer.byteLength(text) }, features: [feature] };
    };
    expect(JSON.parse(JSON.stringify(data.value))).toMatchObject({
      text: caption,
      langs: ['en', 'de'],
      tags: ['oolong'],
      embed: {
        alt: 'A cup',
        aspectRatio: { width: 720, height: 1280 },
        video: { mimeType: 'video/mp4', size: content.media.bytes },
      },
      facets: expect.arrayContaining([
        facet('#tea', { $type: 'app.bsky.richtext.facet#tag', tag: 'tea' }),
        facet('https://example.com/t', { $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com/t' }),
        facet(`@${friend.handle}`, { $type: 'app.bsky.richtext.facet#mention', did: friend.externalId }),
      ]),
    });
    expect(JSON.stringify(data.value)).not.toContain('"did":""');
  });

  it('writes what the adapter finds, counts and removes', async () => {
    const [adapter, who] = [stage.adapter(), await stage.account()];
    const ctx = await stage.byPassword(adapter, who);
    const agent = new AtpAgent({ service: stage.config.serviceUrl });
    await agent.login({ identifier: who.handle, password: who.credentials['password']! });
    const since = new Date(Date.now() - 1_000);
    const { uri } = await agent.post({ text: 'By another client' });
    const found = await adapter.find(ctx, { caption: '', durationMs: 0, marker: 'm' }, since);
    expect(found).toMatchObject({ kind: 'listed', posts: [{ platformPostId: uri, caption: 'By another client' }] });
    expect((await adapter.metricsOf(ctx, [uri])).get(uri)?.kind).toBe('metrics');
    expect(await adapter.remove(ctx, uri)).toEqual({ kind: 'removed' });
    expect((await adapter.metricsOf(ctx, [uri])).get(uri)).toEqual({ kind: 'no_data' });
  });
});

describe('counters', () => {
  it('come in calls of 25 and say nothing of posts the AppView has not seen', async () => {
    const [adapter, who] = [stage.adapter({ upload: 'blob' }), await stage.account()];
    const ctx = await stage.byPassword(adapter, who);
    const uri = await stage.published(adapter, ctx, contentOf());
    const others = Array.from({ length: 30 }, (_, n) => `at://${who.externalId}/app.bsky.feed.post/3mdd6zlco5v${n}`);
    const answers = await adapter.metricsOf(ctx, [...others, uri]);
    expect(answers.get(uri)).toMatchObject({
      kind: 'metrics',
      likes: expect.any(Number),
      comments: expect.any(Number),
    });
    expect(answers.get(uri)).not.toHaveProperty('views');
    expect(new Set(others.map((one) => answers.get(one)?.kind))).toEqual(new Set(['no_data']));
    await stage.sandbox.settings({ skylightAppViewLagMs: 600_000 });
    expect((await adapter.metricsOf(ctx, [uri])).get(uri)).toEqual({ kind: 'no_data' });
    await stage.sandbox.settings({ skylightAppViewLagMs: 0 });
  });
});

describe('any server', () => {
  it('is found by the account alone, whichever service is configured', async () => {
    const who = await stage.account();
    const { serviceUrl } = stage.config;
    const outcome = await stage.adapter().connect({ ...who.credentials, identifier: who.externalId }, signal);
    expect(outcome).toMatchObject({ kind: 'connected', credentials: { service: serviceUrl } });
  });

  it('may not be private unless the operator says so, and is told apart from one that is down', async () => {
    const strict = new PlatformHttp();
    const { credentials } = await stage.account();
    const adapter = stage.adapter({}, strict);
    for (const service of ['http://10.0.0.1', 'https://127.0.0.1:9', 'no address'])
      expect(await adapter.connect({ ...credentials, service }, signal)).toMatchObject({
        kind: 'rejected',
        platformCode: 'url.refused',
      });
    await strict.close();
    const down = { ...credentials, service: 'http://localhost:9' };
    expect((await stage.adapter().connect(down, signal)).kind).toBe('unavailable');
  });

  it('cannot lend somebody else’s name: a session is believed where the identity lives', async () => {
    const who = await stage.account();
    const skylight = stage.config;
    const direct = skylight.serviceUrl.replace('localhost', '127.0.0.1');
    // The same server under an address that the DID document does not name: proved at the named one.
    const outcome = await stage.adapter().connect({ ...who.credentials, service: direct }, signal);
    expect(outcome).toMatchObject({ kind: 'connected', credentials: { service: skylight.serviceUrl } });
  });

  it('needs an answer from the directory before ANYBODY is believed', async () => {
    const who = await stage.account();
    await stage.sandbox.fault(who, { platform: 'skylight', step: 'plc', kind: 'error-before', times: 1 });
    expect((await stage.adapter().connect(who.credentials, signal)).kind).toBe('unavailable');
  });
});

it('hands out media once per try: an upload that the server wants proved anew is opened again', async () => {
  const adapter = stage.adapter({ upload: 'blob' });
  const who = await stage.account();
  const { credentials } = await stage.byConsent(adapter, who);
  // A second adapter knows no nonce of this server yet.
  const outcome = await stage.prepared(
    stage.adapter({ upload: 'blob' }),
    contextOf(who.externalId, credentials),
    contentOf({ media: mediaOf(randomBytes(300_000)) }),
  );
  expect(outcome.kind).toBe('ready');
});
