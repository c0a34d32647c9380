import { beforeEach, describe, expect, it } from '@jest/globals';
import { JoseKey } from '@atproto/oauth-client-node';
import { Readable } from 'node:stream';
import type { Clock } from '../../../kernel/clock.port.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import type { Credentials, ResumeToken } from '../../domain/publish-outcome.js';
import { type PlatformAnswer, PlatformHttp, type PlatformRequest } from '../../infrastructure/platform-http.js';
import { UnknownCodes } from '../../infrastructure/unknown-codes.js';
import { SkylightAdapter } from './skylight.adapter.js';
import { SKYLIGHT_DEFAULTS, type SkylightConfig } from './skylight.config.js';

const clock: Clock = { now: () => new Date('2026-01-26T12:00:00Z') };
const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
const PDS = 'https://pds.example';
const CID = 'bafyreibogiuv2icxlok5y4a5mhlrjxbipw3wmotgk6z4kaxbjskyp4gugu';
const BLOB = {
  $type: 'blob',
  ref: { $link: 'bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq' },
  mimeType: 'video/mp4',
  size: 3,
};
const DONE = { jobId: 'j1', did: DID, state: 'JOB_STATE_COMPLETED', blob: BLOB };

const reply = (status: number, body: unknown, headers: Record<string, string> = {}): PlatformAnswer => ({
  kind: 'response',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const SILENCE: PlatformAnswer = { kind: 'no_answer', detail: 'x' };
const failure = (status: number, error: string) => reply(status, { error, message: 'm' });

/** The servers, with answers prepared by method name; the last one of a list repeats. */
class PreparedHttp extends PlatformHttp {
  readonly asked: PlatformRequest[] = [];
  readonly answers = new Map<string, PlatformAnswer[]>();

  on(method: string, ...answers: PlatformAnswer[]): this {
    this.answers.set(method, answers);
    return this;
  }

  times(method: string): readonly PlatformRequest[] {
    return this.asked.filter(({ url }) => new URL(url).pathname.endsWith(method));
  }

  override send(request: PlatformRequest): Promise<PlatformAnswer> {
    this.asked.push(request);
    if (request.body instanceof Readable) request.body.destroy();
    const answers = this.answers.get(new URL(request.url).pathname.split('.').at(-1) ?? '') ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    return Promise.resolve(answer ?? { kind: 'not_sent', detail: `nothing prepared for ${request.url}` });
  }
}

const content: PublishContent = {
  caption: 'Soup #soup',
  tags: [],
  media: {
    ...{ sha256: 'a', bytes: 3, mimeType: 'video/mp4', durationMs: 6_000, width: 720, height: 1280, fps: 24 },
    open: () => Readable.from([Buffer.from('abc')]),
  },
  marker: 'm1',
  scheduledAt: new Date('2026-01-26T12:00:00Z'),
  staleAt: new Date('2026-01-26T18:00:00Z'),
  options: {},
};

const session: Credentials = { service: PDS, did: DID, handle: 'mara.test', accessJwt: 'a.b.c', refreshJwt: 'd.e.f' };

let http: PreparedHttp;
let codes: UnknownCodes;
const adapterOf = (upload: SkylightConfig['upload'] = 'blob') =>
  new SkylightAdapter({ ...SKYLIGHT_DEFAULTS, upload }, http, clock, codes);
const ctxOf = (credentials: Credentials = session): PlatformContext => ({
  accountId: 'a',
  externalId: DID,
  credentials,
  signal: new AbortController().signal,
});

const READY: ResumeToken = {
  handle: '3mdd6zlco5v2b',
  did: DID,
  record: { $type: 'app.bsky.feed.post', text: 'Soup', createdAt: '2026-01-26T12:00:00.000Z', embed: { video: BLOB } },
};

beforeEach(() => {
  http = new PreparedHttp();
  codes = new UnknownCodes();
});

describe('writing the post', () => {
  it('is create-only under a key of our own, on a connection of its own', async () => {
    http.on('putRecord', reply(200, { uri: `at://${DID}/app.bsky.feed.post/3mdd6zlco5v2b`, cid: CID }));
    expect(await adapterOf().commit(ctxOf(), content, READY)).toMatchObject({ kind: 'published' });
    const [put] = http.times('putRecord');
    expect(put).toMatchObject({ irreversible: true, guarded: true });
    const sent = JSON.parse(Buffer.from(put?.body as Uint8Array).toString()) as Record<string, unknown>;
    expect(sent).toMatchObject({
      swapRecord: null,
      rkey: READY.handle,
      record: { createdAt: '2026-01-26T12:00:00.000Z' },
    });
  });

  it.each([
    ['our own record', 'Soup', { kind: 'published' }],
    ['something else', 'Stew', { kind: 'unknown', platformCode: 'InvalidSwap' }],
  ])('looks when the key is taken, and finds %s', async (_what, text, expected) => {
    http.on('putRecord', failure(400, 'InvalidSwap'));
    const value = { ...(READY['record'] as object), text };
    http.on('getRecord', reply(200, { uri: `at://${DID}/app.bsky.feed.post/3mdd6zlco5v2b`, cid: CID, value }));
    expect(await adapterOf().commit(ctxOf(), content, READY)).toMatchObject(expected);
  });

  it.each([
    [400, 'InvalidRequest', { kind: 'rejected', category: 'platform_rejected' }],
    [400, 'BlobNotFound', { kind: 'unavailable' }],
    [400, 'ExpiredToken', { kind: 'unauthorised', reconnect: false }],
    [401, 'invalid_token', { kind: 'unauthorised', reconnect: false }],
    [403, 'ScopeMissingError', { kind: 'unauthorised', reconnect: true }],
    [400, 'InvalidToken', { kind: 'unauthorised', reconnect: true }],
    [400, 'AccountTakedown', { kind: 'rejected', category: 'account_issue' }],
    [429, 'RateLimitExceeded', { kind: 'throttled', scope: 'account' }],
    [500, 'InternalServerError', { kind: 'unknown' }],
    [502, 'UpstreamFailure', { kind: 'unknown' }],
    [400, 'NobodyKnowsThis', { kind: 'unknown' }],
  ])('%i %s', async (status, error, expected) => {
    http.on('putRecord', failure(status, error));
    expect(await adapterOf().commit(ctxOf(), content, READY)).toMatchObject({ ...expected, platformCode: error });
    expect(http.asked).toHaveLength(1);
  });

  it('counts a code that no document names, and only that', async () => {
    http.on('putRecord', failure(400, 'NobodyKnowsThis'), failure(400, 'InvalidRequest'));
    await adapterOf().commit(ctxOf(), content, READY);
    await adapterOf().commit(ctxOf(), content, READY);
    expect(codes.counts()).toEqual({ 'skylight /xrpc/com.atproto.repo.putRecord NobodyKnowsThis': 1 });
  });
});

describe('a session bound to a key', () => {
  let bound: Credentials;
  beforeEach(async () => {
    const key = await JoseKey.generate(['ES256']);
    const { accessJwt: _a, refreshJwt: _r, ...rest } = session;
    bound = { ...rest, accessToken: 'at', refreshToken: 'rt', dpopKey: JSON.stringify(key.privateJwk), issuer: PDS };
  });
  const wantsNonce = () => reply(401, { error: 'use_dpop_nonce', message: 'm' }, { 'dpop-nonce': 'n1' });
  const proofOf = ({ headers }: PlatformRequest): Record<string, unknown> =>
    JSON.parse(Buffer.from(headers?.['dpop']?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

  it('repeats once with the nonce the server wants, even where a repeat would be fatal otherwise', async () => {
    http.on('putRecord', wantsNonce(), reply(200, { uri: `at://${DID}/app.bsky.feed.post/x`, cid: CID }));
    expect((await adapterOf().commit(ctxOf(bound), content, READY)).kind).toBe('published');
    const puts = http.times('putRecord');
    expect(puts.map((put) => [put.irreversible, proofOf(put)['nonce']])).toEqual([
      [true, undefined],
      [true, 'n1'],
    ]);
    expect(proofOf(puts[1]!)).toMatchObject({ htm: 'POST', htu: `${PDS}/xrpc/com.atproto.repo.putRecord` });
    expect(puts[1]?.headers?.['authorization']).toBe('DPoP at');
  });

  it('gives up after one repeat: certainly nothing was written', async () => {
    http.on('putRecord', wantsNonce());
    expect((await adapterOf().commit(ctxOf(bound), content, READY)).kind).toBe('unavailable');
    expect(http.times('putRecord')).toHaveLength(2);
  });

  it('opens the video anew for the repeat', async () => {
    let opened = 0;
    const open = () => Readable.from([Buffer.from(`abc${(opened += 1)}`)]);
    http.on('uploadBlob', wantsNonce(), reply(200, { blob: BLOB }));
    const outcome = await adapterOf().prepare(ctxOf(bound), { ...content, media: { ...content.media, open } });
    expect([outcome.kind, opened]).toEqual(['ready', 2]);
  });
});

describe('preparing', () => {
  it('never changes a record it has frozen, whatever the later tries meet', async () => {
    http.on('uploadBlob', reply(200, { blob: BLOB }));
    const record = { text: content.caption, createdAt: '2026-01-25T00:00:00.000Z', embed: { $type: 'v', alt: 'x' } };
    const outcome = await adapterOf().prepare(ctxOf(), content, { handle: 'h', did: DID, record });
    expect(outcome).toMatchObject({
      kind: 'ready',
      resume: { record: { createdAt: '2026-01-25T00:00:00.000Z', embed: { alt: 'x', video: BLOB } } },
    });
  });

  it('does not lose a mention because nobody could look it up just now', async () => {
    const mention = { ...content, caption: 'Hi @mara.test' };
    http.on('uploadBlob', reply(200, { blob: BLOB })).on('resolveHandle', failure(502, 'UpstreamFailure'));
    expect((await adapterOf().prepare(ctxOf(), mention)).kind).toBe('unavailable');
    http.on('resolveHandle', failure(400, 'InvalidRequest'));
    expect(JSON.stringify(await adapterOf().prepare(ctxOf(), mention))).not.toContain('facets');
    http.on('resolveHandle', reply(200, { did: DID }));
    expect(JSON.stringify(await adapterOf().prepare(ctxOf(), mention))).toContain(`"did":"${DID}"`);
  });
});

describe('the video service', () => {
  const LIMITS = { canUpload: true, remainingDailyVideos: 24, remainingDailyBytes: 9_900_000_000 };
  beforeEach(() => {
    http.on('getServiceAuth', reply(200, { token: 's.t.u' }));
    http.on('getUploadLimits', reply(200, LIMITS));
    http.on('uploadVideo', reply(200, { jobId: 'j1', did: DID, state: 'JOB_STATE_CREATED' }));
  });
  const started = async () => adapterOf('video').prepare(ctxOf(), content);
  const polled = (job: unknown, resume: object = { jobId: 'j1', jobs: 1, uploadedAt: '2026-01-26T12:00:00Z' }) => {
    http.on(
      'getJobStatus',
      typeof job === 'object' && job !== null && 'kind' in job
        ? (job as PlatformAnswer)
        : reply(200, { jobStatus: job }),
    );
    return adapterOf('video').prepare(ctxOf(), content, { handle: 'h', did: DID, ...resume });
  };

  it('gets a token for itself and one for the PDS, and sends the exact length', async () => {
    expect(await started()).toMatchObject({ kind: 'wait', resume: { jobId: 'j1' }, afterMs: 1_500 });
    const asked = http.times('getServiceAuth').map(({ url }) => Object.fromEntries(new URL(url).searchParams));
    expect(asked).toEqual([
      { aud: 'did:web:video.bsky.app', lxm: 'app.bsky.video.getUploadLimits' },
      { aud: 'did:web:pds.example', lxm: 'com.atproto.repo.uploadBlob', exp: '1769430600' },
    ]);
    const [upload] = http.times('uploadVideo');
    expect(upload).toMatchObject({ kind: 'upload', headers: { 'content-length': '3', 'content-type': 'video/mp4' } });
    expect(new URL(upload!.url).searchParams.get('did')).toBe(DID);
  });

  it.each([
    ['un-nested', reply(200, { jobId: 'j7', state: 'JOB_STATE_CREATED' }), 'j7'],
    ['nested', reply(200, { jobStatus: { jobId: 'j8', state: 'JOB_STATE_CREATED' } }), 'j8'],
    ['already there', reply(409, { jobId: 'j9', state: 'JOB_STATE_COMPLETED', error: 'already_exists' }), 'j9'],
    ['already there, nested', reply(409, { jobStatus: { jobId: 'j9', state: 'JOB_STATE_COMPLETED' } }), 'j9'],
  ])('follows a job that is %s', async (_shape, answer, jobId) => {
    http.on('uploadVideo', answer);
    expect(await started()).toMatchObject({ kind: 'wait', resume: { jobId } });
  });

  it.each([
    ['unconfirmed e-mail', reply(400, { error: 'unconfirmed_email' }), { kind: 'rejected', category: 'account_issue' }],
    ['too large', failure(413, 'PayloadTooLarge'), { kind: 'rejected', category: 'user_content' }],
    ['too large, by a proxy', reply(413, '<html>'), { kind: 'rejected', category: 'user_content' }],
    ['too fast', failure(429, 'RateLimitExceeded'), { kind: 'throttled' }],
    ['a service token it dislikes', failure(401, 'BadJwt'), { kind: 'unavailable' }],
    ['InvalidToken, which is not the account’s', failure(400, 'InvalidToken'), { kind: 'unavailable' }],
    ['HTML with 200', reply(200, '<html>'), { kind: 'unavailable' }],
    ['truncated JSON', reply(200, '{"jobId":"j'), { kind: 'unavailable' }],
    ['wrong types', reply(200, { jobId: 5, state: [] }), { kind: 'unavailable' }],
    ['silence', SILENCE, { kind: 'unavailable' }],
  ])('upload meets %s', async (_what, answer, expected) => {
    http.on('uploadVideo', answer);
    expect(await started()).toMatchObject(expected);
  });

  it.each([
    ['no room', { canUpload: false, message: 'User has exceeded their daily upload limit' }, { kind: 'throttled' }],
    ['no videos left', { ...LIMITS, remainingDailyVideos: 0 }, { kind: 'throttled' }],
    ['too few bytes left', { ...LIMITS, remainingDailyBytes: 2 }, { kind: 'throttled' }],
    [
      'unconfirmed e-mail',
      { canUpload: false, error: 'unconfirmed_email' },
      { kind: 'rejected', category: 'account_issue' },
    ],
    ['another shape', { canUpload: 'yes' }, { kind: 'unavailable' }],
  ])('limits say %s', async (_what, limits, expected) => {
    http.on('getUploadLimits', reply(200, limits));
    expect(await started()).toMatchObject(expected);
    expect(http.times('uploadVideo')).toEqual([]);
  });

  it.each(['CREATED', 'ENCODING', 'ENCODED', 'SCANNING', 'SCANNED', 'UPLOADING', 'UPLOADED', 'COMPLETED', 'NEW_ONE'])(
    'JOB_STATE_%s without a blob goes on',
    async (state) => {
      const outcome = await polled({ jobId: 'j1', state: `JOB_STATE_${state}` });
      expect(outcome).toMatchObject({ kind: 'wait', resume: { jobId: 'j1' } });
    },
  );

  it('a blob is enough, whatever the state', async () => {
    for (const state of ['JOB_STATE_COMPLETED', 'JOB_STATE_UPLOADED', 'JOB_STATE_FAILED'])
      expect(await polled({ ...DONE, state })).toMatchObject({
        kind: 'ready',
        resume: { record: { embed: { video: BLOB } } },
      });
  });

  it.each([
    ['after ten minutes', { jobId: 'j1', state: 'JOB_STATE_SCANNING' }, '2026-01-26T11:49:00Z'],
    ['for a job the service forgot', failure(400, 'InvalidRequest'), '2026-01-26T12:00:00Z'],
    [
      'for a job that failed at the PDS',
      { jobId: 'j1', state: 'JOB_STATE_FAILED', failureCode: 'pds_upload_failure' },
      '2026-01-26T12:00:00Z',
    ],
  ])('starts again %s', async (_when, job, uploadedAt) => {
    const outcome = await polled(job, { jobId: 'j1', jobs: 1, uploadedAt });
    expect(outcome).toMatchObject({ kind: 'wait', resume: { jobs: 1 } });
    expect(outcome).not.toHaveProperty('resume.jobId');
  });

  it('believes the third failure', async () => {
    const job = { jobId: 'j1', state: 'JOB_STATE_FAILED', failureCode: 'generic_failure', message: 'sorry' };
    const outcome = await polled(job, { jobId: 'j1', jobs: 3, uploadedAt: '2026-01-26T12:00:00Z' });
    expect(outcome).toMatchObject({ kind: 'rejected', category: 'platform_rejected', platformCode: 'generic_failure' });
  });
});

describe('whom it trusts', () => {
  it('guards every address that a person or a document named, and none of the operator’s', async () => {
    const doc = { id: DID, alsoKnownAs: ['at://mara.test'], service: [{ id: '#atproto_pds', serviceEndpoint: PDS }] };
    const plc = { kind: 'response', status: 200, headers: {}, text: JSON.stringify(doc) } as const;
    http.on('resolveHandle', reply(200, { did: DID })).on(`/${DID}`, plc);
    http.on('createSession', reply(200, { did: DID, handle: 'mara.test', accessJwt: 'a', refreshJwt: 'b' }));
    const credentials = { identifier: 'mara.test', password: 'p' };
    expect(await adapterOf().connect(credentials, ctxOf().signal)).toMatchObject({
      kind: 'connected',
      externalId: DID,
    });
    const guarded = http.asked.map(({ url, guarded: is }) => [new URL(url).host, is ?? false]);
    expect(guarded).toEqual([
      ['bsky.social', false],
      ['plc.directory', false],
      ['pds.example', true],
      ['plc.directory', false],
    ]);
  });

  it('does not sign in where a stranger’s handle points to somebody else', async () => {
    const doc = { id: DID, alsoKnownAs: ['at://other.test'], service: [{ id: '#atproto_pds', serviceEndpoint: PDS }] };
    http.on('resolveHandle', reply(200, { did: DID })).on(`/${DID}`, reply(200, doc));
    const outcome = await adapterOf().connect({ identifier: 'mara.test', password: 'p' }, ctxOf().signal);
    expect(outcome).toMatchObject({ kind: 'rejected', platformCode: 'InvalidHandle' });
    expect(http.times('createSession')).toEqual([]);
  });
});
