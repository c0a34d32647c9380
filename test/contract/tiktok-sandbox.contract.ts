import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { call, VIDEO } from './sandbox-wire.js';
import { type Creator, Listener, REDIRECT, TikTokWorld } from './tiktok-world.js';

let world: TikTokWorld;
beforeAll(async () => {
  world = await TikTokWorld.start();
});
afterAll(() => world.stop());
afterEach(() => world.control('reset'));

const codeOf = ({ status, json }: Awaited<ReturnType<typeof call>>) => [status, json.error.code];

describe('the TikTok sandbox refuses what TikTok refuses', () => {
  it('a wrong chunk count, a privacy option that is not offered, and a stale token', async () => {
    const creator = await world.creator();
    const chunks = { video_size: 64_000_001, chunk_size: 10_000_000 };
    expect(codeOf(await world.init(creator, {}, { ...chunks, total_chunk_count: 7 }))).toEqual([400, 'invalid_param']);
    expect(codeOf(await world.init(creator, {}, { ...chunks, total_chunk_count: 6 }))).toEqual([200, 'ok']);
    expect(codeOf(await world.init(creator, { privacy_level: 'FOLLOWER_OF_CREATOR' }))).toEqual([
      403,
      'privacy_level_option_mismatch',
    ]);
    await world.control('clock', { advanceMs: 7_200_000 });
    expect(codeOf(await world.init(creator))).toEqual([401, 'access_token_invalid']);
  });

  it.each([
    ['creator_info', 20, '/v2/post/publish/creator_info/query/'],
    ['init', 6, '/v2/post/publish/video/init/'],
    ['status', 30, '/v2/post/publish/status/fetch/'],
  ])('more than its calls per minute: %s %i', async (_step, perMinute, path) => {
    await world.control('settings', { tiktokRateLimits: true });
    const creator = await world.creator();
    for (let n = 0; n < perMinute; n += 1) expect((await world.api(creator, path)).status).not.toBe(429);
    expect(codeOf(await world.api(creator, path))).toEqual([429, 'rate_limit_exceeded']);
    await world.control('clock', { advanceMs: 61_000 });
    expect((await world.api(creator, path)).status).not.toBe(429);
  });

  it('bytes out of order, for an unknown task, with a wrong length, and after an hour', async () => {
    const creator = await world.creator();
    const chunks = { video_size: 12_000_000, chunk_size: 6_000_000, total_chunk_count: 2 };
    const { upload_url: large } = (await world.init(creator, {}, chunks)).json.data;
    const range = `bytes 6000000-${6_000_000 + VIDEO.length - 1}/12000000`;
    expect((await world.put(large, range)).status).toBe(416);
    expect((await world.put(`${world.url}/video/?upload_id=1&upload_token=x`)).status).toBe(404);
    const { upload_url: small } = (await world.init(creator)).json.data;
    expect((await world.put(small, `bytes 0-9/${VIDEO.length}`)).status).toBe(400);
    await world.control('clock', { advanceMs: 3_600_001 });
    expect((await world.put(small)).status).toBe(403);
    expect(await world.truth(creator)).toEqual([]);
  });

  it('posts beyond the daily cap: HTTP 200 in the pre-flight, 403 at init', async () => {
    await world.control('settings', { tiktokDailyPosts: 1 });
    const creator = await world.creator();
    await world.post(creator);
    const info = await world.api(creator, '/v2/post/publish/creator_info/query/');
    expect(codeOf(info)).toEqual([200, 'spam_risk_too_many_posts']);
    expect(codeOf(await world.init(creator))).toEqual([403, 'spam_risk_too_many_posts']);
  });

  it('public posts, public accounts and a sixth user before the audit', async () => {
    await world.control('settings', { tiktokUnaudited: true });
    const secret = { privacy_level: 'SELF_ONLY' };
    const refused = [403, 'unaudited_client_can_only_post_to_private_accounts'];
    expect(codeOf(await world.init(await world.creator(), secret))).toEqual(refused);
    const creators: Creator[] = [];
    for (let n = 0; n < 6; n += 1) creators.push(await world.creator({ isPrivate: true }));
    expect(codeOf(await world.init(creators[0]!, { privacy_level: 'FOLLOWER_OF_CREATOR' }))).toEqual(refused);
    for (const creator of creators.slice(0, 5)) await world.post(creator, secret);
    expect(codeOf(await world.init(creators[5]!, secret))).toEqual([403, 'reached_active_user_cap']);
    expect(codeOf(await world.init(creators[0]!, secret))).toEqual([200, 'ok']);
  });
});

describe('what TikTok shows of a post', () => {
  it('gives a private one no id and lists it nowhere', async () => {
    const creator = await world.creator();
    const hidden = await world.post(creator, { privacy_level: 'SELF_ONLY' });
    const shown = await world.post(creator);
    expect(await world.status(creator, hidden)).toMatchObject({
      status: 'PUBLISH_COMPLETE',
      publicaly_available_post_id: [],
    });
    expect((await world.status(creator, shown)).publicaly_available_post_id).toHaveLength(1);
    const { json } = await world.api(creator, '/v2/video/list/?fields=id');
    expect(json.data.videos).toHaveLength(1);
  });

  describe('that it fetches itself', () => {
    let files: Server;
    let origin: string;
    beforeAll(async () => {
      files = createServer((request, response) => {
        if (request.url === '/moved') return void response.writeHead(302, { location: '/clip.mp4' }).end();
        if (request.url !== '/clip.mp4') return void response.writeHead(404).end();
        response.end(VIDEO);
      });
      await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
      origin = `http://127.0.0.1:${(files.address() as AddressInfo).port}`;
    });
    afterAll(() => void files.close());

    it.each([
      ['/clip.mp4', 'PUBLISH_COMPLETE', undefined, 1],
      ['/moved', 'FAILED', 'video_pull_failed', 0],
      ['/gone', 'FAILED', 'video_pull_failed', 0],
    ])('%s: %s', async (path, status, fail_reason, posts) => {
      const creator = await world.creator();
      const source = { source: 'PULL_FROM_URL', video_url: origin + path };
      const { publish_id: id } = (await world.init(creator, {}, source)).json.data;
      const deadline = Date.now() + 5_000;
      while ((await world.status(creator, id)).status === 'PROCESSING_DOWNLOAD' && Date.now() < deadline)
        await world.control('clock', { advanceMs: 1_000 });
      expect(await world.status(creator, id)).toMatchObject({ status, ...(fail_reason ? { fail_reason } : {}) });
      expect(await world.truth(creator)).toHaveLength(posts);
    });
  });
});

describe('TikTok’s consent', () => {
  const ask = (more: Readonly<Record<string, string>> = {}) => {
    const query = {
      client_key: 'sandbox-client',
      scope: 'user.info.basic,video.publish,video.list',
      response_type: 'code',
      redirect_uri: REDIRECT,
      state: 's1',
      ...more,
    };
    return `${world.url}/v2/auth/authorize/?${new URLSearchParams(query).toString()}`;
  };
  const exchange = (code: string | null, redirect_uri = REDIRECT) =>
    world.token({ grant_type: 'authorization_code', code: code ?? '', redirect_uri });

  it('can be clicked through; its code works once, and only with the very same redirect address', async () => {
    const creator = await world.creator();
    const back = await world.consent(ask(), { creator, decision: 'allow' });
    expect(back.searchParams.get('state')).toBe('s1');
    expect(back.searchParams.get('scopes')).toBe('user.info.basic,video.publish,video.list');
    const code = back.searchParams.get('code');
    expect((await exchange(code, `${REDIRECT}/`)).json).toMatchObject({ error: 'invalid_request' });
    expect((await exchange(code)).json).toMatchObject({ open_id: creator.externalId, expires_in: 7200 });
    expect(await exchange(code)).toMatchObject({ status: 200, json: { error: 'invalid_grant' } });
  });

  it('grants what was ticked, and calls beyond it are refused', async () => {
    const creator = await world.creator();
    const back = await world.consent(ask(), { creator, decision: 'allow', granted: ['user.info.basic'] });
    const { json } = await exchange(back.searchParams.get('code'));
    expect(json.scope).toBe('user.info.basic');
    const narrow = { ...creator, credentials: { accessToken: json.access_token } };
    expect(codeOf(await world.init(narrow))).toEqual([401, 'scope_not_authorized']);
  });

  it('sends a denial back, and shows a wrong request to the person only', async () => {
    const creator = await world.creator();
    const back = await world.consent(ask(), { creator, decision: 'deny' });
    expect(back.searchParams.get('error')).toBe('access_denied');
    await world.control('settings', { tiktokRedirectUris: 'https://app.example/callback' });
    for (const wrong of [{}, { redirect_uri: `${REDIRECT}?a=1` }, { client_key: 'nobody' }, { scope: 'a b' }])
      expect((await call(ask(wrong))).status).toBe(400);
  });
});

describe('TikTok’s tokens', () => {
  it('die by rotation at once, answer lost or not, unless the app is an old one', async () => {
    const creator = await world.creator();
    const first = creator.credentials['refreshToken'];
    const lost = { platform: 'tiktok', step: 'oauth', kind: 'drop-after', account: creator.externalId, times: 1 };
    await world.control('faults', lost);
    await expect(world.refresh(first)).rejects.toThrow();
    expect((await world.refresh(first)).json).toMatchObject({ error: 'invalid_grant' });
    await world.control('settings', {
      tiktokKeepOldRefreshToken: true,
      tiktokAccessTokenSeconds: 86_400,
      tiktokRefreshTokenSeconds: 31_536_000,
      tiktokOauthErrorStatus: 400,
    });
    const old = (await world.creator()).credentials['refreshToken'];
    for (let n = 0; n < 2; n += 1)
      expect((await world.refresh(old)).json).toMatchObject({ expires_in: 86_400, refresh_expires_in: 31_536_000 });
    expect((await world.refresh('nobody')).status).toBe(400);
  });

  it('end with the consent, by either side', async () => {
    const [creator, other] = [await world.creator(), await world.creator()];
    const body = new URLSearchParams({
      client_key: 'sandbox-client',
      client_secret: 'sandbox-secret',
      token: creator.credentials['accessToken'] ?? '',
    });
    expect(await call(`${world.url}/v2/oauth/revoke/`, { method: 'POST', body })).toMatchObject({
      status: 200,
      json: {},
    });
    expect(codeOf(await world.init(creator))).toEqual([401, 'access_token_invalid']);
    await call(`${world.url}/app/disconnect/`, {
      method: 'POST',
      body: new URLSearchParams({ open_id: other.externalId }),
    });
    expect((await world.refresh(other.credentials['refreshToken'])).json).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('TikTok’s events', () => {
  it('come signed over the very bytes, as often and in the order that was set', async () => {
    const hook = await Listener.start();
    await world.control('settings', {
      tiktokWebhookUrl: hook.url,
      tiktokWebhookCopies: 2,
      tiktokWebhookDelayMs: 60_000,
      tiktokWebhooksReversed: true,
    });
    const creator = await world.creator();
    const publishId = await world.post(creator);
    await world.control('clock', { advanceMs: 60_000 });
    await hook.until(4);
    hook.stop();
    const events = hook.received.map(({ body }) => JSON.parse(body));
    expect(events.map(({ event }) => event)).toEqual([
      'post.publish.publicly_available',
      'post.publish.publicly_available',
      'post.publish.complete',
      'post.publish.complete',
    ]);
    expect(events[0]).toMatchObject({ client_key: 'sandbox-client', user_openid: creator.externalId });
    expect(events[0].content).toMatch(/"post_id":74600000000000\d{5},/);
    expect(JSON.parse(events[2].content)).toMatchObject({ publish_id: publishId });
    for (const { headers, body } of hook.received) {
      const [, t, s] = /^t=(\d+),s=([0-9a-f]{64})$/.exec(String(headers['tiktok-signature'])) ?? [];
      expect(s).toBe(createHmac('sha256', 'sandbox-secret').update(`${t}.${body}`).digest('hex'));
    }
  });

  it('are repeated until they are taken', async () => {
    const hook = await Listener.start((n) => (n < 2 ? 503 : 200));
    await world.control('settings', { tiktokWebhookUrl: hook.url });
    const creator = await world.creator();
    const body = new URLSearchParams({ open_id: creator.externalId });
    await call(`${world.url}/app/disconnect/`, { method: 'POST', body });
    await hook.until(1);
    for (const expected of [2, 3]) {
      const wake = setInterval(() => void world.control('clock', { advanceMs: 10_000 }), 20);
      await hook.until(expected).finally(() => clearInterval(wake));
    }
    hook.stop();
    expect(new Set(hook.received.map((one) => one.body)).size).toBe(1);
    expect(JSON.parse(hook.received[0]!.body)).toMatchObject({
      event: 'authorization.removed',
      content: '{"reason":1}',
    });
  });
});
