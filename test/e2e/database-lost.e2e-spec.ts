import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { createDatabaseUrl } from '../support/postgres.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { connectAccount, uploadClip } from '../support/story.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

const LOST_FOR_MS = 20_000;
const POSTS = 16;

describe('the database is lost for 20 s while publishing', () => {
  let sandbox: TestSandbox;
  let app: TestApp;
  let proxy: TcpProxy;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const database = await createDatabaseUrl();
    drop = database.drop;
    const direct = new URL(database.url);
    proxy = await startTcpProxy(Number(direct.port), direct.hostname);
    direct.port = String(proxy.port);
    app = await startAppProcess({ ...sandbox.env, TIME_SCALE: '60', DATABASE_URL: direct.href });
  });
  afterAll(async () => {
    await app.stop();
    await proxy.stop();
    await drop();
    await sandbox.stop();
  });

  it('loses nothing, doubles nothing, and the process recovers by itself', async () => {
    const { api } = app;
    const accounts = [];
    for (const platform of ['tiktok', 'reels', 'shorts']) accounts.push(await connectAccount(api, sandbox, platform));
    const mediaId = await uploadClip(api, 'tea-in-a-minute.mp4');
    // Slow answers, so that calls are under way when the database goes.
    await sandbox.addFault({ platform: 'tiktok', step: 'upload', kind: 'slow', delayMs: 1_500 });
    const start = Date.now() + 1_500;
    for (let index = 0; index < POSTS; index += 1) {
      const account = accounts[index % accounts.length];
      await api.ok('POST', '/v1/posts', {
        caption: `Number ${index} of the day the database went`,
        mediaIds: [mediaId],
        scheduledAt: new Date(start + index * 300).toISOString(),
        targets: [{ accountId: account?.id }],
      });
    }
    await sandbox.wait('accepted', 'tiktok');
    proxy.cut();
    await new Promise((resolve) => setTimeout(resolve, LOST_FOR_MS));
    proxy.mend();
    const list = await until(async () => {
      const answer = await api
        .call<{ items: { status: string }[] }>('GET', '/v1/targets?limit=100')
        .catch(() => undefined);
      const items = answer?.status === 200 ? answer.body.items : [];
      return items.length === POSTS && items.every((item) => item.status === 'published') && items;
    }, 'every target to be published');
    expect(list).toHaveLength(POSTS);
    const captions = (await sandbox.posts())
      .map((post) => post.caption)
      .filter((caption) => caption.includes('the database went'));
    expect(captions).toHaveLength(POSTS);
    expect(new Set(captions).size).toBe(POSTS);
  });
});
