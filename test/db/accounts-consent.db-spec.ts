import { describe, expect, it } from '@jest/globals';
import { TokenVault } from '../../src/accounts/index.js';
import { onConsentPages } from '../support/consent-pages.js';

const VERIFIER = /^[\w.~-]{43,128}$/;

describe('connecting by consent', () => {
  const stage = onConsentPages();
  const { platform, keys, newName, begin, back, connect, accountsOf, origin, database, server } = stage;
  const page = async (query: string) => {
    const url = await server().getUrl();
    const answer = await fetch(`${url}/v1/accounts/connect/tiktok/callback${query}`);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };

  it('leads to the consent page and back to a connected account of the workspace that asked', async () => {
    const name = newName();
    const begun = await begin({ region: 'eu', displayName: 'Mine' }, {}, keys.other);
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
    expect((await accountsOf(keys.other)).map((one: { externalId: string }) => one.externalId)).toContain(name);
    expect((await accountsOf()).map((one: { externalId: string }) => one.externalId)).not.toContain(name);
    const access = await server().get(TokenVault).contextOf(done.body.accounts[0].id);
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
    await database().affected(`update oauth_attempt set expires_at = clock_timestamp()`);
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
    expect(await database().rows(`select 1 from oauth_attempt where expires_at > clock_timestamp()`)).toEqual([]);
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
    expect((await begin({ accountId: id }, {}, keys.other)).body.code).toBe('account.not_found');
    expect((await begin({ accountId: id }, {}, keys.mine, 'shorts')).body.code).toBe('account.other_platform');
  });

  it('shows a person what happened, with names escaped and a way back', async () => {
    const name = newName();
    const begun = await begin({ returnUrl: `${origin()}/accounts?x="1"` });
    const done = await page(platform.allow(begun.body.url, [name]));
    expect(done).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(done.text).toContain('Your account is connected');
    expect(done.text).toContain(`&lt;b&gt;${name}`);
    expect(done.text).toContain('audited');
    expect(done.text).toContain(`href="${origin()}/accounts?x=`);
    const refused = await page('?state=guess&error_description=<script>');
    expect(refused).toMatchObject({ status: 400, type: 'text/html; charset=utf-8' });
    expect(refused.text).toContain('Nothing was connected');
    expect(refused.text).not.toContain('<script>');
  });

  it('refuses before it begins what cannot end well', async () => {
    expect(await begin({}, {}, keys.mine, 'discord')).toMatchObject({
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
    expect((await begin({}, {}, '')).status).toBe(401);
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
    const dump = JSON.stringify(await database().rows(`select t::text from oauth_attempt t`));
    for (const secret of [state, codeVerifier, Buffer.from(codeVerifier).toString('hex')])
      expect(dump).not.toContain(secret);
  });
});
