import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { codeOf, DAY_MS, type InstagramWorld, startInstagram, withToken } from './instagram-world.js';
import { call, type Connected, type Json, postJson } from './sandbox-wire.js';

const APP = { client_id: 'sandbox-client', client_secret: 'sandbox-secret' };
const REDIRECT = 'http://127.0.0.1:9/callback';

let world: InstagramWorld;

beforeAll(async () => void (world = await startInstagram()));
afterAll(() => world.stop());
afterEach(() => world.control('reset'));

const formPost = (url: string, fields: Record<string, string> | [string, string][]) =>
  call(url, { method: 'POST', body: new URLSearchParams(fields) });

/** Fills in a consent page as a browser does: hidden fields, ticks, and one of the buttons. */
const clickThrough = async (url: string, decision: string, ticks: (name: string, label: string) => boolean) => {
  const page = await call(url);
  expect(page.status).toBe(200);
  const fields: [string, string][] = [['decision', decision]];
  for (const [, name = '', value = ''] of page.text.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g))
    fields.push([name, value]);
  const choices = page.text.matchAll(/type="(?:radio|checkbox)" name="([^"]*)" value="([^"]*)"[^>]*> ([^<]*)/g);
  for (const [, name = '', value = '', label = ''] of choices) if (ticks(name, label)) fields.push([name, value]);
  const answer = await formPost(new URL(url).origin + new URL(url).pathname, fields);
  return new URL(answer.headers.get('location') ?? 'about:blank');
};

const asking = (scope: string) =>
  new URLSearchParams({
    client_id: APP.client_id,
    redirect_uri: REDIRECT,
    response_type: 'code',
    state: 's 1',
    scope,
  }).toString();

describe('the sandbox as Instagram Login', () => {
  const scope = 'instagram_business_basic,instagram_business_content_publish';
  const consent = () => `${world.instagram}/oauth/authorize?${asking(scope)}`;
  const exchange = (code: string | null) =>
    formPost(`${world.instagram}/oauth/access_token`, {
      ...APP,
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT,
      code: code ?? '',
    });

  it('sends the chosen account back with a code that is worth one short token', async () => {
    await world.connect();
    const second = await world.connect();
    const back = await clickThrough(consent(), 'allow', (name, label) => name === 'granted' || label === second.handle);
    expect([back.origin + back.pathname, back.searchParams.get('state'), back.hash]).toEqual([REDIRECT, 's 1', '#_']);
    const short = await exchange(back.searchParams.get('code'));
    expect(short.json).toMatchObject({ user_id: second.externalId, permissions: scope.split(',') });
    expect((await exchange(back.searchParams.get('code'))).status).toBe(400);
    const query = '&grant_type=ig_exchange_token&client_secret=sandbox-secret';
    const long = await call(withToken(`${world.instagram}/access_token`, short.json.access_token, query));
    expect(long.json).toMatchObject({ token_type: 'bearer', expires_in: 5_184_000 });
    const again = await call(withToken(`${world.instagram}/access_token`, long.json.access_token, query));
    expect(again.status).toBe(400);
  });

  it('says that the person refused, and shows a page when the app is wrong', async () => {
    const back = await clickThrough(consent(), 'deny', () => true);
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('error_reason')).toBe('user_denied');
    const stranger = await call(consent().replace('sandbox-client', 'stranger'));
    expect([stranger.status, stranger.headers.get('location')]).toEqual([400, null]);
  });

  it('lets the person keep a permission back', async () => {
    const account = await world.connect();
    const back = await clickThrough(consent(), 'allow', (_name, label) => !label.endsWith('publish'));
    const { access_token: token } = (await exchange(back.searchParams.get('code'))).json;
    const body = { media_type: 'REELS', upload_type: 'resumable', access_token: token };
    expect(codeOf(await postJson(`${world.instagram}/v25.0/${account.externalId}/media`, body))).toEqual([
      10,
      undefined,
    ]);
  });

  it('refreshes a long token from a day on until it has ended, and never after', async () => {
    const { credentials } = await world.connect();
    const refresh = () =>
      call(
        withToken(
          `${world.instagram}/refresh_access_token`,
          credentials['accessToken'],
          '&grant_type=ig_refresh_token',
        ),
      );
    expect(codeOf(await refresh())).toEqual([100, undefined]);
    await world.control('clock', { advanceMs: DAY_MS });
    expect((await refresh()).json).toMatchObject({ expires_in: 5_184_000 });
    await world.control('clock', { advanceMs: 60 * DAY_MS });
    expect(codeOf(await refresh())).toEqual([190, 463]);
  });
});

describe('the sandbox as Facebook Login', () => {
  const scope = 'instagram_basic,instagram_content_publish,pages_show_list,instagram_manage_contents';

  it('makes a Page token of the Pages that were ticked, and says what it is worth', async () => {
    const account = await world.connect('facebook');
    const back = await clickThrough(`${world.facebook}/v25.0/dialog/oauth?${asking(scope)}`, 'allow', () => true);
    const query = new URLSearchParams({ ...APP, redirect_uri: REDIRECT, code: back.searchParams.get('code') ?? '' });
    const short = await call(`${world.facebook}/v25.0/oauth/access_token?${query.toString()}`);
    const long = await call(
      `${world.facebook}/v25.0/oauth/access_token?grant_type=fb_exchange_token&fb_exchange_token=${short.json.access_token}&${new URLSearchParams(APP).toString()}`,
    );
    const fields = '&fields=id,name,access_token,instagram_business_account';
    const pages = await call(withToken(`${world.facebook}/v25.0/me/accounts`, long.json.access_token, fields));
    const linked = pages.json.data.filter((page: Json) => page.instagram_business_account);
    expect([pages.json.data.length, linked.length]).toEqual([2, 1]);
    expect(linked[0].instagram_business_account.id).toBe(account.externalId);
    const appToken = `${APP.client_id}|${APP.client_secret}`;
    const debug = (token: string) =>
      call(withToken(`${world.facebook}/debug_token`, encodeURIComponent(appToken), `&input_token=${token}`));
    const { data } = (await debug(linked[0].access_token)).json;
    expect(data).toMatchObject({ type: 'PAGE', is_valid: true, expires_at: 0, scopes: scope.split(',') });
    expect((await debug('nonsense')).json.data.is_valid).toBe(false);
  });

  it('refuses the tokens of the other host, both ways', async () => {
    const [one, other] = [await world.connect('instagram'), await world.connect('facebook')];
    const list = (host: string, { externalId, credentials }: Connected) =>
      call(withToken(`${host}/v25.0/${externalId}/media`, credentials['accessToken']));
    expect((await list(world.instagram, one)).status).toBe(200);
    expect((await list(world.facebook, other)).status).toBe(200);
    expect(codeOf(await list(world.facebook, one))).toEqual([190, undefined]);
    expect(codeOf(await list(world.instagram, other))).toEqual([190, undefined]);
  });

  it('checks a proof that is sent and demands one when the app says so', async () => {
    const { externalId, credentials } = await world.connect('facebook');
    const token = credentials['accessToken'] ?? '';
    const list = (more: string) => call(withToken(`${world.facebook}/v25.0/${externalId}/media`, token, more));
    const proof = createHmac('sha256', APP.client_secret).update(token).digest('hex');
    expect((await list('&appsecret_proof=wrong')).status).toBe(400);
    await world.control('settings', { facebookNeedsProof: true });
    expect((await list('')).status).toBe(400);
    expect((await list(`&appsecret_proof=${proof}`)).status).toBe(200);
  });
});
