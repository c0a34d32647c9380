import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountsModule } from '../../src/accounts/index.js';
import { type FeedAnswer, FeedDoor } from '../../src/health/domain/feeds/feeds.port.js';
import { HealthModule } from '../../src/health/index.js';
import { ListenFirehose } from '../../src/incidents/application/radar/listen-firehose.js';
import { LookAtRadar } from '../../src/incidents/application/radar/look-at-radar.js';
import { type Listened, PostStream } from '../../src/incidents/domain/radar/radar.ports.js';
import { radarControllers, radarProviders } from '../../src/incidents/radar.config.js';
import { HOUR_MS } from '../../src/kernel/durations.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { Module } from '@nestjs/common';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

@Module({
  imports: [WorkspacesModule, HealthModule],
  controllers: radarControllers,
  providers: radarProviders,
})
class RadarModule {}

class FakeDoor extends FeedDoor {
  asked: string[] = [];
  answer: FeedAnswer = { kind: 'failed', why: 'It answered 403.' };
  assertUsable = () => Promise.resolve();
  read({ url }: { url: string }): Promise<FeedAnswer> {
    this.asked.push(url);
    return Promise.resolve(this.answer);
  }
}

/** A stream that says what a test gave it, takes one turn, and ends. */
class FakeStream extends PostStream {
  messages: string[] = [];
  from: (number | undefined)[] = [];
  goesOn: boolean[] = [];
  async listen({ fromUs, onMessage, onTurn }: Parameters<PostStream['listen']>[0]): Promise<Listened> {
    this.from.push(fromUs);
    this.messages.forEach(onMessage);
    this.goesOn.push(await onTurn());
    return { messages: this.messages.length, why: 'closed' };
  }
}

describe('the radar', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let operator: string;
  let admin: string;
  const door = new FakeDoor();
  const stream = new FakeStream();

  beforeAll(async () => {
    db = await createTestDatabase();
    partial = await startPartialApp(db, {
      imports: [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), AccountsModule, HealthModule, RadarModule],
      replace: new Map<unknown, unknown>([
        [FeedDoor, door],
        [PostStream, stream],
      ]),
    });
    operator = (await partial.app.get(BootstrapWorkspace, { strict: false }).execute()).apiKey ?? '';
    admin = (await send('POST', '/v1/api-keys', operator, { name: 'admin', scopes: ['admin'] })).body.key;
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });
  beforeEach(async () => {
    for (const table of ['radar_watch', 'radar_cursor', 'event', 'signal'])
      await db.database.affected(`delete from ${table}`);
    Object.assign(door, { asked: [] });
    Object.assign(stream, { messages: [], from: [], goesOn: [] });
  });

  const send = (method: string, path: string, key: string, body?: unknown) => partial.send({ method, path, key, body });
  const add = async (body: object) => {
    const answer = await send('POST', '/v1/radar/watches', operator, body);
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const radar = async () => (await send('GET', '/v1/radar', admin)).body.items;
  const look = async () => {
    await db.database.affected('update radar_watch set next_at = now()');
    return partial.app.get(LookAtRadar, { strict: false }).runOnce();
  };
  const listen = () => {
    const firehose = partial.app.get(ListenFirehose, { strict: false });
    // Between two connections it waits; a test does not.
    Object.assign(firehose, { notBefore: new Date(0) });
    return firehose.runOnce(new AbortController().signal);
  };
  const events = () =>
    db.database.rows(`select type, subject_id as "subjectId", workspace_id as "workspaceId", payload from event`);

  const chart = (...ids: string[]): FeedAnswer => ({
    kind: 'document',
    contentType: 'application/json',
    body: JSON.stringify({ feed: { results: ids.map((id) => ({ id, name: `App ${id}`, artistName: 'A' })) } }),
  });
  const places = (rank: number, id: string) => [...Array.from({ length: rank - 1 }, (_, n) => `9${n}`), id];

  it('calls nobody until somebody watches', async () => {
    expect(await look()).toBe(0);
    await listen();
    expect([door.asked, stream.from]).toEqual([[], []]);
  });

  it('keeps ranks as a series and alerts once on a jump', async () => {
    const watch = await add({ kind: 'app_rank', platform: 'tiktok', country: 'us', title: 'TikTok' });
    await add({ kind: 'app_rank', country: 'us', appName: 'app 9000' });
    await db.database.affected(
      `insert into radar_point (watch_id, at, value, covered_seconds)
       select $1, now() - n * interval '30 minutes', 3, 0 from generate_series(1, 12) as n`,
      [watch.id],
    );
    door.answer = chart(...places(41, '835599320'));
    expect(await look()).toBe(2);
    await look();
    expect(door.asked).toHaveLength(2);
    const [first, second] = await radar();
    expect(first).toMatchObject({
      kind: 'app_rank',
      depth: 100,
      alert: { summary: 'TikTok fell from rank 3 to 41 in the App Store of us.', value: 41, baseline: 3 },
    });
    expect(first.series).toHaveLength(14);
    expect(first.series.at(-1)).toEqual({ at: expect.any(String), value: 41 });
    expect(second.series.at(-1).value).toBeNull();
    const picture = await send('GET', `/v1/radar/watches/${watch.id}/chart?hours=24`, admin);
    expect(picture.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(picture.body).toMatch(/^<svg [^]*alert from 8[^]*<\/svg>\n$/);
    const unknown = await send('GET', '/v1/radar/watches/0192f1c5-3b2a-7000-8000-000000000000/chart', admin);
    expect(unknown.body.code).toBe('radar_watch.not_found');
    const alerts = (await send('GET', '/v1/radar/alerts', admin)).body.items;
    expect(alerts).toMatchObject([{ watchId: watch.id, title: 'TikTok' }]);
    expect(await events()).toEqual([
      {
        type: 'radar.alert',
        subjectId: watch.id,
        workspaceId: null,
        payload: {
          watchId: watch.id,
          alertId: alerts[0].id,
          summary: alerts[0].summary,
          source: 'app_rank',
          platform: 'tiktok',
          url: 'https://rss.marketingtools.apple.com/api/v2/us/apps/top-free/100/apps.json',
        },
      },
    ]);
    // Ranks are a hint for planning, never a word about health.
    expect(await db.database.rows('select 1 from signal')).toEqual([]);
    door.answer = chart('835599320');
    await look();
    expect((await send('GET', '/v1/radar/alerts', admin)).body.items[0].closedAt).toEqual(expect.any(String));
  });

  it('says why a look brought nothing, and comes back later', async () => {
    await add({ kind: 'app_rank', country: 'us', appId: '1' });
    door.answer = { kind: 'failed', why: 'It answered 403.' };
    await look();
    expect((await radar())[0]).toMatchObject({ error: 'It answered 403.', series: [] });
    const row = await db.database.row(
      `select next_at - looked_at > interval '45 minutes' as "isLater" from radar_watch`,
    );
    expect(row).toEqual({ isLater: true });
  });

  it('counts what one watch of a feed has heard for that watch alone', async () => {
    const feed = (etag: string, ...titles: string[]): FeedAnswer => ({
      kind: 'document',
      contentType: 'application/rss+xml',
      body: `<rss><channel>${titles.map((title) => `<item><title>${title}</title></item>`).join('')}</channel></rss>`,
      etag,
    });
    const mentions = { kind: 'mentions', from: 'rss', url: 'https://news.example/rss', platform: 'tiktok' };
    await add({ ...mentions, title: 'first' });
    door.answer = feed('"1"', 'TikTok down', 'x');
    await look();
    await add({ ...mentions, title: 'second' });
    door.answer = feed('"2"', 'Is TikTok broken?', 'TikTok down', 'x');
    await look();
    expect(door.asked).toHaveLength(2);
    const counts = (await radar()).map(({ series }: { series: { value: number }[] }) =>
      series.reduce((sum, { value }) => sum + value, 0),
    );
    // The second one has only learnt what was there.
    expect(counts).toEqual([1, 0]);
  });

  describe('listening to the firehose', () => {
    const hourUs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS * 1_000;
    const post = (offsetMs: number, author: string, text = 'tiktok is down') =>
      JSON.stringify({
        did: author,
        time_us: hourUs + offsetMs * 1_000,
        commit: { operation: 'create', collection: 'app.bsky.feed.post', record: { text } },
      });
    const quietDays = (watchId: string) =>
      db.database.affected(
        `insert into radar_point (watch_id, at, value, covered_seconds)
         select $1, to_timestamp($2::float8) - n * interval '1 day', 2, 3600 from generate_series(1, 7) as n`,
        [watchId, hourUs / 1_000_000],
      );
    const crowd = (size: number, from = 0) => Array.from({ length: size }, (_, n) => post(from + n, `did:plc:${n}`));

    it('counts a crowd, alerts once, and lays a word among the signals of the platform', async () => {
      const watch = await add({ kind: 'mentions', platform: 'tiktok', region: 'us' });
      await quietDays(watch.id);
      stream.messages = [...crowd(30), post(40, 'did:plc:1'), post(50, 'did:plc:x', 'good morning')];
      await listen();
      stream.messages = crowd(5, 60).map((raw) => raw.replaceAll('did:plc:', 'did:plc:more'));
      await listen();
      expect(stream.goesOn).toEqual([true, true]);
      expect(stream.from).toEqual([undefined, hourUs + 50_000]);
      const [seen] = await radar();
      expect(seen.series.at(-1)).toMatchObject({ at: new Date(hourUs / 1_000).toISOString(), value: 35 });
      expect(seen).toMatchObject({ usual: { median: 2 }, alert: { value: 30, baseline: 2 } });
      expect(await events()).toMatchObject([{ type: 'radar.alert', payload: { source: 'mentions', region: 'us' } }]);
      const signals = await db.database.rows(`select platform, region, source, verdict, error_class from signal`);
      expect(signals).toEqual([
        { platform: 'tiktok', region: 'us', source: 'feed', verdict: 'bad', error_class: 'radar:tiktok down' },
      ]);
    });

    it('counts nothing that another process has counted', async () => {
      await add({ kind: 'mentions', platform: 'tiktok' });
      stream.messages = crowd(3);
      await listen();
      // The cursor moves under the second listener.
      stream.messages = crowd(3, 100);
      const listened = stream.listen.bind(stream);
      stream.listen = async (order) => {
        await db.database.affected('update radar_cursor set time_us = time_us + 1');
        return listened(order);
      };
      await listen();
      stream.listen = listened;
      expect(stream.goesOn).toEqual([true, false]);
      expect((await radar())[0].series.at(-1).value).toBe(3);
    });

    it('ends when what is watched has changed', async () => {
      const watch = await add({ kind: 'mentions', platform: 'tiktok' });
      const listened = stream.listen.bind(stream);
      stream.messages = crowd(3);
      stream.listen = async (order) => {
        await send('DELETE', `/v1/radar/watches/${watch.id}`, operator);
        return listened(order);
      };
      await listen();
      stream.listen = listened;
      expect(stream.goesOn).toEqual([false]);
      expect(await db.database.rows('select 1 from radar_point')).toEqual([]);
    });
  });

  it('is told what to watch by operators only, and says what is missing', async () => {
    expect((await send('POST', '/v1/radar/watches', admin, { kind: 'mentions', platform: 'tiktok' })).status).toBe(403);
    const incomplete = await send('POST', '/v1/radar/watches', operator, { kind: 'app_rank' });
    expect(incomplete).toMatchObject({
      status: 400,
      body: { code: 'radar.incomplete', errors: [{ field: 'country' }, { field: 'appId' }] },
    });
    for (const wrong of [{ kind: 'x' }, { kind: 'mentions', names: ['!'] }, { kind: 'app_rank', country: 'USA' }])
      expect((await send('POST', '/v1/radar/watches', operator, wrong)).body.code).toBe('request.invalid');
    expect(await radar()).toEqual([]);
  });
});
