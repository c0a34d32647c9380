import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { clickThrough } from '../support/google-consent.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { publishNow, readTarget, type TargetView, uploadClip } from '../support/story.js';

interface Connected {
  readonly accounts: readonly { readonly id: string; readonly displayName: string }[];
}

describe('a YouTube project that has not been audited', () => {
  let sandbox: TestSandbox;
  let app: TestApp;

  beforeAll(async () => {
    sandbox = await startSandbox();
    app = await startAppProcess({ ...sandbox.env, TIME_SCALE: '60' });
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  it('is connected by consent, publishes, and tells the user that nobody can see the video', async () => {
    await sandbox.control('POST', 'settings', { shortsForcedPrivate: true });
    const { externalId } = await sandbox.createAccount('shorts');
    const leaving = await app.api.call<{ url: string }>('POST', '/v1/accounts/connect/shorts', {});
    expect(leaving.status).toBe(201);
    const back = await clickThrough(leaving.body.url);
    const cookie = leaving.headers.getSetCookie().map((line) => line.split(';')[0]);
    const arrived = await app.api.with(undefined).call<Connected>('GET', `${back.pathname}${back.search}`, undefined, {
      accept: 'application/json',
      cookie: cookie.join('; '),
    });
    expect(arrived.body).toMatchObject({ accounts: [{ platform: 'shorts' }] });

    const account = { id: arrived.body.accounts[0]?.id ?? '', externalId, platform: 'shorts' };
    const mediaId = await uploadClip(app.api, 'tea-in-a-minute.mp4');
    const [target] = await publishNow(app.api, mediaId, [account], 'Only for me #tea');
    const live = await until(async () => {
      const seen: TargetView & { notices?: string[] } = await readTarget(app.api, target?.id ?? '');
      return seen.status === 'published' && seen;
    }, 'the video to be published');
    expect(live.notices).toEqual([expect.stringMatching(/Asked for public, but YouTube made the video private/)]);
    const posts = await sandbox.posts('shorts');
    expect(posts).toMatchObject([{ accountExternalId: externalId, platformPostId: live.platformPostId }]);
  });
});
