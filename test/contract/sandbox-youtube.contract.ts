import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { clickThrough } from '../support/google-consent.js';
import { type Answer, call, type Connected, type Json, postJson, VIDEO } from './sandbox-wire.js';

const UNIT = 262_144;
const SCOPE = 'https://www.googleapis.com/auth/youtube';
const META = {
  snippet: { title: 'Soup', description: 'Quick soup', tags: ['soup'], categoryId: '22' },
  status: { privacyStatus: 'public' },
};

let sandbox: Sandbox;
let youtube: string;
let account: Connected;
beforeAll(async () => {
  sandbox = await startSandbox({ skylight: false });
  youtube = sandbox.urls.youtube;
});
afterAll(() => sandbox.stop());

const control = (path: string, body: unknown = {}) => postJson(`${sandbox.urls.control}/__sim/${path}`, body);
const truth = async (): Promise<Json[]> => (await call(`${sandbox.urls.control}/__sim/posts?platform=shorts`)).json;
const bearer = ({ credentials } = account) => ({ authorization: `Bearer ${credentials['accessToken']}` });
const api = (path: string, init: RequestInit = {}, headers = bearer()): Promise<Answer> =>
  call(`${youtube}/youtube/v3/${path}`, { headers, ...init });
const reason = ({ status, json }: Answer) => [status, json?.error?.errors?.[0]?.reason];

beforeEach(async () => {
  account = (await control('accounts', { platform: 'shorts', handle: 'mara' })).json;
});
afterEach(async () => {
  await control('reset');
});

const start = (body: unknown = META, query = 'uploadType=resumable&part=snippet,status', headers = {}) =>
  postJson(`${youtube}/upload/youtube/v3/videos?${query}`, body, {
    ...bearer(),
    'x-upload-content-type': 'video/mp4',
    ...headers,
  });
const open = async (bytes: number): Promise<string> =>
  (await start(META, undefined, { 'x-upload-content-length': String(bytes) })).headers.get('location') ?? '';
const put = (uri: string, range: string, body: Buffer = Buffer.alloc(0), headers: Record<string, string> = bearer()) =>
  call(uri, { method: 'PUT', headers: { ...headers, 'content-range': `bytes ${range}` }, body: new Uint8Array(body) });
const range = ({ status, headers }: Answer) => [status, headers.get('range')];

describe('an upload session', () => {
  it('says what it holds, leaves Range out for nothing, and makes the video with the last byte only', async () => {
    const total = UNIT + 1_000;
    const uri = await open(total);
    expect(range(await put(uri, `*/${total}`))).toEqual([308, null]);
    expect(range(await put(uri, `0-${UNIT - 1}/${total}`, Buffer.alloc(UNIT)))).toEqual([308, `bytes=0-${UNIT - 1}`]);
    expect(range(await put(uri, `*/${total}`))).toEqual([308, `bytes=0-${UNIT - 1}`]);
    expect(await truth()).toEqual([]);
    const last = await put(uri, `${UNIT}-${total - 1}/${total}`, Buffer.alloc(1_000));
    expect(last).toMatchObject({ status: 200, json: { kind: 'youtube#video', status: { uploadStatus: 'uploaded' } } });
    expect((await put(uri, `*/${total}`)).json.id).toBe(last.json.id);
    expect(await truth()).toHaveLength(1);
  });

  it('refuses what the real one refuses', async () => {
    const total = 2 * UNIT;
    const uri = await open(total);
    const badRequest = [400, 'badRequest'];
    expect(reason(await put(uri, `0-999/${total}`, Buffer.alloc(1_000)))).toEqual(badRequest);
    expect(reason(await put(uri, `0-${UNIT - 1}/${total + 1}`, Buffer.alloc(UNIT)))).toEqual(badRequest);
    expect(reason(await put(uri, `0-${UNIT - 1}/${total}`, Buffer.alloc(UNIT - 1)))).toEqual(badRequest);
    expect(reason(await put(uri, `*/${total + 1}`))).toEqual(badRequest);
    expect(reason(await put(uri, 'all of it', Buffer.alloc(10)))).toEqual(badRequest);
    expect(range(await put(uri, `${UNIT}-${total - 1}/${total}`, Buffer.alloc(UNIT)))).toEqual([308, null]);
    const other = (await control('accounts', { platform: 'shorts' })).json;
    expect(reason(await put(uri, `*/${total}`, undefined, bearer(other)))).toEqual([403, 'forbidden']);
    expect(reason(await put(uri, `*/${total}`, undefined, { authorization: 'Bearer x' }))).toEqual([401, 'authError']);
    expect(range(await put(uri, `*/${total}`, undefined, {}))).toEqual([308, null]);
  });

  it('is gone after its time', async () => {
    await control('settings', { shortsSessionLifeMs: 60_000 });
    const uri = await open(10);
    await control('clock', { advanceMs: 61_000 });
    expect((await put(uri, '*/10')).status).toBe(404);
  });

  it.each([
    ['invalidTitle', { ...META, snippet: { title: 'x'.repeat(101) } }],
    ['invalidTitle', { ...META, snippet: {} }],
    ['invalidDescription', { ...META, snippet: { title: 'T', description: 'é'.repeat(2_501) } }],
    ['invalidTags', { ...META, snippet: { title: 'T', tags: ['x'.repeat(251), 'y'.repeat(250)] } }],
    ['invalidTags', { ...META, snippet: { title: 'T', tags: 'soup' } }],
    ['invalidCategoryId', { ...META, snippet: { title: 'T', categoryId: 22 } }],
    ['invalidVideoMetadata', { ...META, status: { privacyStatus: 'friends' } }],
    ['invalidVideoMetadata', { ...META, status: { selfDeclaredMadeForKids: 'no' } }],
    ['invalidPublishAt', { ...META, status: { privacyStatus: 'public', publishAt: '2030-01-01T00:00:00Z' } }],
  ])('is not opened with %s', async (expected, body) => {
    const refused = await start(body);
    expect(reason(refused)).toEqual([400, expected]);
    expect(refused.json.error).toMatchObject({
      code: 400,
      status: 'INVALID_ARGUMENT',
      errors: [{ domain: 'youtube.video' }],
    });
  });

  it('is not opened without part, for another upload type, for a picture or by a stranger', async () => {
    expect(reason(await start(META, 'uploadType=resumable'))).toEqual([400, 'required']);
    expect(reason(await start(META, 'uploadType=media&part=snippet'))).toEqual([400, 'badRequest']);
    expect(reason(await start(META, undefined, { 'x-upload-content-type': 'image/png' }))).toEqual([400, 'badContent']);
    expect(reason(await start(META, undefined, { authorization: 'Bearer x' }))).toEqual([401, 'authError']);
  });
});

describe('quota', () => {
  it('has a bucket each for inserts, batched statistics and the rest, full again at midnight Pacific', async () => {
    await control('settings', { shortsDailyInserts: 2, shortsDailyBatchStats: 1, shortsDailyUnits: 51 });
    await start();
    expect(reason(await start({}))).toEqual([400, 'invalidTitle']);
    const spent = await start();
    expect(reason(spent)).toEqual([403, 'quotaExceeded']);
    expect(spent.json.error).toMatchObject({ status: 'PERMISSION_DENIED', errors: [{ domain: 'youtube.quota' }] });
    expect((await api('videos:batchGetStats?part=statistics&id=x')).status).toBe(200);
    expect(reason(await api('videos:batchGetStats?part=statistics&id=x'))).toEqual([403, 'quotaExceeded']);
    expect((await api('videos?part=id&id=x')).status).toBe(200);
    expect((await api('videos?id=x', { method: 'DELETE' })).status).toBe(404);
    expect(reason(await api('channels?part=id&mine=true'))).toEqual([403, 'quotaExceeded']);
    await control('clock', { advanceMs: 86_400_000 });
    const { refreshToken } = account.credentials;
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken ?? '' };
    account.credentials['accessToken'] = (await token(grant)).json.access_token;
    expect((await start()).status).toBe(200);
    expect((await api('channels?part=id&mine=true')).status).toBe(200);
  });
});

describe('reading', () => {
  const upload = async (): Promise<string> => {
    const uri = await open(VIDEO.length);
    return (await call(uri, { method: 'PUT', headers: bearer(), body: new Uint8Array(VIDEO) })).json.id;
  };

  it('gives counts as strings, tags to the owner only, and processing details to nobody else', async () => {
    const id = await upload();
    const working = (await api(`videos?part=status,processingDetails,contentDetails&id=${id}`)).json.items[0];
    expect(working).toMatchObject({
      status: { uploadStatus: 'uploaded' },
      processingDetails: { processingStatus: 'processing', processingProgress: { partsTotal: expect.any(String) } },
      contentDetails: { duration: 'P0D' },
    });
    await control('clock', { advanceMs: 60_000 });
    const stats = (await api(`videos:batchGetStats?part=id,snippet,statistics,contentDetails&id=${id}`)).json.items;
    expect(stats).toMatchObject([
      {
        kind: 'youtube#videoStats',
        id,
        snippet: { publishTime: expect.any(String) },
        statistics: { viewCount: expect.stringMatching(/^\d+$/) },
        contentDetails: { duration: expect.stringMatching(/^PT/) },
      },
    ]);
    const other = bearer((await control('accounts', { platform: 'shorts' })).json);
    const seen = (await api(`videos?part=snippet&id=${id}`, {}, other)).json.items[0];
    expect(seen.snippet).not.toHaveProperty('tags');
    expect(reason(await api(`videos?part=processingDetails&id=${id}`, {}, other))).toEqual([403, 'forbidden']);
    expect(reason(await api(`videos?id=${id}`, { method: 'DELETE' }, other))).toEqual([403, 'forbidden']);
  });

  it.each([
    ['videos?id=x', 'required'],
    ['videos?part=everything&id=x', 'unknownPart'],
    ['videos?part=id', 'missingRequiredParameter'],
    [`videos?part=id&id=${Array.from({ length: 51 }, (_, at) => `v${at}`).join(',')}`, 'invalidFilters'],
    ['channels?part=id', 'missingRequiredParameter'],
  ])('refuses %s', async (path, expected) => {
    expect(reason(await api(path))).toEqual([400, expected]);
  });

  it('finds no other playlist', async () => {
    expect(reason(await api('playlistItems?part=id&playlistId=UUother'))).toEqual([404, 'playlistNotFound']);
  });
});

const token = (form: Record<string, string>): Promise<Answer> =>
  call(`${youtube}/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'sandbox-client', client_secret: 'sandbox-secret', ...form }),
  });

describe('consent', () => {
  const REDIRECT = 'https://app.test/callback';
  const page = (change: Record<string, string> = {}): string => {
    const query = {
      client_id: 'sandbox-client',
      redirect_uri: REDIRECT,
      response_type: 'code',
      scope: `${SCOPE}.readonly`,
    };
    const asked = new URLSearchParams({ ...query, state: 's', access_type: 'offline', ...change });
    return `${youtube}/o/oauth2/v2/auth?${asked.toString()}`;
  };
  const exchange = async (url: string, change: Record<string, string> = {}): Promise<Answer> => {
    const code = (await clickThrough(url, { account: 'mara' })).searchParams.get('code') ?? '';
    return token({ grant_type: 'authorization_code', redirect_uri: REDIRECT, code, ...change });
  };

  it('gives a refresh token at the first time, and later only when asked for consent again', async () => {
    expect((await exchange(page())).json).toHaveProperty('refresh_token');
    expect((await exchange(page())).json).not.toHaveProperty('refresh_token');
    expect((await exchange(page({ prompt: 'consent' }))).json).toHaveProperty('refresh_token');
    expect((await exchange(page({ prompt: 'consent', access_type: 'online' }))).json).not.toHaveProperty(
      'refresh_token',
    );
  });

  it('limits a token to the scopes that were ticked', async () => {
    const { access_token } = (await exchange(page())).json;
    const headers = { authorization: `Bearer ${access_token}` };
    expect((await api('channels?part=id&mine=true', {}, headers)).status).toBe(200);
    expect(reason(await start(META, undefined, headers))).toEqual([403, 'insufficientPermissions']);
    expect(reason(await api('videos?id=x', { method: 'DELETE' }, headers))).toEqual([403, 'insufficientPermissions']);
  });

  it('binds the code to the redirect URI and to the verifier', async () => {
    const challenge = { code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' };
    expect((await exchange(page(), { redirect_uri: 'https://other.test/' })).json.error).toBe('redirect_uri_mismatch');
    expect((await exchange(page(challenge))).json).toMatchObject({ error: 'invalid_grant' });
    expect((await exchange(page(challenge), { code_verifier: 'c'.repeat(43) })).json.error).toBe('invalid_grant');
    expect((await exchange(page(), { client_secret: 'wrong' })).json.error).toBe('invalid_client');
  });

  it.each([
    [{ client_id: 'other' }, 'invalid_client'],
    [{ redirect_uri: 'http://app.test/callback' }, 'redirect_uri_mismatch'],
    [{ response_type: 'token' }, 'invalid_request'],
    [{ scope: '' }, 'invalid_request'],
    [{ scope: 'everything' }, 'invalid_scope'],
    [{ code_challenge: 'short' }, 'invalid_request'],
  ])('shows %j to the person instead of sending it back', async (change, error) => {
    const shown = await call(page(change));
    expect(shown.status).toBe(400);
    expect(shown.text).toContain(error);
  });

  it('ends after 7 days while the app is being tested, and after half a year without use', async () => {
    const { refresh_token } = (await exchange(page())).json;
    const grant = { grant_type: 'refresh_token', refresh_token };
    await control('clock', { advanceMs: 8 * 86_400_000 });
    const fresh = await token(grant);
    expect(fresh.json).toMatchObject({ expires_in: 3_599, token_type: 'Bearer' });
    expect(fresh.json).not.toHaveProperty('refresh_token');
    await control('settings', { shortsTestingApp: true });
    expect((await token(grant)).json).toMatchObject({ error: 'invalid_grant' });
    await control('settings', { shortsTestingApp: false });
    await control('clock', { advanceMs: 184 * 86_400_000 });
    expect(await token(grant)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });
});
