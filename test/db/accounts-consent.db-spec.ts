import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountsModule, TokenVault } from '../../src/accounts/index.js';
import type {
  ExchangeOutcome,
  OAuthCallback,
  OAuthRequest,
  PlatformOAuth,
} from '../../src/platforms/domain/oauth.port.js';
import type { PlatformName } from '../../src/platforms/domain/platform-name.js';
import {
  type Platform,
  type PlatformCapabilities,
  PlatformRegistry,
} from '../../src/platforms/domain/platform.port.js';
import type { ConnectedIdentity } from '../../src/platforms/domain/publish-outcome.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { BootstrapWorkspace } from '../../src/workspaces/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

const VERIFIER = /^[\w.~-]{43,128}$/;

/** A platform with a consent page: it keeps codes, checks PKCE, the address and what it gave us to keep. */
class ConsentingPlatform implements PlatformOAuth {
  readonly requiredScopes = ['publish'];
  readonly begun: OAuthRequest[] = [];
  exchanges = 0;
  refusal: Exclude<ExchangeOutcome, { kind: 'connected' }> | undefined;
  isBroken = false;
  private readonly codes = new Map<
    string,
    { identities: ConnectedIdentity[]; challenge: string; redirectUri: string }
  >();

  authorize(request: OAuthRequest) {
    this.begun.push(request);
    const { state, redirectUri, options, codeVerifier } = request;
    if (options['flavour'] === 'none')
      return Promise.resolve({ kind: 'rejected', category: 'user_content', detail: 'No such flavour.' } as const);
    const url = new URL('https://consent.example/authorize');
    const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
    url.search = new URLSearchParams({ state, redirect_uri: redirectUri, code_challenge: challenge }).toString();
    return Promise.resolve({ kind: 'redirect', url: url.href, kept: { proof: `kept-${state}` } } as const);
  }

  /** The person presses "Allow". @returns the query the browser comes back with */
  allow(consentUrl: string, names: readonly string[]): string {
    const asked = new URL(consentUrl).searchParams;
    const code = `code-${this.codes.size}`;
    const identities = names.map((name) => ({
      externalId: name,
      displayName: `<b>${name}</b>`,
      credentials: { token: `token-of-${name}-${code}` },
      scopes: ['publish'],
      notices: ['Posts are private until the app is audited.'],
    }));
    const [challenge, redirectUri] = [asked.get('code_challenge') ?? '', asked.get('redirect_uri') ?? ''];
    this.codes.set(code, { identities, challenge, redirectUri });
    return `?${new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString()}`;
  }

  exchange({ query, codeVerifier, redirectUri, kept, state }: OAuthCallback): Promise<ExchangeOutcome> {
    this.exchanges += 1;
    if (this.isBroken) return Promise.reject(new Error('bug'));
    if (this.refusal) return Promise.resolve(this.refusal);
    const grant = this.codes.get(query['code'] ?? '');
    this.codes.delete(query['code'] ?? '');
    const isOurs =
      createHash('sha256').update(codeVerifier).digest('base64url') === grant?.challenge &&
      redirectUri === grant.redirectUri &&
      kept['proof'] === `kept-${state}`;
    return Promise.resolve(
      grant && isOurs
        ? { kind: 'connected', identities: grant.identities }
        : { kind: 'rejected', category: 'account_issue', detail: 'The code is not valid.' },
    );
  }
}

class OnePlatform extends PlatformRegistry {
  constructor(private readonly oauth: PlatformOAuth) {
    super();
  }
  get(name: PlatformName): Platform {
    const capabilities = () => ({ displayName: 'Some' }) as PlatformCapabilities;
    return { capabilities, ...(name === 'discord' ? {} : { oauth: this.oauth }) } as unknown as Platform;
  }
  all() {
    return [];
  }
}

describe('connecting by consent', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let platform: ConsentingPlatform;
  let key: string;
  let otherKey: string;
  let counter = 0;

  beforeAll(async () => {
    db = await createTestDatabase();
    platform = new ConsentingPlatform();
    partial = await startPartialApp(db, {
      imports: [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), AccountsModule],
      replace: new Map([[PlatformRegistry, new OnePlatform(platform)]]),
    });
    key = (await partial.app.get(BootstrapWorkspace).execute()).apiKey ?? '';
    const other = { name: 'Other', region: 'eu', timeZone: 'UTC' };
    otherKey = (await partial.send({ method: 'POST', path: '/v1/workspaces', key, body: other })).body.apiKey;
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });
  beforeEach(() => {
    platform.refusal = undefined;
    platform.isBroken = false;
  });

  const newName = () => `user-${(counter += 1)}`;
  const begin = (body: unknown = {}, headers: Record<string, string> = {}, as = key, name = 'tiktok') =>
    partial.send({ method: 'POST', path: `/v1/accounts/connect/${name}`, key: as, body, headers });
  const back = (query: string, headers: Record<string, string> = {}, name = 'tiktok') =>
    partial.send({
      path: `/v1/accounts/connect/${name}/callback${query}`,
      headers: { accept: 'application/json', ...headers },
    });
  const connect = async (names: readonly string[], body: unknown = {}) =>
    back(platform.allow((await begin(body)).body.url, names));
  const accountsOf = async (as = key) => (await partial.send({ path: '/v1/accounts?limit=100', key: as })).body.items;
  const page = async (query: string) => {
    const url = await partial.app.getUrl();
    const answer = await fetch(`${url}/v1/accounts/connect/tiktok/callback${query}`);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };

  it('leads to the consent page and back to a connected account of the workspace that asked', async () => {
    const name = newName();
    const begun = await begin({ region: 'eu', displayName: 'Mine' }, {}, otherKey);
    expect(begun).toMatchObject({ status: 201, body: { url: expect.stringContaining('https://consent.example/') } });
    const minutes = (new Date(begun.body.expiresAt).getTime() - Date.now()) / 60_000;
    expect(Math.round(minutes)).toBe(10);
    expect(platform.begun.at(-1)?.codeVerifier).toMatch(VERIFIER);
    expect(platform.begun.at(-1)?.redirectUri).toMatch(/\/v1\/accounts\/connect\/tiktok\/callback$/);
    const done = await back(platform.allow(begun.body.url, [name]));
    expect(done).toMatchObject({
      status: 200,
      body: { accounts: [{ externalId: name, displayName: 'Mine', region: 'eu' }] },
    });
    expect(done.body.notices).toEqual(['Posts are private until the app is audited.']);
    expect((await accountsOf(otherKey)).map((one: { externalId: string }) => one.externalId)).toContain(name);
    expect((await accountsOf()).map((one: { externalId: string }) => one.externalId)).not.toContain(name);
    const access = await partial.app.get(TokenVault).contextOf(done.body.accounts[0].id);
    expect(access?.credentials['token']).toContain(name);
  });

  it('connects every identity the login holds, and the same one again as the same account', async () => {
    const names = [newName(), newName(), newName()];
    const first = await connect(names, { displayName: 'One name for all?' });
    expect(first.body.accounts.map((one: { externalId: string }) => one.externalId).sort()).toEqual([...names].sort());
    expect(first.body.accounts[0].displayName).not.toBe('One name for all?');
    const again = await connect([names[0] ?? '']);
    const ids = first.body.accounts.map((one: { id: string }) => one.id);
    expect(ids).toContain(again.body.accounts[0].id);
  });

  it('takes a state once, in time, on its own platform, and not from thin air', async () => {
    const query = platform.allow((await begin()).body.url, [newName()]);
    expect(await back(query, {}, 'reels')).toMatchObject({ status: 400, body: { code: 'account.consent_unknown' } });
    expect(await back(query)).toMatchObject({ status: 200 });
    expect(await back(query)).toMatchObject({ status: 400, body: { code: 'account.consent_unknown' } });
    const late = platform.allow((await begin()).body.url, [newName()]);
    await db.database.affected(`update oauth_attempt set expires_at = clock_timestamp()`);
    const asked = platform.exchanges;
    expect(await back(late)).toMatchObject({ status: 400 });
    expect(await back('?code=x&state=guess')).toMatchObject({ status: 400 });
    expect(await back('')).toMatchObject({ status: 400 });
    expect(platform.exchanges).toBe(asked);
  });

  it('gives two browsers that return at once one connection', async () => {
    const query = platform.allow((await begin()).body.url, [newName()]);
    const statuses = (await Promise.all([back(query), back(query)])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 400]);
  });

  it('binds a consent to the browser that began it, where a browser began it', async () => {
    const begun = await begin({}, { 'sec-fetch-site': 'same-origin' });
    const cookie = begun.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^consent_\w+=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
    expect(await back(platform.allow(begun.body.url, [newName()]))).toMatchObject({ status: 400 });
    const second = await begin({}, { 'sec-fetch-site': 'same-origin' });
    const mark = (second.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const query = platform.allow(second.body.url, [newName()]);
    expect(await back(query, { cookie: `other=1; ${mark}` })).toMatchObject({ status: 200 });
  });

  const MISSING = { kind: 'unauthorised', reconnect: true, detail: 'Allow publish.' } as const;
  const OLD_CODE = { kind: 'rejected', category: 'account_issue', detail: 'Old code.' } as const;

  it.each([
    { what: 'a denial', query: '&error=access_denied', status: 403, code: 'account.consent_denied' },
    { what: 'missing scopes', refusal: MISSING, status: 422, code: 'account.consent_refused' },
    { what: 'a refused code', refusal: OLD_CODE, status: 422, code: 'account.consent_refused' },
    {
      what: 'no answer',
      refusal: { kind: 'unavailable' } as const,
      status: 503,
      code: 'account.platform_unreachable',
    },
  ])('stores nothing after $what and says so', async ({ refusal, query = '&code=x', status, code }) => {
    const before = (await accountsOf()).length;
    platform.refusal = refusal;
    const state = new URL((await begin()).body.url).searchParams.get('state');
    const answer = await back(`?state=${state}${query}`);
    expect(answer).toMatchObject({ status, body: { code } });
    if (refusal && 'detail' in refusal) expect(answer.body.detail).toContain(refusal.detail);
    expect((await accountsOf()).length).toBe(before);
    expect(await db.database.rows(`select 1 from oauth_attempt where expires_at > clock_timestamp()`)).toEqual([]);
  });

  it('takes a failing adapter for an unreachable platform', async () => {
    platform.isBroken = true;
    expect(await connect([newName()])).toMatchObject({ status: 503, body: { code: 'account.platform_unreachable' } });
  });

  it('reconnects one account and refuses another identity', async () => {
    const [mine, other] = [newName(), newName()];
    const { id } = (await connect([mine])).body.accounts[0];
    expect(await connect([other], { accountId: id })).toMatchObject({
      status: 422,
      body: { code: 'account.other_identity' },
    });
    expect((await accountsOf()).map((one: { externalId: string }) => one.externalId)).not.toContain(other);
    const again = await connect([other, mine], { accountId: id });
    expect(again.body.accounts).toMatchObject([{ id, externalId: mine }]);
    expect((await begin({ accountId: id }, {}, otherKey)).body.code).toBe('account.not_found');
    expect((await begin({ accountId: id }, {}, key, 'shorts')).body.code).toBe('account.other_platform');
  });

  it('shows a person what happened, with names escaped and a way back', async () => {
    const origin = new URL(platform.begun.at(-1)?.redirectUri ?? '').origin;
    const name = newName();
    const begun = await begin({ returnUrl: `${origin}/accounts?x="1"` });
    const done = await page(platform.allow(begun.body.url, [name]));
    expect(done).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(done.text).toContain('Your account is connected');
    expect(done.text).toContain(`&lt;b&gt;${name}`);
    expect(done.text).toContain('audited');
    expect(done.text).toContain(`href="${origin}/accounts?x=`);
    const refused = await page('?state=guess&error_description=<script>');
    expect(refused).toMatchObject({ status: 400, type: 'text/html; charset=utf-8' });
    expect(refused.text).toContain('Nothing was connected');
    expect(refused.text).not.toContain('<script>');
  });

  describe('begun by a page of the dashboard', () => {
    const origin = () => new URL(platform.begun.at(-1)?.redirectUri ?? '').origin;
    const leave = async (returnUrl: string) => {
      const begun = await begin({ returnUrl }, { 'sec-fetch-site': 'same-origin' });
      return { url: begun.body.url as string, cookie: (begun.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
    };
    const comeBack = async (query: string, cookie: string) => {
      const url = await partial.app.getUrl();
      const headers = { cookie, accept: 'text/html' };
      const address = `${url}/v1/accounts/connect/tiktok/callback${query}`;
      const answer = await fetch(address, { headers, redirect: 'manual' });
      const news = /consent_news=([\w-]+); Max-Age=60; Path=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '');
      return {
        status: answer.status,
        to: answer.headers.get('location'),
        path: news?.[2],
        news: news && (JSON.parse(Buffer.from(news[1] ?? '', 'base64url').toString()) as unknown),
      };
    };
    const stateOf = (url: string) => `?state=${new URL(url).searchParams.get('state')}`;

    it('comes back to it with an account', async () => {
      const { url, cookie } = await leave(`${origin()}/accounts?account=1`);
      expect(await comeBack(platform.allow(url, [newName()]), cookie)).toEqual({
        status: 303,
        to: `${origin()}/accounts?account=1&consent=connected&platform=tiktok`,
        path: '/accounts',
        news: { platform: 'tiktok', notices: ['Posts are private until the app is audited.'] },
      });
    });

    it('comes back to it with the reason after a denial, and when it is late', async () => {
      const { url, cookie } = await leave(`${origin()}/accounts`);
      const query = `${stateOf(url)}&error=access_denied`;
      const to = `${origin()}/accounts?consent=refused&platform=tiktok`;
      expect(await comeBack(query, cookie)).toMatchObject({
        ...{ status: 303, to },
        news: { code: 'account.consent_denied', text: expect.stringContaining('TikTok') },
      });
      expect(await comeBack(query, cookie)).toMatchObject({
        status: 303,
        to,
        news: { code: 'account.consent_unknown' },
      });
    });

    it('leads nobody away from us, whatever the path looks like', async () => {
      const { url, cookie } = await leave(`${origin()}//evil.example/accounts`);
      const { to } = await comeBack(`${stateOf(url)}&error=access_denied`, cookie);
      expect(new URL(to ?? '').origin).toBe(origin());
    });

    it('is no business of another browser: it sees a page and changes nothing', async () => {
      const { url } = await leave(`${origin()}/accounts`);
      expect(await comeBack(platform.allow(url, [newName()]), '')).toMatchObject({ status: 400, to: null, news: null });
    });
  });

  it('refuses before it begins what cannot end well', async () => {
    expect(await begin({}, {}, key, 'discord')).toMatchObject({
      status: 422,
      body: { code: 'account.no_consent_page', detail: expect.stringContaining('webhookUrl') },
    });
    expect(await begin({ returnUrl: 'https://evil.example/' })).toMatchObject({
      status: 400,
      body: { code: 'account.return_url_refused' },
    });
    expect(await begin({ options: { flavour: 'none' } })).toMatchObject({
      status: 422,
      body: { code: 'account.consent_refused', detail: expect.stringContaining('No such flavour.') },
    });
    expect(await begin({ options: ['x'] })).toMatchObject({ status: 400 });
    expect((await partial.send({ method: 'POST', path: '/v1/accounts/connect/tiktok', body: {} })).status).toBe(401);
  });

  it('gives the same address under the same key and asks the platform once', async () => {
    const headers = { 'idempotency-key': 'consent-1' };
    const first = await begin({}, headers);
    const asked = platform.begun.length;
    expect((await begin({}, headers)).body).toEqual(first.body);
    expect(platform.begun).toHaveLength(asked);
  });

  it('keeps verifier and state out of the table in the clear', async () => {
    await begin();
    const { state = '', codeVerifier = '' } = platform.begun.at(-1) ?? {};
    const dump = JSON.stringify(await db.database.rows(`select t::text from oauth_attempt t`));
    for (const secret of [state, codeVerifier, Buffer.from(codeVerifier).toString('hex')])
      expect(dump).not.toContain(secret);
  });
});
