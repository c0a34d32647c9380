import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { nextPacificMidnight } from '../../src/platforms/adapters/shorts/pacific-midnight.js';
import { SHORTS_VIDEO_REASONS } from '../../src/platforms/adapters/shorts/shorts.errors.map.js';
import type { PublishContent } from '../../src/platforms/domain/publish-content.js';
import { ShortsWorld } from './shorts-world.js';

const CHUNK = 8 * 1024 * 1024;

let world: ShortsWorld;
beforeAll(async () => {
  world = await ShortsWorld.start();
});
afterAll(() => world.stop());
beforeEach(() => world.connect());
afterEach(() => world.reset());

describe('an upload to YouTube', () => {
  it('goes on in the same session, at the same byte, with a fresh token', async () => {
    const content = world.content(randomBytes(CHUNK + 5_000));
    const started = await world.started(content);
    await world.fault({ step: 'upload', kind: 'auth-expire' });
    expect(await world.adapter.prepare(world.ctx, content, started)).toMatchObject({
      kind: 'unauthorised',
      reconnect: false,
    });
    const { refreshToken } = world.ctx.credentials;
    await world.refresh();
    expect(world.ctx.credentials).toMatchObject({ refreshToken });
    const resume = await world.prepared(content, started);
    expect(resume).toMatchObject({ handle: started.handle, nextOffset: CHUNK });
    expect((await world.adapter.commit(world.ctx, content, resume)).kind).toBe('processing');
    expect(await world.truth()).toMatchObject([{ sha256: content.media.sha256 }]);
    expect((await world.calls())['start']).toBe(1);
  });

  it('continues where the server says, not where we stopped sending', async () => {
    const content = world.content(randomBytes(2 * CHUNK));
    const started = await world.started(content);
    await world.fault({ step: 'upload', kind: 'partial-upload' });
    const half = await world.adapter.prepare(world.ctx, content, started);
    expect(half).toMatchObject({ kind: 'saved', resume: { nextOffset: CHUNK / 2 } });
    const resume = await world.prepared(content, started);
    expect((await world.adapter.commit(world.ctx, content, resume)).kind).toBe('processing');
    expect(await world.truth()).toMatchObject([{ sha256: content.media.sha256 }]);
  });

  it('asks the session after a lost chunk, and sends it again only when nothing was stored', async () => {
    const content = world.content(randomBytes(CHUNK + 5_000));
    const started = await world.started(content);
    await world.fault({ step: 'upload', kind: 'drop-before' });
    expect((await world.adapter.prepare(world.ctx, content, started)).kind).toBe('unavailable');
    await world.fault({ step: 'upload', kind: 'drop-after' });
    expect(await world.adapter.prepare(world.ctx, content, started)).toMatchObject({ resume: { nextOffset: CHUNK } });
  });

  it('proves by a probe that the last bytes landed although the answer was lost', async () => {
    const content = world.content();
    const resume = await world.prepared(content);
    // Its processing ends when we say so, however slow this machine is.
    await world.fault({ kind: 'late', delayMs: 1_800_000 });
    await world.fault({ step: 'upload', kind: 'drop-after' });
    expect((await world.adapter.commit(world.ctx, content, resume)).kind).toBe('unknown');
    expect((await world.adapter.check(world.ctx, resume)).kind).toBe('processing');
    await world.advance(1_805_000);
    const [post] = await world.truth();
    expect(await world.adapter.check(world.ctx, resume)).toMatchObject({
      kind: 'published',
      platformPostId: post.platformPostId,
      permalink: `https://www.youtube.com/shorts/${post.platformPostId}`,
    });
  });

  it('finds the last bytes there already instead of sending them again', async () => {
    const content = world.content();
    const resume = await world.prepared(content);
    await world.fault({ step: 'upload', kind: 'error-after' });
    expect((await world.adapter.commit(world.ctx, content, resume)).kind).toBe('unknown');
    const again = await world.adapter.prepare(world.ctx, content, resume);
    expect(again).toMatchObject({ kind: 'ready', resume: { videoId: expect.any(String) } });
    if (again.kind !== 'ready') throw new Error(again.kind);
    expect((await world.adapter.commit(world.ctx, content, again.resume)).kind).toBe('processing');
    expect(await world.truth()).toHaveLength(1);
  });

  it('counts bytes that are missing as absence', async () => {
    const resume = await world.prepared(world.content());
    expect(await world.adapter.check(world.ctx, resume)).toMatchObject({ kind: 'absent', httpStatus: 308 });
  });

  it('opens another session for one that died before the last bytes, and looks in the list for one that died after', async () => {
    const content = world.content(randomBytes(CHUNK + 5_000));
    const started = await world.started(content);
    await world.advance(8 * 86_400_000);
    await world.refresh();
    const other = await world.adapter.prepare(world.ctx, content, started);
    if (other.kind !== 'saved') throw new Error(other.kind);
    expect(other.resume.handle).not.toBe(started.handle);
    expect(await world.adapter.commit(world.ctx, content, started)).toMatchObject({ kind: 'unknown', httpStatus: 404 });
    expect(await world.adapter.check(world.ctx, started)).toMatchObject({ kind: 'inconclusive', httpStatus: 404 });
  });
});

describe('a video on YouTube', () => {
  const published = async (change: Partial<PublishContent> = {}) => {
    const content = world.content(randomBytes(500), change);
    const resume = await world.prepared(content);
    const outcome = await world.adapter.commit(world.ctx, content, resume);
    if (outcome.kind !== 'processing') throw new Error(JSON.stringify(outcome));
    return { resume, id: outcome.platformPostId ?? '' };
  };

  it('tells the user when it was forced to private', async () => {
    await world.control('settings', { shortsForcedPrivate: true });
    const { resume } = await published();
    await world.advance(5_000);
    expect(await world.adapter.check(world.ctx, resume)).toMatchObject({
      kind: 'published',
      notices: [expect.stringContaining('made the video private')],
    });
  });

  it.each([...SHORTS_VIDEO_REASONS].filter(([reason]) => reason !== 'duplicate'))(
    'is refused for good with %s: %s',
    async (code, category) => {
      await world.fault({ kind: 'fail', code });
      const { resume } = await published();
      await world.advance(5_000);
      expect(await world.adapter.check(world.ctx, resume)).toMatchObject({
        kind: 'rejected',
        category,
        platformCode: code,
      });
      const found = await world.adapter.find(
        world.ctx,
        { caption: '', durationMs: 0, marker: 'marker-1' },
        new Date(0),
      );
      expect(found).toEqual({ kind: 'listed', posts: [] });
    },
  );

  it('that is a duplicate of our own earlier try proves that one', async () => {
    await world.control('settings', { shortsRejectDuplicates: true });
    const content = world.content();
    await world.adapter.commit(world.ctx, content, await world.prepared(content));
    await world.advance(1_000);
    const again = await world.prepared(content);
    await world.adapter.commit(world.ctx, content, again);
    await world.advance(5_000);
    const [post, ...more] = await world.truth();
    expect(more).toEqual([]);
    expect(await world.adapter.check(world.ctx, again)).toMatchObject({
      kind: 'published',
      platformPostId: post.platformPostId,
    });
  });

  it("that is a duplicate of somebody else's upload is refused", async () => {
    await world.control('settings', { shortsRejectDuplicates: true });
    const content = world.content();
    await world.adapter.commit(world.ctx, content, await world.prepared(content));
    const other = { ...content, marker: 'marker-2' };
    const resume = await world.prepared(other);
    await world.adapter.commit(world.ctx, other, resume);
    await world.advance(5_000);
    expect(await world.adapter.check(world.ctx, resume)).toMatchObject({ kind: 'rejected', platformCode: 'duplicate' });
  });

  it('is found by its marker among private ones too, once the list has it', async () => {
    await world.control('settings', { shortsListLagMs: 30_000 });
    const { id } = await published({ options: { privacyStatus: 'private' }, marker: 'needle' });
    const fingerprint = { caption: 'x', durationMs: 1, marker: 'needle' };
    const since = new Date(world.clock.now().getTime() - 60_000);
    expect(await world.adapter.find(world.ctx, fingerprint, since)).toEqual({ kind: 'listed', posts: [] });
    await world.advance(31_000);
    const found = await world.adapter.find(world.ctx, fingerprint, since);
    expect(found).toMatchObject({ kind: 'listed', posts: [{ platformPostId: id, marker: 'needle' }] });
  });

  it('is counted together with 49 others by one call', async () => {
    const { id } = await published();
    await world.advance(60_000);
    const ids = [id, ...Array.from({ length: 99 }, (_, at) => `gone-${at}`)];
    const counted = await world.adapter.metricsOf(world.ctx, ids);
    expect(counted.get(id)).toMatchObject({ kind: 'metrics', views: expect.any(Number) });
    expect([...counted.values()].filter(({ kind }) => kind === 'no_data')).toHaveLength(99);
    expect(await world.calls()).toMatchObject({ counters: 2 });
  });

  it('gives counters as numbers, and none once it is gone', async () => {
    const { id } = await published();
    await world.advance(60_000);
    const counted = await world.adapter.metricsOf(world.ctx, [id]);
    expect(counted.get(id)).toMatchObject({ kind: 'metrics', views: expect.any(Number), likes: expect.any(Number) });
    expect(await world.adapter.remove(world.ctx, id)).toEqual({ kind: 'removed' });
    expect(await world.adapter.remove(world.ctx, id)).toEqual({ kind: 'removed' });
    expect((await world.adapter.metricsOf(world.ctx, [id])).get(id)).toEqual({ kind: 'no_data' });
  });
});

describe('caps of YouTube', () => {
  it("waits for midnight in Los Angeles when the project's inserts are spent, and goes on after it", async () => {
    await world.control('settings', { shortsDailyInserts: 1 });
    await world.prepared(world.content());
    const refused = await world.adapter.prepare(world.ctx, world.content());
    const retryAt = nextPacificMidnight(world.clock.now());
    expect(refused).toMatchObject({ kind: 'throttled', scope: 'app', platformCode: 'quotaExceeded', retryAt });
    await world.advance(retryAt.getTime() - world.clock.now().getTime() + 1_000);
    await world.refresh();
    await world.prepared(world.content());
  });

  it('waits a day for a channel that has uploaded enough', async () => {
    await world.control('settings', { shortsChannelDailyUploads: 1 });
    const content = world.content();
    await world.adapter.commit(world.ctx, content, await world.prepared(content));
    expect(await world.adapter.prepare(world.ctx, world.content())).toMatchObject({
      kind: 'throttled',
      scope: 'account',
      platformCode: 'uploadLimitExceeded',
    });
  });
});
