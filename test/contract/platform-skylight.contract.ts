import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { consentAtPds } from '../support/atproto-consent.js';
import { contentOf, mediaOf } from './adapter-content.js';
import { describeAdapter } from './adapter-suite.js';
import type { SandboxProcess } from './sandbox-process.js';
import { ANYBODY, contextOf, requestOf, signal, SkylightStage } from './skylight-stage.js';

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
