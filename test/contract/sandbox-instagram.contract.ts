import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { startSandbox } from '../../src/sandbox/start-sandbox.js';
import { type Answer, call, type Connected, type Json, postJson, until, VIDEO } from './sandbox-wire.js';

const DAY_MS = 86_400_000;
const APP = { client_id: 'sandbox-client', client_secret: 'sandbox-secret' };
const REDIRECT = 'http://127.0.0.1:9/callback';

let sandbox: Sandbox;
let instagram: string;
let facebook: string;
let files: Server;
let filesUrl: string;

beforeAll(async () => {
  sandbox = await startSandbox({ skylight: false, seed: 7 });
  instagram = sandbox.urls.instagram;
  facebook = sandbox.urls.facebook ?? '';
  files = createServer((request, response) => {
    if (request.url === '/moved') return response.writeHead(302, { location: '/clip.mp4' }).end();
    const isVideo = request.url === '/clip.mp4';
    response.writeHead(isVideo ? 200 : 404, { 'content-type': 'video/mp4' }).end(isVideo ? VIDEO : '');
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  filesUrl = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
}, 20_000);
afterAll(async () => {
  files.close();
  await sandbox.stop();
});
afterEach(() => control('reset'));

const control = (path: string, body: unknown = {}) => postJson(`${sandbox.urls.control}/__sim/${path}`, body);
const connect = async (flavour = 'instagram'): Promise<Connected> =>
  (await control('accounts', { platform: 'reels', flavour })).json;
const withToken = (url: string, token: string | undefined, more = '') => `${url}?access_token=${token}${more}`;
const codeOf = ({ json }: Answer) => [json.error?.code, json.error?.error_subcode];
const formPost = (url: string, fields: Record<string, string> | [string, string][]) =>
  call(url, { method: 'POST', body: new URLSearchParams(fields) });
const truthOf = async ({ externalId }: Connected): Promise<Json[]> =>
  (await call(`${sandbox.urls.control}/__sim/posts`)).json.filter(
    (post: Json) => post.accountExternalId === externalId,
  );

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
  const consent = () => `${instagram}/oauth/authorize?${asking(scope)}`;
  const exchange = (code: string | null) =>
    formPost(`${instagram}/oauth/access_token`, {
      ...APP,
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT,
      code: code ?? '',
    });

  it('sends the chosen account back with a code that is worth one short token', async () => {
    await connect();
    const second = await connect();
    const back = await clickThrough(consent(), 'allow', (name, label) => name === 'granted' || label === second.handle);
    expect([back.origin + back.pathname, back.searchParams.get('state'), back.hash]).toEqual([REDIRECT, 's 1', '#_']);
    const short = await exchange(back.searchParams.get('code'));
    expect(short.json).toMatchObject({ user_id: second.externalId, permissions: scope.split(',') });
    expect((await exchange(back.searchParams.get('code'))).status).toBe(400);
    const query = '&grant_type=ig_exchange_token&client_secret=sandbox-secret';
    const long = await call(withToken(`${instagram}/access_token`, short.json.access_token, query));
    expect(long.json).toMatchObject({ token_type: 'bearer', expires_in: 5_184_000 });
    const again = await call(withToken(`${instagram}/access_token`, long.json.access_token, query));
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
    const account = await connect();
    const back = await clickThrough(consent(), 'allow', (_name, label) => !label.endsWith('publish'));
    const { access_token: token } = (await exchange(back.searchParams.get('code'))).json;
    const body = { media_type: 'REELS', upload_type: 'resumable', access_token: token };
    expect(codeOf(await postJson(`${instagram}/v25.0/${account.externalId}/media`, body))).toEqual([10, undefined]);
  });

  it('refreshes a long token from a day on until it has ended, and never after', async () => {
    const { credentials } = await connect();
    const refresh = () =>
      call(withToken(`${instagram}/refresh_access_token`, credentials['accessToken'], '&grant_type=ig_refresh_token'));
    expect(codeOf(await refresh())).toEqual([100, undefined]);
    await control('clock', { advanceMs: DAY_MS });
    expect((await refresh()).json).toMatchObject({ expires_in: 5_184_000 });
    await control('clock', { advanceMs: 60 * DAY_MS });
    expect(codeOf(await refresh())).toEqual([190, 463]);
  });
});

describe('the sandbox as Facebook Login', () => {
  const scope = 'instagram_basic,instagram_content_publish,pages_show_list,instagram_manage_contents';

  it('makes a Page token of the Pages that were ticked, and says what it is worth', async () => {
    const account = await connect('facebook');
    const back = await clickThrough(`${facebook}/v25.0/dialog/oauth?${asking(scope)}`, 'allow', () => true);
    const query = new URLSearchParams({ ...APP, redirect_uri: REDIRECT, code: back.searchParams.get('code') ?? '' });
    const short = await call(`${facebook}/v25.0/oauth/access_token?${query.toString()}`);
    const long = await call(
      `${facebook}/v25.0/oauth/access_token?grant_type=fb_exchange_token&fb_exchange_token=${short.json.access_token}&${new URLSearchParams(APP).toString()}`,
    );
    const fields = '&fields=id,name,access_token,instagram_business_account';
    const pages = await call(withToken(`${facebook}/v25.0/me/accounts`, long.json.access_token, fields));
    const linked = pages.json.data.filter((page: Json) => page.instagram_business_account);
    expect([pages.json.data.length, linked.length]).toEqual([2, 1]);
    expect(linked[0].instagram_business_account.id).toBe(account.externalId);
    const appToken = `${APP.client_id}|${APP.client_secret}`;
    const debug = (token: string) =>
      call(withToken(`${facebook}/debug_token`, encodeURIComponent(appToken), `&input_token=${token}`));
    const { data } = (await debug(linked[0].access_token)).json;
    expect(data).toMatchObject({ type: 'PAGE', is_valid: true, expires_at: 0, scopes: scope.split(',') });
    expect((await debug('nonsense')).json.data.is_valid).toBe(false);
  });

  it('refuses the tokens of the other host, both ways', async () => {
    const [one, other] = [await connect('instagram'), await connect('facebook')];
    const list = (host: string, { externalId, credentials }: Connected) =>
      call(withToken(`${host}/v25.0/${externalId}/media`, credentials['accessToken']));
    expect((await list(instagram, one)).status).toBe(200);
    expect((await list(facebook, other)).status).toBe(200);
    expect(codeOf(await list(facebook, one))).toEqual([190, undefined]);
    expect(codeOf(await list(instagram, other))).toEqual([190, undefined]);
  });

  it('checks a proof that is sent and demands one when the app says so', async () => {
    const { externalId, credentials } = await connect('facebook');
    const token = credentials['accessToken'] ?? '';
    const list = (more: string) => call(withToken(`${facebook}/v25.0/${externalId}/media`, token, more));
    const proof = createHmac('sha256', APP.client_secret).update(token).digest('hex');
    expect((await list('&appsecret_proof=wrong')).status).toBe(400);
    await control('settings', { facebookNeedsProof: true });
    expect((await list('')).status).toBe(400);
    expect((await list(`&appsecret_proof=${proof}`)).status).toBe(200);
  });
});

describe('containers and their publishing', () => {
  /** The account's own calls with its token in the header. */
  const speaker = ({ externalId, credentials }: Connected, host = instagram) => {
    const headers = { authorization: `Bearer ${credentials['accessToken']}` };
    const base = `${host}/v25.0`;
    return {
      create: (fields: Json) => postJson(`${base}/${externalId}/media`, { media_type: 'REELS', ...fields }, headers),
      status: (id: string) => call(`${base}/${id}?fields=status_code,status`, { headers }),
      publish: (id: string) => postJson(`${base}/${externalId}/media_publish`, { creation_id: id }, headers),
      get: (path: string) => call(`${base}/${path}`, { headers }),
      remove: (id: string) => call(`${base}/${id}`, { method: 'DELETE', headers }),
    };
  };
  const finished = async (me: ReturnType<typeof speaker>): Promise<string> => {
    const { id } = (await me.create({ video_url: `${filesUrl}/clip.mp4`, caption: 'Soup' })).json;
    await until(
      () => me.status(id),
      ({ json }) => json.status_code === 'FINISHED',
    );
    return id;
  };

  it.each([
    ['a file that is not there', () => `${filesUrl}/none.mp4`],
    ['a redirect', () => `${filesUrl}/moved`],
    ['another machine', () => 'https://example.com/clip.mp4'],
    ['letters beyond ASCII', () => `${filesUrl}/clíp.mp4`],
    ['a closed port', () => 'http://127.0.0.1:1/clip.mp4'],
  ])('cannot fetch %s', async (_name, url) => {
    const me = speaker(await connect());
    expect(codeOf(await me.create({ video_url: url() }))).toEqual([9004, 2207052]);
  });

  it.each([
    ['a caption over 2200 units', { caption: 'x'.repeat(2201) }, [36004, 2207010]],
    ['31 hashtags', { caption: '#a '.repeat(31) }, [100, undefined]],
    ['21 mentions', { caption: '@a '.repeat(21) }, [100, 2207040]],
    ['another media type', { media_type: 'VIDEO' }, [100, 2207023]],
    ['another upload type', { upload_type: 'other' }, [100, undefined]],
    ['a thumb offset in words', { thumb_offset: 'soon' }, [100, undefined]],
    ['four collaborators', { collaborators: 'a,b,c,d' }, [100, undefined]],
  ])('refuses %s', async (_name, fields, code) => {
    const me = speaker(await connect());
    expect(codeOf(await me.create({ upload_type: 'resumable', ...fields }))).toEqual(code);
  });

  it('takes 400 containers in a day', async () => {
    const me = speaker(await connect());
    const make = () => me.create({ upload_type: 'resumable' });
    for (let made = 0; made < 400; made += 1) await make();
    expect(codeOf(await make())).toEqual([4, undefined]);
    await control('clock', { advanceMs: DAY_MS });
    expect((await make()).status).toBe(200);
  });

  it('lets a container expire after a day and names the subcode of one that failed', async () => {
    const account = await connect();
    const me = speaker(account);
    const id = await finished(me);
    await control('clock', { advanceMs: DAY_MS });
    expect((await me.status(id)).json).toMatchObject({ status_code: 'EXPIRED' });
    expect(codeOf(await me.publish(id))).toEqual([24, 2207008]);
    await control('faults', { platform: 'reels', kind: 'fail', code: '2207026' });
    const failing = (await me.create({ video_url: `${filesUrl}/clip.mp4` })).json.id;
    const { json } = await until(
      () => me.status(failing),
      (it) => it.json.status_code === 'ERROR',
    );
    expect(json.status).toBe('Error: Media upload has failed with error code 2207026');
  });

  it('holds the daily quota at media_publish and shows it', async () => {
    await control('settings', { reelsQuotaTotal: 1 });
    const account = await connect();
    const me = speaker(account);
    const limit = () => me.get(`${account.externalId}/content_publishing_limit?fields=config,quota_usage`);
    expect((await me.publish(await finished(me))).status).toBe(200);
    expect((await limit()).json).toEqual({
      data: [{ quota_usage: 1, config: { quota_total: 1, quota_duration: 86_400 } }],
    });
    const waiting = await finished(me);
    expect(codeOf(await me.publish(waiting))).toEqual([9, 2207042]);
    await control('clock', { advanceMs: DAY_MS });
    expect((await limit()).json.data[0].quota_usage).toBe(0);
  });

  it.each([
    ['cap', 0],
    ['error-after', 1],
  ])('blocks an action by %s and has %i posts live', async (kind, live) => {
    const account = await connect();
    const me = speaker(account);
    const id = await finished(me);
    await control('faults', { platform: 'reels', step: 'publish', kind, code: '4/2207051', times: 1 });
    expect(codeOf(await me.publish(id))).toEqual([4, 2207051]);
    expect(await truthOf(account)).toHaveLength(live);
  });

  it('hides a fresh media for a while, and its numbers for two days', async () => {
    const me = speaker(await connect());
    const { id } = (await me.publish(await finished(me))).json;
    expect(codeOf(await me.get(`${id}?fields=permalink`))).toEqual([100, 33]);
    await control('clock', { advanceMs: 60_000 });
    expect((await me.get(`${id}?fields=permalink,like_count`)).json).toMatchObject({
      permalink: expect.stringContaining('https://www.instagram.com/reel/'),
      like_count: expect.any(Number),
    });
    expect((await me.get(`${id}/insights?metric=views`)).json).toEqual({ data: [] });
    expect((await me.get(`${id}/insights?metric=views,plays`)).status).toBe(400);
    await control('clock', { advanceMs: 2 * DAY_MS });
    expect((await me.get(`${id}/insights?metric=views`)).json.data[0].values[0].value).toBeGreaterThan(0);
  });

  it('deletes for Facebook Login only', async () => {
    const [one, other] = [await connect('instagram'), await connect('facebook')];
    const [mine, theirs] = [speaker(one), speaker(other, facebook)];
    const [kept, gone] = [await mine.publish(await finished(mine)), await theirs.publish(await finished(theirs))];
    expect(codeOf(await mine.remove(kept.json.id))).toEqual([100, undefined]);
    expect((await theirs.remove(gone.json.id)).json).toEqual({ success: true });
    expect([await truthOf(one), await truthOf(other)].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('says in headers how much of the call budget is gone, and when it comes back', async () => {
    await control('settings', { reelsCallBudget: 4 });
    const account = await connect();
    const me = speaker(account);
    const usageOf = (answer: Answer): Json =>
      JSON.parse(answer.headers.get('x-business-use-case-usage') ?? '{}')[account.externalId][0];
    expect(usageOf(await me.get(`${account.externalId}/media`))).toMatchObject({ type: 'instagram', call_count: 25 });
    for (let spent = 1; spent < 4; spent += 1) await me.get(`${account.externalId}/media`);
    const refused = await me.get(`${account.externalId}/media`);
    expect(codeOf(refused)).toEqual([80002, undefined]);
    expect(usageOf(refused)).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 1440 });
  });
});
