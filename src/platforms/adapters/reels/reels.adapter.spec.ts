import { describe, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { Clock } from '../../../kernel/clock.port.js';
import type { PlatformContext } from '../../domain/platform.port.js';
import type { PublishContent } from '../../domain/publish-content.js';
import { type PlatformAnswer, PlatformHttp, type PlatformRequest } from '../../infrastructure/platform-http.js';
import { ReelsAdapter } from './reels.adapter.js';
import { REELS_DEFAULTS, type ReelsConfig } from './reels.config.js';
import type { ReelsResume } from './reels.resume.js';

const NOW = new Date('2026-01-26T12:00:00Z');
const clock: Clock = { now: () => NOW };

/** Meta's servers with prepared answers, first to last; the last one repeats. */
class PreparedHttp extends PlatformHttp {
  readonly asked: PlatformRequest[] = [];
  constructor(private readonly answers: PlatformAnswer[]) {
    super();
  }
  override send(request: PlatformRequest): Promise<PlatformAnswer> {
    this.asked.push(request);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    return Promise.resolve(answer ?? { kind: 'not_sent', detail: 'nothing prepared' });
  }
}

const reply = (status: number, body: unknown): PlatformAnswer => ({
  kind: 'response',
  status,
  headers: {},
  text: typeof body === 'string' ? body : JSON.stringify(body),
});
const failure = (code: number, subcode?: number): PlatformAnswer =>
  reply(400, { error: { message: 'm', type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'F' } });
const container = (status_code: string, subcode?: number): PlatformAnswer =>
  reply(200, { status_code, status: `${status_code}: Media upload has failed with error code ${subcode ?? ''}` });

const content: PublishContent = {
  caption: 'Soup',
  tags: [],
  media: {
    ...{ sha256: 'a', bytes: 3, mimeType: 'video/mp4', durationMs: 6000, width: 720, height: 1280, fps: 24 },
    open: () => Readable.from([Buffer.from('abc')]),
    hostedUrl: (until) => `https://perennial.example/hosted/${until.getTime()}.mp4`,
  },
  marker: 'm',
  scheduledAt: NOW,
  staleAt: new Date('2026-01-26T18:00:00Z'),
  options: {},
};
const ctx = (credentials: Record<string, string> = { accessToken: 'IGtoken' }): PlatformContext => ({
  accountId: 'a',
  externalId: '178',
  credentials,
  signal: new AbortController().signal,
});
const token = (step: ReelsResume['step'], restarts = 0): ReelsResume => ({
  ...{ handle: '179', uploadUri: 'https://rupload.facebook.com/x', polls: 0 },
  step,
  restarts,
});
const adapterOn = (answers: PlatformAnswer[], config: Partial<ReelsConfig> = {}) => {
  const http = new PreparedHttp(answers);
  return { http, adapter: new ReelsAdapter({ ...REELS_DEFAULTS, ...config }, http, clock) };
};

/** `platforms.md` 2.5, row by row: code, subcode; outcome of creating, of waiting, of publishing. */
const ROWS: readonly (readonly [number, number | undefined, string, string, string])[] = [
  [-2, 2207003, 'unavailable', 'saved', 'unavailable'],
  [-2, 2207020, 'unavailable', 'saved', 'unavailable'],
  [-1, 2207001, 'unavailable', 'unavailable', 'unknown'],
  [-1, 2207032, 'unavailable', 'saved', 'unknown'],
  [-1, 2207053, 'unavailable', 'saved', 'unknown'],
  [1, 2207057, 'rejected', 'rejected', 'rejected'],
  [4, 2207051, 'throttled', 'throttled', 'unknown'],
  [9, 2207042, 'throttled', 'throttled', 'throttled'],
  [24, 2207006, 'unavailable', 'saved', 'unknown'],
  [24, 2207008, 'unavailable', 'saved', 'unknown'],
  [25, 2207050, 'rejected', 'rejected', 'rejected'],
  [100, 2207023, 'rejected', 'rejected', 'rejected'],
  [100, 2207028, 'rejected', 'rejected', 'rejected'],
  [100, 2207035, 'rejected', 'rejected', 'rejected'],
  [100, 2207036, 'rejected', 'rejected', 'rejected'],
  [100, 2207037, 'rejected', 'rejected', 'rejected'],
  [100, 2207040, 'rejected', 'rejected', 'rejected'],
  [352, 2207026, 'rejected', 'rejected', 'rejected'],
  [9004, 2207052, 'unavailable', 'unavailable', 'unknown'],
  [9007, 2207027, 'unavailable', 'unavailable', 'unavailable'],
  [36000, 2207004, 'rejected', 'rejected', 'rejected'],
  [36001, 2207005, 'rejected', 'rejected', 'rejected'],
  [36003, 2207009, 'rejected', 'rejected', 'rejected'],
  [36004, 2207010, 'rejected', 'rejected', 'rejected'],
  [-1, 2207076, 'unavailable', 'saved', 'unknown'],
  [-1, 2207077, 'unavailable', 'saved', 'unknown'],
  [-1, 2207082, 'unavailable', 'saved', 'unknown'],
  [-1, 2207067, 'unavailable', 'saved', 'unknown'],
  [-1, 2207081, 'rejected', 'rejected', 'rejected'],
  [-1, 2207085, 'unavailable', 'saved', 'unknown'],
  [1, undefined, 'unavailable', 'unavailable', 'unknown'],
  [2, undefined, 'unavailable', 'unavailable', 'unknown'],
  [4, undefined, 'throttled', 'throttled', 'unknown'],
  [17, undefined, 'throttled', 'throttled', 'unknown'],
  [32, undefined, 'throttled', 'throttled', 'unknown'],
  [613, undefined, 'throttled', 'throttled', 'unknown'],
  [80002, undefined, 'throttled', 'throttled', 'unknown'],
  [10, undefined, 'unauthorised', 'unauthorised', 'unauthorised'],
  [200, undefined, 'unauthorised', 'unauthorised', 'unauthorised'],
  [299, undefined, 'unauthorised', 'unauthorised', 'unauthorised'],
  [100, undefined, 'rejected', 'rejected', 'rejected'],
  [100, 33, 'unavailable', 'unavailable', 'unknown'],
  [102, undefined, 'unauthorised', 'unauthorised', 'unauthorised'],
  [190, 458, 'unauthorised', 'unauthorised', 'unauthorised'],
  [190, 463, 'unauthorised', 'unauthorised', 'unauthorised'],
  [341, undefined, 'throttled', 'throttled', 'unknown'],
  [368, undefined, 'throttled', 'throttled', 'unknown'],
  [506, undefined, 'rejected', 'rejected', 'unknown'],
  [77777, undefined, 'unavailable', 'unavailable', 'unknown'],
];

describe('every documented refusal, by the moment it comes at', () => {
  it.each(ROWS)('%s/%s: creating %s, waiting %s, publishing %s', async (...[code, subcode, create, wait, publish]) => {
    const refused = failure(code, subcode);
    expect((await adapterOn([refused]).adapter.prepare(ctx(), content)).kind).toBe(create);
    // A container that is dead makes way for a new one.
    const waiting = adapterOn([refused, reply(200, { id: '180' })]).adapter;
    expect((await waiting.prepare(ctx(), content, token('processing'))).kind).toBe(wait);
    // Asked again after a throttled publish, the container gives the same answer: nothing is proved.
    expect((await adapterOn([refused]).adapter.commit(ctx(), content, token('ready'))).kind).toBe(publish);
  });

  it.each([
    [[4, undefined], 'FINISHED', 'throttled'],
    [[4, undefined], 'PUBLISHED', 'unknown'],
    [[368, undefined], 'FINISHED', 'throttled'],
    [[368, undefined], 'IN_PROGRESS', 'unknown'],
  ] as const)('a publish refused with %j and a container that is %s: %s', async ([code, subcode], status, kind) => {
    const { adapter } = adapterOn([failure(code, subcode), container(status)]);
    expect((await adapter.commit(ctx(), content, token('ready'))).kind).toBe(kind);
  });

  it.each([
    ['HTML with 200', reply(200, '<html>')],
    ['truncated JSON', reply(200, '{"id":"180')],
    ['a wrong type', reply(200, { id: { a: 1 } })],
    ['a list', reply(200, [1])],
    ['a redirect', reply(302, '')],
    ['500 without a body', reply(500, '')],
    ['a proxy’s 502', reply(502, '<html>bad gateway')],
    ['an answer that was too long', { kind: 'no_answer', detail: 'body over the limit' } as const],
  ])('%s: unavailable before publishing, unknown after', async (_name, answer) => {
    expect((await adapterOn([answer]).adapter.prepare(ctx(), content)).kind).toBe('unavailable');
    expect((await adapterOn([answer]).adapter.prepare(ctx(), content, token('processing'))).kind).toBe('unavailable');
    expect((await adapterOn([answer]).adapter.commit(ctx(), content, token('ready'))).kind).toBe('unknown');
    expect((await adapterOn([answer]).adapter.check(ctx(), token('ready'))).kind).toBe('unavailable');
  });
});

describe('a publish that was answered', () => {
  const live = reply(200, { id: '180' });

  it('carries the address of the reel', async () => {
    const permalink = 'https://www.instagram.com/reel/Cx/';
    const { adapter } = adapterOn([live, reply(200, { id: '180', permalink })]);
    const outcome = await adapter.commit(ctx(), content, token('ready'));
    expect(outcome).toEqual({ kind: 'published', platformPostId: '180', permalink });
  });

  it.each([
    ['is not visible yet', failure(100, 33)],
    ['is kept from us', failure(190)],
    ['is not told', { kind: 'no_answer', detail: 'slow' } as const],
  ])('stays published when its address %s', async (_name, answer) => {
    const outcome = await adapterOn([live, answer]).adapter.commit(ctx(), content, token('ready'));
    expect(outcome).toEqual({ kind: 'published', platformPostId: '180' });
  });
});

describe('containers', () => {
  const poll = (answers: PlatformAnswer[], restarts = 0) =>
    adapterOn(answers).adapter.prepare(ctx(), content, token('processing', restarts));
  const made = reply(200, { id: '180' });

  it.each([
    [2207026, 0, { kind: 'rejected', category: 'user_content' }],
    [2207050, 0, { kind: 'rejected', category: 'account_issue' }],
    [2207053, 0, { kind: 'saved', resume: { handle: '180', restarts: 1 } }],
    [2207053, 1, { kind: 'rejected', category: 'platform_rejected', platformCode: '2207053' }],
    [2207085, 1, { kind: 'rejected', category: 'platform_rejected' }],
    [2207001, 0, { kind: 'saved', resume: { restarts: 1 } }],
    [2207052, 2, { kind: 'saved', resume: { restarts: 3 } }],
    [2207052, 3, { kind: 'rejected', detail: expect.stringContaining('PUBLIC_URL') }],
    [9999999, 0, { kind: 'saved' }],
  ])('in ERROR with %i after %i restarts', async (subcode, restarts, expected) => {
    expect(await poll([container('ERROR', subcode), made], restarts)).toMatchObject(expected);
  });

  it.each([
    [75, 10_000],
    [76, 60_000],
  ])('with %i %% of the calls used are asked about every %i ms', async (call_count, afterMs) => {
    const usage = JSON.stringify({ '178': [{ type: 'instagram', call_count, total_cputime: 3, total_time: 4 }] });
    const working = { ...container('IN_PROGRESS'), headers: { 'x-business-use-case-usage': usage } };
    expect(await poll([working])).toMatchObject({ kind: 'wait', afterMs });
  });

  it('are made anew without end when a day went by', async () => {
    expect(await poll([container('EXPIRED'), made], 7)).toMatchObject({ kind: 'saved', resume: { restarts: 7 } });
  });

  it('are given the address of the file, which outlives the post by a day', async () => {
    const { http, adapter } = adapterOn([made], { source: 'url' });
    const outcome = await adapter.prepare(ctx(), content);
    expect(outcome).toMatchObject({ kind: 'saved', resume: { step: 'processing' } });
    const fields = new URLSearchParams(http.asked[0]?.body as string);
    const until = new Date('2026-01-27T18:00:00Z').getTime();
    expect(fields.get('video_url')).toBe(`https://perennial.example/hosted/${until}.mp4`);
    expect(fields.has('upload_type')).toBe(false);
  });

  it('say which setting is missing where nothing can be hosted', async () => {
    const { hostedUrl: _hostedUrl, ...media } = content.media;
    const outcome = await adapterOn([made], { source: 'url' }).adapter.prepare(ctx(), { ...content, media });
    expect(outcome).toMatchObject({ kind: 'rejected', detail: expect.stringContaining('PUBLIC_URL') });
  });

  it.each([
    ['https://rupload.facebook.com/ig-api-upload/v25.0/180', 'https://rupload.facebook.com/ig-api-upload/v25.0/180'],
    ['https://rupload-fra1.facebook.com/x', 'https://rupload-fra1.facebook.com/x'],
    ['https://evil.example/x', 'https://rupload.facebook.com/ig-api-upload/v25.0/180'],
    ['https://facebook.com.evil.example/x', 'https://rupload.facebook.com/ig-api-upload/v25.0/180'],
    ['http://rupload-fra1.facebook.com/x', 'https://rupload.facebook.com/ig-api-upload/v25.0/180'],
    ['http://169.254.169.254/', 'https://rupload.facebook.com/ig-api-upload/v25.0/180'],
    ['nonsense', 'https://rupload.facebook.com/ig-api-upload/v25.0/180'],
    [17, 'https://rupload.facebook.com/ig-api-upload/v25.0/180'],
  ])('never send the token to a stranger: %s', async (uri, used) => {
    const { http, adapter } = adapterOn([reply(200, { id: '180', uri }), reply(200, { success: true })]);
    const created = await adapter.prepare(ctx(), content);
    if (created.kind !== 'saved') throw new Error(created.kind);
    await adapter.prepare(ctx(), content, created.resume);
    expect(http.asked[1]).toMatchObject({ url: used, guarded: true });
  });
});

describe('what a container says after an unclear publish', () => {
  it.each([
    [container('PUBLISHED'), 'inconclusive'],
    [container('FINISHED'), 'absent'],
    [container('EXPIRED'), 'absent'],
    [container('ERROR', 2207053), 'absent'],
    [failure(100, 33), 'inconclusive'],
    [failure(24, 2207008), 'inconclusive'],
    [failure(190, 463), 'unauthorised'],
    [failure(4), 'unavailable'],
  ])('%#: %j is %s', async (answer, kind) => {
    expect((await adapterOn([answer]).adapter.check(ctx(), token('ready'))).kind).toBe(kind);
  });
});

describe('reading back', () => {
  it.each([
    ['everything', { like_count: 4, comments_count: 1 }, { data: [{ name: 'views', values: [{ value: 120 }] }] }, 120],
    ['no numbers yet', { like_count: 4 }, { data: [] }, undefined],
  ])('%s', async (_name, media, insights, views) => {
    const { adapter } = adapterOn([reply(200, { id: '1', ...media }), reply(200, insights)]);
    const outcomes = await adapter.metricsOf(ctx(), ['1']);
    expect(outcomes.get('1')).toEqual({
      kind: 'metrics',
      likes: 4,
      ...('comments_count' in media ? { comments: 1 } : {}),
      ...(views === undefined ? {} : { views }),
    });
  });

  it('has no numbers for a reel that its id does not show yet', async () => {
    const outcomes = await adapterOn([failure(100, 33)]).adapter.metricsOf(ctx(), ['1']);
    expect(outcomes.get('1')).toEqual({ kind: 'no_data' });
  });

  it('tells how much of the publishing cap is used', async () => {
    const body = { data: [{ quota_usage: 7, config: { quota_total: 50, quota_duration: 86_400 } }] };
    const outcome = await adapterOn([reply(200, body)]).adapter.publishingLimit(ctx());
    expect(outcome).toEqual({ kind: 'limit', used: 7, total: 50, windowSeconds: 86_400 });
  });

  it.each([
    [{ accessToken: 'IGx' }, undefined, 'unsupported'],
    [{ flavour: 'facebook', accessToken: 'EAAx' }, reply(200, { success: true }), 'removed'],
    [{ flavour: 'facebook', accessToken: 'EAAx' }, failure(100, 2207085), 'unavailable'],
    [{ flavour: 'facebook', accessToken: 'EAAx' }, failure(10), 'unauthorised'],
  ])('deletes by Facebook Login only: %j', async (credentials, answer, kind) => {
    const { http, adapter } = adapterOn(answer ? [answer] : []);
    expect((await adapter.remove(ctx(credentials), '1')).kind).toBe(kind);
    expect(http.asked).toHaveLength(answer ? 1 : 0);
  });
});
