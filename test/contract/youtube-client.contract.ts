import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auth as google, youtube, type youtube_v3 } from '@googleapis/youtube';
import { Readable } from 'node:stream';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { clickThrough } from '../support/google-consent.js';
import { call, postJson, VIDEO } from './sandbox-wire.js';

const SCOPES = ['upload', 'readonly', 'force-ssl'].map((name) => `https://www.googleapis.com/auth/youtube.${name}`);
const REDIRECT = 'http://localhost:9/callback';

let sandbox: Sandbox;
let login: InstanceType<typeof google.OAuth2>;
let client: youtube_v3.Youtube;
let rootUrl: string;
beforeAll(async () => {
  sandbox = await startSandbox({ skylight: false });
  const url = sandbox.urls.youtube;
  login = new google.OAuth2({
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-secret',
    redirectUri: REDIRECT,
    endpoints: {
      oauth2AuthBaseUrl: `${url}/o/oauth2/v2/auth`,
      oauth2TokenUrl: `${url}/token`,
      oauth2RevokeUrl: `${url}/revoke`,
    },
  });
  rootUrl = `${url}/`;
  client = youtube({ version: 'v3', auth: login, rootUrl });
});
afterAll(() => sandbox.stop());

const control = (path: string, body: unknown) => postJson(`${sandbox.urls.control}/__sim/${path}`, body);

/** Uploads ask for the root URL once more: the client's own setting covers metadata calls only. */
const insert = (requestBody: youtube_v3.Schema$Video) => {
  const media = { mimeType: 'video/mp4', body: Readable.from([VIDEO]) };
  return client.videos.insert({ part: ['snippet', 'status'], requestBody, media }, { rootUrl });
};

describe("Google's own client, pointed at the sandbox", () => {
  it('signs in, uploads, reads back, lists and deletes', async () => {
    const account = (await control('accounts', { platform: 'shorts', handle: 'mara' })).json;
    const consent = login.generateAuthUrl({ access_type: 'offline', prompt: 'consent', scope: SCOPES, state: 's' });
    const code = (await clickThrough(consent, { account: 'mara' })).searchParams.get('code') ?? '';
    const { tokens } = await login.getToken(code);
    expect(tokens).toMatchObject({ refresh_token: expect.any(String), scope: SCOPES.join(' ') });
    login.setCredentials(tokens);

    const channels = await client.channels.list({ part: ['snippet', 'contentDetails'], mine: true });
    expect(channels.data.items).toMatchObject([{ id: account.externalId, snippet: { title: 'mara' } }]);
    const playlistId = channels.data.items?.[0]?.contentDetails?.relatedPlaylists?.uploads ?? '';

    const inserted = await insert({
      snippet: { title: 'Soup in 30 s', description: 'Quick soup', tags: ['soup', 's:9f2c1d'], categoryId: '22' },
      status: { privacyStatus: 'public', selfDeclaredMadeForKids: false },
    });
    const id = inserted.data.id ?? '';
    expect(inserted.data).toMatchObject({ kind: 'youtube#video', status: { uploadStatus: 'uploaded' } });
    await control('clock', { advanceMs: 60_000 });

    const part = ['snippet', 'status', 'statistics', 'processingDetails'];
    const videos = await client.videos.list({ part, id: [id] });
    expect(videos.data.items).toMatchObject([
      {
        id,
        snippet: { title: 'Soup in 30 s', tags: ['soup', 's:9f2c1d'] },
        status: { uploadStatus: 'processed', privacyStatus: 'public' },
        statistics: { viewCount: expect.stringMatching(/^\d+$/), favoriteCount: '0' },
        processingDetails: { processingStatus: 'succeeded' },
      },
    ]);
    const posts = await call(`${sandbox.urls.control}/__sim/posts?platform=shorts`);
    expect(posts.json).toMatchObject([{ platformPostId: id, bytes: VIDEO.length, marker: '9f2c1d' }]);

    const items = await client.playlistItems.list({ part: ['snippet', 'contentDetails'], playlistId, maxResults: 50 });
    expect(items.data.items).toMatchObject([
      { snippet: { resourceId: { videoId: id } }, contentDetails: { videoId: id } },
    ]);

    expect((await client.videos.delete({ id })).status).toBe(204);
    expect((await client.videos.list({ part: ['id'], id: [id] })).data.items).toEqual([]);
  });

  it('refreshes by itself after the access token has expired, and keeps its refresh token', async () => {
    const before = login.credentials;
    await control('clock', { advanceMs: 3_700_000 });
    login.setCredentials({ ...before, expiry_date: 1 });
    expect((await client.channels.list({ part: ['id'], mine: true })).status).toBe(200);
    expect(login.credentials.access_token).not.toBe(before.access_token);
    expect(login.credentials.refresh_token).toBe(before.refresh_token);
  });

  it("reads refusals in Google's words", async () => {
    const refusal = (status: number, reason: string) => ({
      status,
      response: { data: { error: { code: status, errors: [{ reason, domain: 'youtube.video' }] } } },
    });
    await expect(client.videos.delete({ id: 'nothing' })).rejects.toMatchObject(refusal(404, 'videoNotFound'));
    const untitled = insert({ snippet: { title: 'a < b' }, status: { privacyStatus: 'public' } });
    await expect(untitled).rejects.toMatchObject(refusal(400, 'invalidTitle'));
    const { refresh_token } = login.credentials;
    await login.revokeToken(refresh_token ?? '');
    await expect(client.channels.list({ part: ['id'], mine: true })).rejects.toMatchObject({ status: 401 });
    login.setCredentials({ refresh_token: refresh_token ?? '', expiry_date: 1 });
    await expect(client.channels.list({ part: ['id'], mine: true })).rejects.toThrow('invalid_grant');
  });
});
