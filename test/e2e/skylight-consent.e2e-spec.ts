import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { startAppProcess, type TestApp, until } from '../support/app.js';
import { consentAtPds } from '../support/atproto-consent.js';
import { startSandbox, type TestSandbox } from '../support/sandbox.js';
import { publishNow, readTarget, uploadClip } from '../support/story.js';

const clip = readdirSync('seeds/clips').find((name) => name.endsWith('.mp4')) ?? '';

interface Owner {
  readonly externalId: string;
  readonly handle: string;
  readonly login: { readonly username: string; readonly password: string };
}

describe('an AT Protocol account connected by consent', () => {
  let sandbox: TestSandbox;
  let app: TestApp;

  beforeAll(async () => {
    sandbox = await startSandbox({ skylight: true });
    app = await startAppProcess({ ...sandbox.env });
  });
  afterAll(async () => {
    await app.stop();
    await sandbox.stop();
  });

  it('publishes through the video service, and the post is on the PDS', async () => {
    const owner = await sandbox.control<Owner>('POST', 'accounts', { platform: 'skylight' });
    const options = { handle: owner.handle };
    const begun = await app.api.ok<{ url: string }>('POST', '/v1/accounts/connect/skylight', { options });
    const query = new URLSearchParams(await consentAtPds({ url: begun.url, ...owner.login }));
    const callback = `/v1/accounts/connect/skylight/callback?${query.toString()}`;
    const back = await app.api
      .with(undefined)
      .call<{ accounts: { id: string; externalId: string }[] }>('GET', callback, undefined, {
        accept: 'application/json',
      });
    expect(back).toMatchObject({ status: 200, body: { accounts: [{ externalId: owner.externalId }] } });
    const [account] = back.body.accounts;
    const mediaId = await uploadClip(app.api, clip);
    const connected = { id: account!.id, externalId: owner.externalId, platform: 'skylight' };
    const [target] = await publishNow(app.api, mediaId, [connected], 'By consent #story');
    const settled = await until(async () => {
      const now = await readTarget(app.api, target?.id ?? '');
      return ['published', 'failed', 'missed', 'needs_decision'].includes(now.status) && now;
    }, 'the target to settle');
    expect(settled.status).toBe('published');
    expect(await sandbox.posts('skylight')).toMatchObject([
      { platformPostId: settled.platformPostId, accountExternalId: owner.externalId, caption: 'By consent #story' },
    ]);
  });

  it('publishes no client document while there is no public address', async () => {
    const answer = await app.api.with(undefined).call('GET', '/oauth/skylight/client-metadata.json');
    expect(answer).toMatchObject({ status: 404, body: { code: 'oauth.not_public' } });
  });
});
