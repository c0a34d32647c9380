import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import type { Sandbox } from '../../src/sandbox/start-sandbox.js';
import { startSandbox } from '../../src/sandbox/start-sandbox.js';
import type { Connected, Json, Spoken } from './sandbox-wire.js';
import { COMMIT_STEP, SPEAKERS, VIDEO, call, postJson, until } from './sandbox-wire.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
}, 20_000);
afterAll(async () => {
  await sandbox.stop();
});

const control = (path: string, body: unknown = {}) => postJson(`${sandbox.urls.control}/__sim/${path}`, body);
const connect = async (platform: Spoken, more: object = {}): Promise<Connected> =>
  (await control('accounts', { platform, ...more })).json;
const truthOf = async ({ externalId }: Connected): Promise<Json[]> => {
  const { json } = await call(`${sandbox.urls.control}/__sim/posts`);
  return json.filter((post: Json) => post.accountExternalId === externalId);
};
const bearer = ({ credentials }: Connected) => ({ authorization: `Bearer ${credentials['accessToken']}` });

afterEach(async () => {
  await call(`${sandbox.urls.control}/__sim/faults`, { method: 'DELETE' });
  await control('settings', { reelsSecondPublish: 'duplicate', tiktokRateLimits: false });
});

describe.each(Object.keys(SPEAKERS) as Spoken[])('the sandbox as %s', (platform) => {
  const step = COMMIT_STEP[platform];
  const prepare = async (caption = 'Soup in 30 s #soup') => {
    const account = await connect(platform);
    return { account, ...(await SPEAKERS[platform](sandbox.urls, account, caption)) };
  };

  it('puts one post live when the documented calls are made', async () => {
    const { account, handle, commit } = await prepare();
    expect(await truthOf(account)).toEqual([]);
    expect([200, 201]).toContain((await commit()).status);
    const posts = () => call(`${sandbox.urls.control}/__sim/posts?platform=${platform}`);
    const mine = (json: Json[]) => json.filter(({ accountExternalId }) => accountExternalId === account.externalId);
    const { json } = await until(posts, (it) =>
      mine(it.json).every(({ platformPostId, liveAt }) => platformPostId && liveAt),
    );
    expect(mine(json)).toMatchObject([{ platform, handle, caption: 'Soup in 30 s #soup', bytes: VIDEO.length }]);
    expect(mine(json)[0].sha256).toBe(createHash('sha256').update(VIDEO).digest('hex'));
  });

  it('has the post although the answer was dropped', async () => {
    const { account, commit } = await prepare();
    await control('faults', { platform, step, kind: 'drop-after', account: account.externalId });
    await expect(commit()).rejects.toThrow();
    expect(await truthOf(account)).toHaveLength(1);
  });

  it('has no post when it failed before applying', async () => {
    const { account, commit } = await prepare();
    await control('faults', { platform, step, kind: 'error-before', account: account.handle, times: 1 });
    expect((await commit()).status).toBe(500);
    expect(await truthOf(account)).toEqual([]);
    expect((await commit()).status).toBeLessThan(300);
    expect(await truthOf(account)).toHaveLength(1);
  });

  it('shows a late post only when its time has come', async () => {
    const { account, commit } = await prepare();
    await control('faults', { platform, kind: 'late', account: account.externalId, delayMs: 3_600_000 });
    expect((await commit()).status).toBeLessThan(300);
    expect(await truthOf(account)).toMatchObject([{ liveAt: null }]);
    await control('clock', { advanceMs: 3_700_000 });
    expect(await truthOf(account)).toMatchObject([{ liveAt: expect.any(String) }]);
  });
});

describe('the sandbox as TikTok', () => {
  it('writes post ids as bare 64-bit numbers', async () => {
    const account = await connect('tiktok');
    const { handle, commit } = await SPEAKERS.tiktok(sandbox.urls, account, 'x');
    await commit();
    const url = `${sandbox.urls.tiktok}/v2/post/publish/status/fetch/`;
    const ask = () => postJson(url, { publish_id: handle }, bearer(account));
    const { text } = await until(ask, (answer) => /_id":\[\d/.test(answer.text));
    const [id] = /(?<=_id":\[)\d+/.exec(text) ?? [];
    expect(BigInt(id ?? 0)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect((await truthOf(account))[0].platformPostId).toBe(id);
  });

  it('refuses a foreign token, a wrong chunk count and a seventh init within a minute', async () => {
    const account = await connect('tiktok');
    const url = `${sandbox.urls.tiktok}/v2/post/publish/video/init/`;
    const source = { source: 'FILE_UPLOAD', video_size: 30_000_000, chunk_size: 10_000_000, total_chunk_count: 3 };
    const init = (total_chunk_count: number, headers = bearer(account)) =>
      postJson(
        url,
        { post_info: { privacy_level: 'SELF_ONLY' }, source_info: { ...source, total_chunk_count } },
        headers,
      );
    expect(await init(3, { authorization: 'Bearer nobody' })).toMatchObject({
      status: 401,
      json: { error: { code: 'access_token_invalid' } },
    });
    expect(await init(4)).toMatchObject({ status: 400, json: { error: { code: 'invalid_param' } } });
    await control('settings', { tiktokRateLimits: true });
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await init(3)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429]);
  });

  it('takes chunks in order only and says how far it is', async () => {
    const account = await connect('tiktok');
    const size = 12_000_000;
    const half = Buffer.alloc(6_000_000);
    const init = await postJson(
      `${sandbox.urls.tiktok}/v2/post/publish/video/init/`,
      {
        post_info: { privacy_level: 'SELF_ONLY' },
        source_info: { source: 'FILE_UPLOAD', video_size: size, chunk_size: 6_000_000, total_chunk_count: 2 },
      },
      bearer(account),
    );
    const put = (from: number) => {
      const headers = { 'content-type': 'video/mp4', 'content-range': `bytes ${from}-${from + 5_999_999}/${size}` };
      return call(init.json.data.upload_url, { method: 'PUT', headers, body: half });
    };
    expect((await put(6_000_000)).status).toBe(416);
    expect((await put(0)).status).toBe(206);
    expect((await put(0)).status).toBe(416);
    expect((await put(6_000_000)).status).toBe(201);
    expect(await truthOf(account)).toMatchObject([{ bytes: size }]);
  });

  it('rotates refresh tokens and words a refused one with HTTP 200', async () => {
    const { credentials } = await connect('tiktok');
    const form = { client_key: 'sandbox-client', client_secret: 'sandbox-secret', grant_type: 'refresh_token' };
    const refresh = () => {
      const body = new URLSearchParams({ ...form, refresh_token: credentials['refreshToken'] ?? '' });
      return call(`${sandbox.urls.tiktok}/v2/oauth/token/`, { method: 'POST', body });
    };
    expect((await refresh()).json).toMatchObject({ expires_in: 7200, refresh_token: expect.any(String) });
    expect(await refresh()).toMatchObject({ status: 200, json: { error: 'invalid_grant' } });
  });
});

describe('the sandbox as Instagram', () => {
  it('refuses to publish what is not ready, and publishes a container twice when told to be at its worst', async () => {
    const account = await connect('reels');
    const base = `${sandbox.urls.instagram}/v25.0/${account.externalId}`;
    const made = await postJson(`${base}/media`, { media_type: 'REELS', upload_type: 'resumable' }, bearer(account));
    const early = await postJson(`${base}/media_publish`, { creation_id: made.json.id }, bearer(account));
    expect(early).toMatchObject({ status: 400, json: { error: { code: 9007, error_subcode: 2207027 } } });
    const { commit } = await SPEAKERS.reels(sandbox.urls, account, 'x');
    await commit();
    await commit();
    expect(await truthOf(account)).toHaveLength(2);
    await control('settings', { reelsSecondPublish: 'same' });
    await commit();
    expect(await truthOf(account)).toHaveLength(2);
  });
});

describe('the sandbox as YouTube', () => {
  it('tells by a probe that a dropped final answer was a video', async () => {
    const account = await connect('shorts');
    const { session, commit } = await SPEAKERS.shorts(sandbox.urls, account, 'x');
    const probe = () =>
      call(session, { method: 'PUT', headers: { 'content-range': `bytes */${VIDEO.length}`, ...bearer(account) } });
    const before = await probe();
    expect([before.status, before.headers.get('range')]).toEqual([308, null]);
    await control('faults', { platform: 'shorts', step: 'upload', kind: 'drop-after', times: 1 });
    await expect(commit()).rejects.toThrow();
    const after = await probe();
    expect([after.status, after.json.id]).toEqual([200, (await truthOf(account))[0].platformPostId]);
  });
});

describe('the sandbox as Skylight', () => {
  it('answers a repeated identical put with the same record and keeps a late one from readers', async () => {
    const account = await connect('skylight', { handle: 'mara' });
    expect(account.handle).toBe('mara.test');
    await control('faults', { platform: 'skylight', kind: 'late', delayMs: 60_000, account: account.externalId });
    const { handle, commit } = await SPEAKERS.skylight(sandbox.urls, account, 'x');
    const cids = [(await commit()).json.cid, (await commit()).json.cid];
    expect(cids[0]).toBe(cids[1]);
    const query = new URLSearchParams({ repo: account.externalId, collection: 'app.bsky.feed.post', rkey: handle });
    const read = () => call(`${sandbox.urls.skylight}/xrpc/com.atproto.repo.getRecord?${query.toString()}`);
    expect(await read()).toMatchObject({ status: 400, json: { error: 'RecordNotFound' } });
    await control('clock', { advanceMs: 61_000 });
    expect((await read()).json.cid).toBe(cids[0]);
  });
});

describe('the control API', () => {
  it('limits faults to a region, counts calls and tells when one arrives', async () => {
    const [us, eu] = [await connect('tiktok', { region: 'us' }), await connect('tiktok', { region: 'eu' })];
    await control('faults', { platform: 'tiktok', region: 'us', kind: 'error-before', code: 503 });
    const { json } = await control('wait', { platform: 'tiktok', event: 'call', timeoutMs: 1 });
    const url = `${sandbox.urls.tiktok}/v2/post/publish/creator_info/query/`;
    const calls = async () =>
      (await call(`${sandbox.urls.tiktok}/__sim/calls?platform=tiktok`)).json.tiktok.creator_info;
    const before: number = await calls();
    expect([(await postJson(url, {}, bearer(us))).status, (await postJson(url, {}, bearer(eu))).status]).toEqual([
      503, 200,
    ]);
    expect((await calls()) - before).toBe(2);
    const seen = await control('wait', { platform: 'tiktok', event: 'call', step: 'creator_info', after: json.seq });
    expect(seen.json).toMatchObject({ happened: true, accountExternalId: us.externalId });
  });

  it('holds a stuck post until the fault is removed', async () => {
    const account = await connect('tiktok');
    const fault = await control('faults', { platform: 'tiktok', kind: 'stuck', account: account.externalId });
    const { commit } = await SPEAKERS.tiktok(sandbox.urls, account, 'x');
    await commit();
    await control('clock', { advanceMs: 86_400_000 });
    expect(await truthOf(account)).toMatchObject([{ liveAt: null }]);
    const live = control('wait', { platform: 'tiktok', event: 'live', timeoutMs: 5_000 });
    await call(`${sandbox.urls.control}/__sim/faults/${fault.json.id}`, { method: 'DELETE' });
    expect((await live).json).toMatchObject({ happened: true, accountExternalId: account.externalId });
  });

  it('says what is wrong with a fault', async () => {
    expect(await control('faults', { platform: 'tiktok', kind: 'late', step: 'nowhere' })).toMatchObject({
      status: 400,
    });
    expect(await control('faults', { platform: 'myspace', kind: 'late' })).toMatchObject({ status: 400 });
  });
});

describe('the SMTP sink', () => {
  it('keeps mails, refuses an address and drops the connection after DATA as told', async () => {
    const { hostname, port } = new URL(sandbox.urls.smtp);
    const transport = createTransport({ host: hostname, port: Number(port), secure: false, ignoreTLS: true });
    const send = (to: string, subject: string) =>
      transport.sendMail({
        from: 'a@example.com',
        to,
        subject,
        text: 'Grüße: https://x.example/?c=1',
        html: '<p>x</p>',
      });
    await send('b@example.com', 'Hallo 👋 du');
    await control('faults', {
      platform: 'mail',
      step: 'rcpt',
      kind: 'error-before',
      account: 'no@example.com',
      code: 550,
    });
    await expect(send('no@example.com', 'x')).rejects.toMatchObject({ responseCode: 550 });
    await control('faults', { platform: 'mail', step: 'data', kind: 'drop-after', account: 'lost@example.com' });
    await expect(send('lost@example.com', 'y')).rejects.toThrow();
    const { json } = await call(`${sandbox.urls.control}/__sim/mails`);
    expect(json).toMatchObject([
      {
        from: 'a@example.com',
        to: ['b@example.com'],
        subject: 'Hallo 👋 du',
        text: expect.stringContaining('Grüße: https'),
      },
      { to: ['lost@example.com'], messageId: expect.stringMatching(/^<.*>$/) },
    ]);
  });
});
