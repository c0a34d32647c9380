import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AtpAgent } from '@atproto/api';
import type { SkylightAdapter } from '../../src/platforms/adapters/skylight/skylight.adapter.js';
import type { PlatformContext } from '../../src/platforms/domain/platform.port.js';
import { contentOf } from './adapter-content.js';
import { freshContent, type Login, SkylightStage } from './skylight-stage.js';

jest.setTimeout(60_000);

let stage: SkylightStage;

beforeAll(async () => {
  stage = await SkylightStage.open();
});
afterAll(() => stage.close());
afterEach(() => stage.sandbox.clearFaults());

describe('the video service', () => {
  let adapter: SkylightAdapter;
  let who: Login;
  let ctx: PlatformContext;
  beforeAll(async () => {
    adapter = stage.adapter({ upload: 'video' });
    who = await stage.account();
    ctx = await stage.byPassword(adapter, who);
    await stage.sandbox.settings({ skylightDailyVideos: 1_000 });
  });
  const fault = (kind: string, step?: string, code?: string) =>
    stage.sandbox.fault(who, {
      platform: 'skylight',
      kind,
      ...(step ? { step } : {}),
      times: 1,
      ...(code ? { code } : {}),
    } as never);

  it('takes the same bytes twice and gives the first job again', async () => {
    const same = freshContent();
    await stage.prepared(adapter, ctx, same);
    expect((await stage.prepared(adapter, ctx, same)).kind).toBe('ready');
    expect(await stage.sandbox.posts('skylight', who)).toEqual([]);
  });

  it('understands a job that is wrapped as the lexicon says', async () => {
    await stage.sandbox.settings({ skylightVideoNested: true });
    expect((await stage.prepared(adapter, ctx, freshContent())).kind).toBe('ready');
    await stage.sandbox.settings({ skylightVideoNested: false });
  });

  it.each([
    ['validation_failure', 'user_content'],
    ['encoding_failure', 'user_content'],
    ['pds_upload_unsupported_blob_size', 'user_content'],
    ['unconfirmed_email', 'account_issue'],
  ])('ends for good with %s', async (code, category) => {
    await fault('fail', undefined, code);
    expect(await stage.prepared(adapter, ctx, freshContent())).toMatchObject({
      kind: 'rejected',
      category,
      platformCode: code,
    });
  });

  it('uploads again after a job that failed without our fault', async () => {
    await fault('fail', undefined, 'pds_upload_failure');
    expect((await stage.prepared(adapter, ctx, freshContent())).kind).toBe('ready');
  });

  it('asks for the e-mail address to be confirmed', async () => {
    for (const step of ['video-limits', 'video-upload']) {
      await fault('cap', step, 'unconfirmed_email');
      const outcome = await stage.prepared(adapter, ctx, freshContent());
      expect(outcome).toMatchObject({ kind: 'rejected', category: 'account_issue', platformCode: 'unconfirmed_email' });
      expect(JSON.stringify(outcome)).toContain('Confirm the e-mail address');
    }
  });

  it('waits when the day is used up', async () => {
    await stage.sandbox.settings({ skylightDailyVideos: 1 });
    const outcome = await stage.prepared(adapter, ctx, freshContent());
    expect(outcome).toMatchObject({ kind: 'throttled', scope: 'account', retryAt: expect.any(Date) });
    await stage.sandbox.settings({ skylightDailyVideos: 1_000 });
  });

  it.each(['error-before', 'drop-before', 'garbage', 'rate'])('takes %s at any step for what it is', async (kind) => {
    for (const step of ['video-limits', 'video-upload']) {
      await fault(kind, step);
      expect((await stage.prepared(adapter, ctx, freshContent())).kind).toBe(
        kind === 'rate' ? 'throttled' : 'unavailable',
      );
    }
    const content = freshContent();
    const waiting = await adapter.prepare(ctx, content);
    if (waiting.kind !== 'wait') throw new Error(JSON.stringify(waiting));
    await fault(kind, 'video-job');
    const looked = await adapter.prepare(ctx, content, waiting.resume);
    expect(looked.kind).toBe(kind === 'rate' ? 'throttled' : 'unavailable');
    expect((await adapter.prepare(ctx, content, waiting.resume)).kind).not.toBe('unavailable');
  });
});

describe('an independent client', () => {
  const content = contentOf({
    caption: 'Grüße 🍵 @nobody.test #tea https://example.com/t',
    tags: ['oolong'],
    options: { alt: 'A cup', langs: ['en', 'de'] },
  });

  it('reads what the adapter wrote, word for word', async () => {
    const [adapter, who, friend] = [stage.adapter(), await stage.account(), await stage.account()];
    const ctx = await stage.byPassword(adapter, who);
    const caption = `${content.caption} @${friend.handle}`;
    const uri = await stage.published(adapter, ctx, { ...content, caption });
    const agent = new AtpAgent({ service: stage.config.serviceUrl });
    const { data } = await agent.com.atproto.repo.getRecord({
      repo: who.externalId,
      collection: 'app.bsky.feed.post',
      rkey: uri.split('/').at(-1)!,
    });
    const facet = (text: string, feature: object) => {
      const byteStart = Buffer.byteLength(caption.slice(0, caption.indexOf(text)));
      return { index: { byteStart, byteEnd: byteStart + Buffer.byteLength(text) }, features: [feature] };
    };
    expect(JSON.parse(JSON.stringify(data.value))).toMatchObject({
      text: caption,
      langs: ['en', 'de'],
      tags: ['oolong'],
      embed: {
        alt: 'A cup',
        aspectRatio: { width: 720, height: 1280 },
        video: { mimeType: 'video/mp4', size: content.media.bytes },
      },
      facets: expect.arrayContaining([
        facet('#tea', { $type: 'app.bsky.richtext.facet#tag', tag: 'tea' }),
        facet('https://example.com/t', { $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com/t' }),
        facet(`@${friend.handle}`, { $type: 'app.bsky.richtext.facet#mention', did: friend.externalId }),
      ]),
    });
    expect(JSON.stringify(data.value)).not.toContain('"did":""');
  });

  it('writes what the adapter finds, counts and removes', async () => {
    const [adapter, who] = [stage.adapter(), await stage.account()];
    const ctx = await stage.byPassword(adapter, who);
    const agent = new AtpAgent({ service: stage.config.serviceUrl });
    await agent.login({ identifier: who.handle, password: who.credentials['password']! });
    const since = new Date(Date.now() - 1_000);
    const { uri } = await agent.post({ text: 'By another client' });
    const found = await adapter.find(ctx, { caption: '', durationMs: 0, marker: 'm' }, since);
    expect(found).toMatchObject({ kind: 'listed', posts: [{ platformPostId: uri, caption: 'By another client' }] });
    expect((await adapter.metricsOf(ctx, [uri])).get(uri)?.kind).toBe('metrics');
    expect(await adapter.remove(ctx, uri)).toEqual({ kind: 'removed' });
    expect((await adapter.metricsOf(ctx, [uri])).get(uri)).toEqual({ kind: 'no_data' });
  });
});

describe('counters', () => {
  it('come in calls of 25 and say nothing of posts the AppView has not seen', async () => {
    const [adapter, who] = [stage.adapter({ upload: 'blob' }), await stage.account()];
    const ctx = await stage.byPassword(adapter, who);
    const uri = await stage.published(adapter, ctx, contentOf());
    const others = Array.from({ length: 30 }, (_, n) => `at://${who.externalId}/app.bsky.feed.post/3mdd6zlco5v${n}`);
    const answers = await adapter.metricsOf(ctx, [...others, uri]);
    expect(answers.get(uri)).toMatchObject({
      kind: 'metrics',
      likes: expect.any(Number),
      comments: expect.any(Number),
    });
    expect(answers.get(uri)).not.toHaveProperty('views');
    expect(new Set(others.map((one) => answers.get(one)?.kind))).toEqual(new Set(['no_data']));
    await stage.sandbox.settings({ skylightAppViewLagMs: 600_000 });
    expect((await adapter.metricsOf(ctx, [uri])).get(uri)).toEqual({ kind: 'no_data' });
    await stage.sandbox.settings({ skylightAppViewLagMs: 0 });
  });
});
