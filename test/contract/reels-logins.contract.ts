import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ReelsAdapter } from '../../src/platforms/adapters/reels/reels.adapter.js';
import type { ExchangeOutcome } from '../../src/platforms/domain/oauth.port.js';
import type { PlatformContext, PlatformRegistry } from '../../src/platforms/domain/platform.port.js';
import type { ConnectedIdentity } from '../../src/platforms/domain/publish-outcome.js';
import { PlatformHttp } from '../../src/platforms/infrastructure/platform-http.js';
import { createPlatforms } from '../../src/platforms/platforms.module.js';
import { CLIP, contentOf, SystemClock } from './adapter-content.js';
import { describeAdapter } from './adapter-suite.js';
import { type SandboxAccount, SandboxProcess } from './sandbox-process.js';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const REDIRECT = 'https://perennial.example/v1/accounts/connect/reels/callback';
const { signal } = new AbortController();

let sandbox: SandboxProcess;
let http: PlatformHttp;
let platforms: PlatformRegistry;
let files: Server;

beforeAll(async () => {
  sandbox = await SandboxProcess.start();
  http = new PlatformHttp({ metadataTimeoutMs: 10_000 }, { allow: ['127.0.0.1/32', 'localhost'] });
  platforms = createPlatforms(sandbox.config, http, new SystemClock());
  files = createServer((_request, response) => response.writeHead(200, { 'content-type': 'video/mp4' }).end(CLIP));
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  files.close();
  await http.close();
  await sandbox.stop();
});
afterEach(async () => {
  await sandbox.clearFaults();
  await sandbox.settings({ instagramWrappedTokens: false, instagramResumable: true });
});

/** The adapter itself, with what the port does not name. */
const reels = () => new ReelsAdapter(sandbox.config.reels, http, new SystemClock());

describeAdapter({
  title: 'reels by Facebook Login',
  name: 'reels',
  facts: { prepare: 'create', commit: 'publish', counters: 'media', captionUnit: 'utf16', tooLong: 'x'.repeat(2201) },
  stage: () => ({ sandbox, platforms }),
  flavour: 'facebook',
  canRemove: true,
});

/** Presses a button of the consent page with some ticks, and follows the browser back into `exchange`. */
const consent = async (
  flavour: string,
  press: { decision: string; isTicked?: (name: string, label: string) => boolean },
): Promise<ExchangeOutcome> => {
  const request = { redirectUri: REDIRECT, state: 'st4te', codeVerifier: 'x'.repeat(43), options: { flavour }, signal };
  const started = await reels().oauth.authorize(request);
  if (started.kind !== 'redirect') throw new Error(JSON.stringify(started));
  const page = await (await fetch(started.url)).text();
  const form = new URLSearchParams([['decision', press.decision]]);
  for (const [, name = '', value = ''] of page.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g))
    form.append(name, value);
  const ticks = page.matchAll(/type="(?:radio|checkbox)" name="([^"]*)" value="([^"]*)"[^>]*> ([^<]*)/g);
  for (const [, name = '', value = '', label = ''] of ticks)
    if (press.isTicked?.(name, label) ?? true) form.append(name, value);
  const { origin, pathname } = new URL(started.url);
  const back = await fetch(origin + pathname, { method: 'POST', body: form, redirect: 'manual' });
  const query = Object.fromEntries(new URL(back.headers.get('location') ?? '').searchParams);
  return reels().oauth.exchange({ ...request, query, kept: started.kept });
};

const identitiesOf = (outcome: ExchangeOutcome): readonly ConnectedIdentity[] => {
  if (outcome.kind !== 'connected') throw new Error(JSON.stringify(outcome));
  return outcome.identities;
};
const contextOf = ({ externalId, credentials }: ConnectedIdentity | SandboxAccount): PlatformContext => ({
  accountId: 'a',
  externalId,
  credentials,
  signal,
});

describe('Instagram Login', () => {
  it.each([false, true])('connects the chosen account for 60 days, token wrapped in data: %s', async (wrapped) => {
    await sandbox.settings({ instagramWrappedTokens: wrapped });
    const account = await sandbox.account('reels');
    const isTicked = (name: string, label: string) => name === 'granted' || label === account.handle;
    const [identity] = identitiesOf(await consent('instagram', { decision: 'allow', isTicked }));
    expect(identity).toMatchObject({ externalId: account.externalId, displayName: account.handle });
    expect(identity?.notices).toBeUndefined();
    expect(identity?.tokenExpiresAt?.getTime()).toBeGreaterThan(Date.now() + 59 * DAY_MS);
    expect((await reels().find(contextOf(identity!), fingerprint, new Date(0))).kind).toBe('listed');
  });

  it('names the permission that was kept back', async () => {
    await sandbox.account('reels');
    const isTicked = (_name: string, label: string) => !label.endsWith('content_publish');
    expect(await consent('instagram', { decision: 'allow', isTicked })).toMatchObject({
      kind: 'unauthorised',
      detail: expect.stringContaining('instagram_business_content_publish'),
    });
  });

  it('says what will not work without a permission it can do without', async () => {
    await sandbox.account('reels');
    const isTicked = (_name: string, label: string) => !label.endsWith('insights');
    const [identity] = identitiesOf(await consent('instagram', { decision: 'allow', isTicked }));
    expect(identity?.notices).toEqual([expect.stringContaining('Views')]);
  });

  it('tells the person what to do after a refusal, and after a code that is worth nothing', async () => {
    expect(await consent('instagram', { decision: 'deny' })).toMatchObject({
      kind: 'rejected',
      platformCode: 'access_denied',
      detail: expect.stringContaining('press Allow'),
    });
    const callback = { redirectUri: REDIRECT, state: 's', codeVerifier: 'v', options: {}, signal, kept: {} };
    const outcome = await reels().oauth.exchange({ ...callback, query: { code: 'spent#_' } });
    expect(outcome).toMatchObject({ kind: 'rejected', detail: expect.stringContaining('Start connecting again') });
  });

  it('asks for a renewal from the second day on only, and never after the end', async () => {
    const account = await sandbox.account('reels');
    const ctx = contextOf(account);
    const issued = (issuedAt: number, expiresAt: number) => ({
      ...ctx,
      credentials: {
        ...ctx.credentials,
        issuedAt: new Date(issuedAt).toISOString(),
        expiresAt: new Date(expiresAt).toISOString(),
      },
    });
    const now = Date.now();
    expect((await reels().refresh(issued(now, now + DAY_MS))).kind).toBe('unavailable');
    const ended = await reels().refresh(issued(now - 2 * DAY_MS, now - 1));
    expect(ended).toMatchObject({ kind: 'unauthorised', reconnect: true });
    // The sandbox's own clock: the token is still too young there, which is no disconnection.
    const refused = await reels().refresh(issued(now - 2 * DAY_MS, now + DAY_MS));
    expect(refused).toMatchObject({ kind: 'rejected', category: 'platform_rejected' });
  });
});

const fingerprint = { caption: '', durationMs: 0, marker: '' };

describe('Facebook Login', () => {
  it('connects one account for each ticked Page that has one, and each posts with its own token', async () => {
    const accounts = [await sandbox.account('reels', 'facebook'), await sandbox.account('reels', 'facebook')];
    const handles = accounts.map(({ handle }) => `Page of ${handle}`);
    const isTicked = (name: string, label: string) =>
      name === 'granted' || handles.includes(label) || label.startsWith('Cooking club');
    const identities = identitiesOf(await consent('facebook', { decision: 'allow', isTicked }));
    expect(identities.map(({ externalId }) => externalId)).toEqual(accounts.map(({ externalId }) => externalId));
    expect(identities.map(({ displayName }) => displayName)).toEqual(accounts.map(({ handle }) => handle));
    expect(new Set(identities.map(({ credentials }) => credentials['accessToken'])).size).toBe(2);
    expect(identities[0]?.notices).toEqual([expect.stringContaining("ends the app's access on")]);
    for (const identity of identities)
      expect((await reels().prepare(contextOf(identity), contentOf())).kind).toBe('saved');
  });

  it('says that no chosen Page has an Instagram account', async () => {
    const isTicked = (name: string, label: string) => name === 'granted' || label.startsWith('Cooking club');
    expect(await consent('facebook', { decision: 'allow', isTicked })).toMatchObject({
      kind: 'rejected',
      category: 'account_issue',
      detail: expect.stringContaining('professional Instagram account'),
    });
  });

  it('names the permission that was kept back', async () => {
    const isTicked = (_name: string, label: string) => label !== 'instagram_content_publish';
    expect(await consent('facebook', { decision: 'allow', isTicked })).toMatchObject({
      kind: 'unauthorised',
      detail: expect.stringContaining('instagram_content_publish'),
    });
  });

  it('connects with a person’s token when it reaches exactly one account', async () => {
    const account = await sandbox.account('reels', 'facebook');
    const credentials = { flavour: 'facebook', accessToken: account.credentials['userToken'] ?? '' };
    const owner = await reels().connect(credentials, signal);
    expect(owner).toMatchObject({ kind: 'connected', externalId: account.externalId });
  });

  it('proves every call to an app that demands it', async () => {
    const account = await sandbox.account('reels', 'facebook');
    await sandbox.settings({ facebookNeedsProof: true });
    const ctx = contextOf(account);
    expect((await reels().prepare(ctx, contentOf())).kind).toBe('saved');
    expect(await reels().publishingLimit(ctx)).toMatchObject({ kind: 'limit', used: 0, total: 50 });
    const careless = new ReelsAdapter({ ...sandbox.config.reels, fbAppSecret: '' }, http, new SystemClock());
    expect((await careless.prepare(ctx, contentOf())).kind).toBe('rejected');
    await sandbox.settings({ facebookNeedsProof: false });
  });

  it('has no token for the other host', async () => {
    const account = await sandbox.account('reels', 'facebook');
    const { flavour: _flavour, ...credentials } = account.credentials;
    expect((await reels().prepare({ ...contextOf(account), credentials }, contentOf())).kind).toBe('unauthorised');
  });
});

describe('a file that Instagram fetches', () => {
  const hosted = (url: string) => {
    const content = contentOf();
    return { ...content, media: { ...content.media, hostedUrl: () => url } };
  };
  const fetching = () => new ReelsAdapter({ ...sandbox.config.reels, source: 'url' }, http, new SystemClock());
  const home = () => `http://127.0.0.1:${(files.address() as AddressInfo).port}/hosted/x.mp4`;

  it('is published with its very bytes where resumable uploads are refused', async () => {
    await sandbox.settings({ instagramResumable: false });
    const account = await sandbox.account('reels');
    const ctx = contextOf(account);
    expect((await reels().prepare(ctx, contentOf())).kind).toBe('rejected');
    const adapter = fetching();
    const content = hosted(home());
    let step = await adapter.prepare(ctx, content);
    for (let turn = 0; turn < 20 && (step.kind === 'saved' || step.kind === 'wait'); turn += 1) {
      if (step.kind === 'wait') await sandbox.advance(step.afterMs);
      step = await adapter.prepare(ctx, content, step.resume);
    }
    if (step.kind !== 'ready') throw new Error(JSON.stringify(step));
    expect((await adapter.commit(ctx, content, step.resume)).kind).toBe('published');
    expect(await sandbox.posts('reels', account)).toMatchObject([{ sha256: content.media.sha256 }]);
  });

  it('says what to check when it cannot be fetched', async () => {
    const ctx = contextOf(await sandbox.account('reels'));
    expect(await fetching().prepare(ctx, hosted('http://127.0.0.1:1/gone.mp4'))).toMatchObject({
      kind: 'unavailable',
      platformCode: '9004/2207052',
      detail: expect.stringContaining('PUBLIC_URL'),
    });
  });
});
