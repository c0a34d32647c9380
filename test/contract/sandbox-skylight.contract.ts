import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { startSandbox, type Sandbox } from '../../src/sandbox/start-sandbox.js';
import { type Answer, call, type Connected, postJson, until, VIDEO } from './sandbox-wire.js';

const VIDEO_DID = 'did:web:video.bsky.app';
const PDS_DID = 'did:web:localhost';
const GET_LIMITS = 'app.bsky.video.getUploadLimits';
const UPLOAD_BLOB = 'com.atproto.repo.uploadBlob';

let sandbox: Sandbox;
let account: Connected;
let access: string;

const control = (path: string, body: unknown = {}) => postJson(`${sandbox.urls.control}/__sim/${path}`, body);
const pds = (method: string) => `${sandbox.urls.skylight}/xrpc/${method}`;
const video = (method: string) => `${sandbox.urls.video}/xrpc/app.bsky.video.${method}`;

/** A token for another service, signed by the account's own key at its PDS. */
const serviceToken = async (aud: string, lxm: string, token = access): Promise<string> => {
  const query = new URLSearchParams({ aud, lxm });
  const headers = { authorization: `Bearer ${token}` };
  return String(
    (await call(`${pds('com.atproto.server.getServiceAuth')}?${query.toString()}`, { headers })).json.token,
  );
};

const signIn = async (): Promise<void> => {
  account = (await control('accounts', { platform: 'skylight' })).json;
  access = (await postJson(pds('com.atproto.server.createSession'), account.credentials)).json.accessJwt;
};

interface Upload {
  readonly token: string;
  readonly bytes?: Buffer;
  readonly type?: string;
  readonly name?: string;
}
const upload = ({ token, bytes = VIDEO, type = 'video/mp4', name = 'a.mp4' }: Upload): Promise<Answer> => {
  const query = new URLSearchParams({ did: account.externalId, name });
  const headers = { authorization: `Bearer ${token}`, 'content-type': type };
  return call(`${video('uploadVideo')}?${query.toString()}`, { method: 'POST', headers, body: new Uint8Array(bytes) });
};

const put = (rkey: string, embed: object | undefined): Promise<Answer> =>
  postJson(
    pds('com.atproto.repo.putRecord'),
    {
      repo: account.externalId,
      collection: 'app.bsky.feed.post',
      rkey,
      record: {
        $type: 'app.bsky.feed.post',
        text: rkey,
        createdAt: new Date().toISOString(),
        ...(embed ? { embed } : {}),
      },
    },
    { authorization: `Bearer ${access}` },
  );

beforeAll(async () => {
  sandbox = await startSandbox();
}, 20_000);
afterAll(() => sandbox.stop());
beforeEach(signIn);

describe('the video service of the sandbox', () => {
  const limits = (token: string) => call(video('getUploadLimits'), { headers: { authorization: `Bearer ${token}` } });

  it('believes a token that the account signed for it and this method, and no other', async () => {
    const good = await serviceToken(VIDEO_DID, GET_LIMITS);
    expect(await limits(good)).toMatchObject({ status: 200, json: { canUpload: true, remainingDailyVideos: 25 } });
    const forged = `${good.slice(0, good.lastIndexOf('.'))}.${randomBytes(64).toString('base64url')}`;
    const refused = [
      [await serviceToken(PDS_DID, GET_LIMITS), 'BadJwtAudience'],
      [await serviceToken(VIDEO_DID, UPLOAD_BLOB), 'BadJwtLexiconMethod'],
      [forged, 'BadJwtSignature'],
      [access, 'BadJwt'],
      ['junk', 'BadJwt'],
    ] as const;
    for (const [token, error] of refused) expect(await limits(token)).toMatchObject({ status: 401, json: { error } });
  });

  it('refuses what is no video, has no name, or comes for somebody else', async () => {
    const token = await serviceToken(PDS_DID, UPLOAD_BLOB);
    expect((await upload({ token, type: 'image/png' })).status).toBe(400);
    expect((await upload({ token, name: 'clip' })).status).toBe(400);
    expect((await upload({ token: await serviceToken(VIDEO_DID, UPLOAD_BLOB) })).status).toBe(401);
    await signIn();
    expect(await upload({ token })).toMatchObject({ status: 401, json: { error: 'BadJwtIssuer' } });
  });

  it('writes the video to the PDS, where a record may then show it; the same bytes again are no new job', async () => {
    const bytes = Buffer.concat([VIDEO, randomBytes(8)]);
    const sent = { token: await serviceToken(PDS_DID, UPLOAD_BLOB), bytes };
    const { jobId } = (await upload(sent)).json;
    const status = () => call(`${video('getJobStatus')}?jobId=${jobId}`);
    await control('clock', { advanceMs: 1_000 });
    const done = await until(status, ({ json }) => json.jobStatus.blob !== undefined);
    expect(done.json.jobStatus).toMatchObject({ state: 'JOB_STATE_COMPLETED', blob: { size: bytes.length } });
    expect(await upload(sent)).toMatchObject({ status: 409, json: { error: 'already_exists', jobId } });
    const embed = { $type: 'app.bsky.embed.video', video: done.json.jobStatus.blob };
    expect((await put('3mdd6zlco5v2b', embed)).status).toBe(200);
  });
});

describe('the AppView of the sandbox', () => {
  const posts = (uris: readonly string[]) =>
    call(`${pds('app.bsky.feed.getPosts')}?${uris.map((uri) => `uris=${encodeURIComponent(uri)}`).join('&')}`);

  it('takes 25 addresses at most and leaves out what it does not know', async () => {
    const { uri } = (await put('3mdd6zlco5v2b', undefined)).json;
    const unknown = `at://${account.externalId}/app.bsky.feed.post/3mdd6zlco5v2c`;
    expect((await posts([uri, unknown])).json.posts).toMatchObject([{ uri, likeCount: 0, replyCount: 0 }]);
    expect((await posts([uri, unknown])).json.posts).toHaveLength(1);
    expect((await posts(Array.from({ length: 26 }, () => uri))).status).toBe(400);
  });

  it('knows a post later than the PDS, and tells videos apart', async () => {
    await control('settings', { skylightAppViewLagMs: 60_000 });
    const { uri } = (await put('3mdd6zlco5v2b', undefined)).json;
    expect((await posts([uri])).json.posts).toEqual([]);
    await control('settings', { skylightAppViewLagMs: 0 });
    const feed = (filter: string) =>
      call(`${pds('app.bsky.feed.getAuthorFeed')}?actor=${account.handle}&filter=${filter}`);
    expect((await feed('posts_no_replies')).json.feed).toMatchObject([{ post: { uri } }]);
    expect((await feed('posts_with_video')).json.feed).toEqual([]);
  });
});

it('leads every client back to the fault proxy, whoever tells it the address', async () => {
  const document = await call(`${sandbox.urls.plc}/${account.externalId}`);
  expect(document.json.service).toMatchObject([{ serviceEndpoint: sandbox.urls.skylight }]);
  const resource = await call(`${sandbox.urls.skylight}/.well-known/oauth-protected-resource`);
  expect(resource.json.authorization_servers).toEqual([sandbox.urls.skylight]);
});
