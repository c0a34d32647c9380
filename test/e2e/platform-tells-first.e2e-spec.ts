import { createHmac } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, publishNow, readTarget, uploadClip } from '../support/story.js';

/** A port that is free now: the public address must be known before the app listens. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** TikTok fetches the video from us, and its events reach us while its reads are down. */
describe('TikTok tells us before we can ask', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let hook: string;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const port = await freePort();
    const pull = { PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}`, TIKTOK_SOURCE: 'url' };
    app = await startAppProcess({ ...sandbox.env, ...pull });
    hook = `${app.api.url}/v1/hooks/tiktok`;
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  const send = (body: string, secret: string) => {
    const t = Math.floor(Date.now() / 1000);
    const s = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
    const headers = { 'content-type': 'application/json', 'TikTok-Signature': `t=${t},s=${s}` };
    return fetch(hook, { method: 'POST', headers, body });
  };

  it('takes what is signed and refuses what is not', async () => {
    const body =
      '{ "client_key": "sandbox-client", "event": "portability.ready", "create_time": 1, "user_openid": "u", "content": "{}" }';
    const taken = await send(body, 'sandbox-secret');
    expect([taken.status, await taken.json()]).toEqual([200, { received: true }]);
    const refused = await send(body, 'guessed');
    expect([refused.status, await refused.json()]).toEqual([
      401,
      expect.objectContaining({ code: 'hook.bad_signature' }),
    ]);
  });

  it('settles a fetched post by events alone, then takes out the account whose user left', async () => {
    await sandbox.control('POST', 'settings', {
      tiktokWebhookUrl: hook,
      tiktokWebhookCopies: 2,
      tiktokWebhooksReversed: true,
      tiktokWebhookDelayMs: 700,
    });
    const account = await connectAccount(app.api, sandbox, 'tiktok');
    const mediaId = await uploadClip(app.api, 'bread-timer.mp4');
    for (const step of ['status', 'list'])
      await sandbox.addFault({ platform: 'tiktok', step, kind: 'error-before', code: 503 });
    const [target] = await publishNow(app.api, mediaId, [account], 'Bread, told by itself');
    const live = await until(async () => {
      const seen = await readTarget(app.api, target?.id ?? '');
      return seen.platformPostId !== undefined && seen;
    }, 'the public id by an event');
    const [truth] = await sandbox.posts('tiktok');
    expect(live).toMatchObject({ status: 'published', late: false, platformPostId: truth?.platformPostId });
    expect(truth?.handle).toMatch(/^v_pub_url~/);
    const body = new URLSearchParams({ open_id: account.externalId });
    await fetch(`${sandbox.urls.tiktok}/app/disconnect/`, { method: 'POST', body });
    const out = await until(async () => {
      const seen = await app.api.ok<{ status: string }>('GET', `/v1/accounts/${account.id}`);
      return seen.status !== 'active' && seen;
    }, 'the account to need its user');
    expect(out).toMatchObject({ status: 'needs_reconnect', statusReason: 'user_disconnected' });
    expect(await sandbox.posts('tiktok')).toHaveLength(1);
  });
});
