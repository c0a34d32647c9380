import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { type Choice, clickThrough } from '../support/google-consent.js';
import { call } from './sandbox-wire.js';
import { ShortsWorld } from './shorts-world.js';

let world: ShortsWorld;
beforeAll(async () => {
  world = await ShortsWorld.start();
});
afterAll(() => world.stop());
beforeEach(() => world.connect());
afterEach(() => world.reset());

describe('connecting a channel', () => {
  const request = () => ({
    redirectUri: 'https://app.test/v1/accounts/connect/shorts/callback',
    state: 'state-1',
    codeVerifier: 'v'.repeat(64),
    options: {},
    signal: world.ctx.signal,
  });
  const consent = async (choice: Choice = {}) => {
    const leaving = await world.adapter.oauth.authorize(request());
    if (leaving.kind !== 'redirect') throw new Error(leaving.kind);
    const back = await clickThrough(leaving.url, choice);
    expect(back.origin + back.pathname).toBe(request().redirectUri);
    expect(back.searchParams.get('state')).toBe('state-1');
    return { ...request(), kept: leaving.kept, query: Object.fromEntries(back.searchParams) };
  };

  it('asks for offline access, consent and a PKCE challenge', async () => {
    const leaving = await world.adapter.oauth.authorize(request());
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
      const outcome = await world.adapter.oauth.exchange(await consent({ account: 'mara' }));
      if (outcome.kind !== 'connected') throw new Error(JSON.stringify(outcome));
      const [identity] = outcome.identities;
      expect(identity).toMatchObject({ externalId: world.account.externalId, displayName: 'mara' });
      expect(identity?.notices).toBeUndefined();
      expect(identity?.scopes).toEqual(expect.arrayContaining([...world.adapter.oauth.requiredScopes]));
      expect(identity?.tokenExpiresAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());
      world.ctx = { ...world.ctx, credentials: identity?.credentials ?? {} };
      await world.prepared(world.content());
      expect((await world.adapter.refresh(world.ctx)).kind).toBe('connected');
    }
  });

  it('names the scopes that were unticked, and goes without deletion', async () => {
    const scope = (name: string) => `https://www.googleapis.com/auth/youtube.${name}`;
    const refused = await world.adapter.oauth.exchange(await consent({ without: [scope('upload')] }));
    expect(refused).toMatchObject({ kind: 'unauthorised', reconnect: true });
    expect(refused).toHaveProperty('detail', expect.stringContaining(scope('upload')));
    const limited = await world.adapter.oauth.exchange(await consent({ without: [scope('force-ssl')] }));
    expect(limited).toMatchObject({ identities: [{ notices: [expect.stringContaining('force-ssl')] }] });
  });

  it('says that the user refused', async () => {
    expect(await world.adapter.oauth.exchange(await consent({ decision: 'deny' }))).toMatchObject({
      kind: 'rejected',
      category: 'account_issue',
      platformCode: 'access_denied',
    });
  });

  it('says that a Google account has no channel, before and after', async () => {
    const { credentials } = (
      await world.control('accounts', { platform: 'shorts', handle: 'nobody', hasChannel: false })
    ).json;
    const noChannel = { kind: 'rejected', category: 'account_issue', platformCode: 'youtubeSignupRequired' };
    expect(await world.adapter.oauth.exchange(await consent({ account: 'nobody' }))).toMatchObject(noChannel);
    expect(await world.adapter.connect(credentials, world.ctx.signal)).toMatchObject(noChannel);
    expect(await world.adapter.prepare({ ...world.ctx, credentials }, world.content())).toMatchObject(noChannel);
  });

  it('takes a code once, with the verifier it was asked for', async () => {
    const callback = await consent();
    const stolen = { ...callback, codeVerifier: 'w'.repeat(64) };
    expect(await world.adapter.oauth.exchange(stolen)).toMatchObject({
      kind: 'unauthorised',
      platformCode: 'invalid_grant',
    });
    expect((await world.adapter.oauth.exchange(callback)).kind).toBe('connected');
    expect(await world.adapter.oauth.exchange(callback)).toMatchObject({ platformCode: 'invalid_grant' });
  });

  it('ends only when Google says so', async () => {
    await world.control('faults', { platform: 'shorts', step: 'oauth', kind: 'error-before', code: 503, times: 1 });
    expect((await world.adapter.refresh(world.ctx)).kind).toBe('unavailable');
    await world.control('faults', { platform: 'shorts', step: 'oauth', kind: 'garbage', times: 1 });
    expect((await world.adapter.refresh(world.ctx)).kind).toBe('unavailable');
    await call(`${world.sandbox.urls.youtube}/revoke?token=${world.ctx.credentials['refreshToken']}`, {
      method: 'POST',
    });
    expect(await world.adapter.refresh(world.ctx)).toMatchObject({ kind: 'unauthorised', reconnect: true });
  });
});
