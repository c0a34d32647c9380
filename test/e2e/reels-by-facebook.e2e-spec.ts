import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { publishNow, readTarget, uploadClip } from '../support/story.js';

const CLIP = 'tea-in-a-minute.mp4';

interface Account {
  readonly id: string;
  readonly externalId: string;
}

/** The public address has to be known before the app listens. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe('Instagram accounts of several Pages, with files that Instagram fetches from us', () => {
  let sandbox: TestSandbox;
  let app: TestApp;

  beforeAll(async () => {
    sandbox = await startSandbox();
    const port = await freePort();
    app = await startAppProcess({
      ...sandbox.env,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      REELS_SOURCE: 'url',
      TIME_SCALE: '20',
    });
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  /** Ticks everything in the dialog, presses Allow and comes back to the app. */
  const allowEverything = async (): Promise<readonly Account[]> => {
    const options = { flavour: 'facebook' };
    const { url } = await app.api.ok<{ url: string }>('POST', '/v1/accounts/connect/reels', { options });
    const page = await (await fetch(url)).text();
    const form = new URLSearchParams([['decision', 'allow']]);
    for (const [, name = '', value = ''] of page.matchAll(/<input type="\w+" name="([^"]*)" value="([^"]*)"/g))
      form.append(name, value);
    const { origin, pathname } = new URL(url);
    const answer = await fetch(origin + pathname, { method: 'POST', body: form, redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    const done = await app.api
      .with(undefined)
      .call<{ accounts: Account[] }>('GET', back.pathname + back.search, undefined, { accept: 'application/json' });
    expect(done.status).toBe(200);
    return done.body.accounts;
  };

  it('connects them by one consent and publishes the very bytes to each', async () => {
    const owners = [1, 2].map(() =>
      sandbox.control<Account>('POST', 'accounts', { platform: 'reels', flavour: 'facebook' }),
    );
    const expected = (await Promise.all(owners)).map(({ externalId }) => externalId);
    const accounts = await allowEverything();
    expect(accounts.map(({ externalId }) => externalId).sort()).toEqual(expected.sort());
    const mediaId = await uploadClip(app.api, CLIP);
    const connected = accounts.map((account) => ({ ...account, platform: 'reels' }));
    const targets = await publishNow(app.api, mediaId, connected, 'Fetched #tea');
    for (const { id } of targets)
      await until(async () => (await readTarget(app.api, id)).status === 'published', `${id} to be published`);
    const sha256 = createHash('sha256')
      .update(readFileSync(`seeds/clips/${CLIP}`))
      .digest('hex');
    const posts = await sandbox.posts('reels');
    expect(posts).toHaveLength(2);
    for (const post of posts) expect(post).toMatchObject({ sha256, caption: 'Fetched #tea' });
  });
});
