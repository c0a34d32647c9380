import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountsModule } from '../../src/accounts/index.js';
import { AssessPlatforms } from '../../src/health/application/assess-platforms.js';
import { WatchFeeds } from '../../src/health/application/feeds/watch-feeds.js';
import { builtInFeeds } from '../../src/health/domain/feeds/built-in-feeds.js';
import { type FeedAnswer, FeedDoor, Feeds } from '../../src/health/domain/feeds/feeds.port.js';
import { HealthModule } from '../../src/health/index.js';
import { ProvidersJob } from '../../src/health/jobs/providers/providers.job.js';
import { ProviderObservations } from '../../src/infra/providers/provider-observations.js';
import { DomainError } from '../../src/kernel/domain-error.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { BootstrapWorkspace } from '../../src/workspaces/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

/** Pages of strangers, as a test writes them. */
class FakeDoor extends FeedDoor {
  readonly asked: Parameters<FeedDoor['read']>[0][] = [];
  pages: Record<string, FeedAnswer> = {};

  assertUsable(url: string): Promise<void> {
    if (url.startsWith('https://')) return Promise.resolve();
    return Promise.reject(new DomainError('unprocessable', 'url.refused', 'This address cannot be used.'));
  }

  read(request: Parameters<FeedDoor['read']>[0]): Promise<FeedAnswer> {
    this.asked.push(request);
    return Promise.resolve(this.pages[request.url] ?? { kind: 'failed', why: 'It answered 404.' });
  }
}

const summary = (indicator: string, etag: string): FeedAnswer => ({
  kind: 'document',
  contentType: 'application/json',
  body: JSON.stringify({ status: { indicator, description: `It is ${indicator}` }, incidents: [] }),
  etag,
});

describe('status pages and other feeds', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let operator: string;
  let admin: string;
  let door: FakeDoor;

  beforeAll(async () => {
    db = await createTestDatabase();
    door = new FakeDoor();
    partial = await startPartialApp(db, {
      imports: [PlatformsModule.forRoot(PLATFORMS_DEFAULTS), AccountsModule, HealthModule],
      replace: new Map([[FeedDoor, door]]),
    });
    operator = (await partial.app.get(BootstrapWorkspace, { strict: false }).execute()).apiKey ?? '';
    admin = (await send('POST', '/v1/api-keys', operator, { name: 'admin', scopes: ['admin'] })).body.key;
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });
  beforeEach(async () => {
    for (const table of ['feed', 'feed_evidence', 'platform_health'])
      await db.database.affected(`delete from ${table}`);
    await db.database.affected('delete from signal');
    door.asked.length = 0;
    door.pages = {};
  });

  const send = (method: string, path: string, key: string, body?: unknown) => partial.send({ method, path, key, body });
  const HOST = {
    name: 'oracle-us',
    title: 'The cloud below',
    url: 'https://cloud.example/summary.json',
    format: 'statuspage',
    platform: 'tiktok',
    region: 'us',
  };
  const follow = async (more: object = {}) => {
    const { status, body } = await send('POST', '/v1/feeds', operator, { ...HOST, ...more });
    expect(status).toBe(201);
    return body;
  };
  const watch = () => partial.app.get(WatchFeeds, { strict: false });
  const look = async () => {
    await db.database.affected('update feed set next_at = now()');
    return watch().runOnce();
  };
  const signals = () =>
    db.database.rows<{ region: string }>(
      `select platform, region, capability, source, verdict, error_class as "errorClass" from signal`,
    );
  const shown = async () => (await send('GET', '/v1/platforms/tiktok/health', admin)).body.feeds;

  it('become evidence about a platform when they turn red, once', async () => {
    await follow();
    door.pages[HOST.url] = summary('none', '1');
    expect(await look()).toBe(1);
    expect(await signals()).toEqual([]);
    door.pages[HOST.url] = summary('critical', '2');
    await look();
    await look();
    expect(await signals()).toEqual([
      {
        platform: 'tiktok',
        region: 'us',
        capability: 'publish',
        source: 'feed',
        verdict: 'bad',
        errorClass: 'feed:oracle-us',
      },
    ]);
    expect(await shown()).toEqual([
      {
        source: 'feed:oracle-us',
        title: 'The cloud below',
        region: 'us',
        verdict: 'red',
        severity: 'critical',
        summary: 'It is critical',
        changedAt: expect.any(String),
        lookedAt: expect.any(String),
        advisoryUntil: expect.any(String),
      },
    ]);
    const [{ changedAt, advisoryUntil }] = await shown();
    expect(Date.parse(advisoryUntil) - Date.parse(changedAt)).toBe(7_200_000);
    expect(await db.database.rows('select source, severity, region from feed_evidence')).toEqual([
      { source: 'feed:oracle-us', severity: 'critical', region: 'us' },
    ]);
  });

  it('never raise an alarm alone', async () => {
    await follow();
    door.pages[HOST.url] = summary('critical', '1');
    await look();
    const assess = partial.app.get(AssessPlatforms, { strict: false });
    const deadline = Date.now() + 20_000;
    while ((await assess.runOnce()) === 0) if (Date.now() > deadline) throw new Error('not folded in time');
    const { body } = await send('GET', '/v1/platforms/tiktok/health', admin);
    expect(body.regions).toMatchObject([{ region: 'us', state: 'healthy' }]);
    expect(body.transitions).toEqual([]);
    expect((await send('GET', '/v1/incidents', admin)).body.items).toEqual([]);
  });

  it('clear nothing when they turn green, and are asked only for what changed', async () => {
    await follow();
    door.pages[HOST.url] = summary('major', '"a"');
    await look();
    door.pages[HOST.url] = { kind: 'unchanged' };
    await look();
    expect(door.asked.at(-1)).toMatchObject({ etag: '"a"' });
    door.pages[HOST.url] = summary('none', '"b"');
    await look();
    expect(await shown()).toMatchObject([{ verdict: 'green', advisoryUntil: expect.any(String) }]);
    expect(await signals()).toHaveLength(1);
  });

  it('are evidence in every region where the platform is known when they name none', async () => {
    await db.database.affected(
      `insert into platform_health (platform, region, capability, state)
       values ('tiktok', 'us', 'publish', 'healthy'), ('tiktok', 'eu', 'publish', 'healthy') on conflict do nothing`,
    );
    await follow({ region: undefined });
    door.pages[HOST.url] = summary('major', '1');
    await look();
    expect((await signals()).map(({ region }) => region)).toEqual(['eu', 'us']);
  });

  it('are looked at more rarely while they fail, and asked for everything after', async () => {
    await follow();
    door.pages[HOST.url] = summary('none', '"a"');
    await look();
    delete door.pages[HOST.url];
    await look();
    expect(await shown()).toMatchObject([{ verdict: 'unknown', summary: 'It answered 404.' }]);
    const row = await db.database.row<{ inSeconds: number; failures: number }>(
      `select failures, extract(epoch from next_at - looked_at)::int as "inSeconds" from feed`,
    );
    expect(row?.failures).toBe(1);
    expect(row?.inSeconds).toBeGreaterThanOrEqual(480);
    await look();
    expect(door.asked.at(-1)?.etag).toBeUndefined();
  });

  it('are looked at by one process at a time', async () => {
    await follow();
    door.pages[HOST.url] = summary('major', '1');
    const looks = await Promise.all([watch().runOnce(), watch().runOnce(), watch().runOnce()]);
    expect(looks.sort()).toEqual([0, 0, 1]);
    expect(await signals()).toHaveLength(1);
  });

  it('are added and removed by operators, and seen by all', async () => {
    const feed = await follow();
    expect(feed).toMatchObject({ name: 'oracle-us', builtIn: false, leastSeverity: 'major', everySeconds: 300 });
    expect((await send('GET', '/v1/feeds?platform=tiktok', admin)).body.items).toMatchObject([{ id: feed.id }]);
    expect((await send('GET', '/v1/feeds?platform=reels', admin)).body.items).toEqual([]);
    expect((await send('POST', '/v1/feeds', admin, HOST)).status).toBe(403);
    expect((await send('DELETE', `/v1/feeds/${feed.id}`, admin)).status).toBe(403);
    expect((await send('DELETE', `/v1/feeds/${feed.id}`, operator)).status).toBe(204);
    expect((await send('DELETE', `/v1/feeds/${feed.id}`, operator)).body.code).toBe('feed.not_found');
    expect(await look()).toBe(0);
  });

  it.each([
    [{ name: 'Oracle US' }, 400, 'request.invalid'],
    [{ format: 'xml' }, 400, 'request.invalid'],
    [{ platform: 'myspace' }, 400, 'request.invalid'],
    [{ everySeconds: 5 }, 400, 'request.invalid'],
    [{ region: 'USA!' }, 400, 'request.invalid'],
    [{ title: 'a\nb' }, 400, 'request.invalid'],
    [{ url: 'http://10.0.0.1/' }, 422, 'url.refused'],
  ])('are refused with %j, and nothing is stored', async (wrong, status, code) => {
    const answer = await send('POST', '/v1/feeds', operator, { ...HOST, ...wrong });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect((await send('GET', '/v1/feeds', admin)).body.items).toEqual([]);
  });

  it('have names of their own', async () => {
    await follow();
    expect((await send('POST', '/v1/feeds', operator, HOST)).body.code).toBe('feed.name_taken');
  });

  it('come with the program as configured, and stay away when an operator removed them', async () => {
    const feeds = partial.app.get(Feeds, { strict: false });
    const sync = (...chosen: string[]) => feeds.syncBuiltIn(builtInFeeds({ chosen, everySeconds: 300 }));
    const names = async () =>
      (await send('GET', '/v1/feeds', admin)).body.items.map(({ name }: { name: string }) => name).sort();
    await sync('discord', 'bluesky');
    await sync('discord', 'bluesky');
    expect(await names()).toEqual(['bluesky', 'discord']);
    const [discord] = (await send('GET', '/v1/feeds?platform=discord', admin)).body.items;
    expect(discord.builtIn).toBe(true);
    await send('DELETE', `/v1/feeds/${discord.id}`, operator);
    await sync('discord', 'bluesky');
    expect(await names()).toEqual(['bluesky']);
    await follow({ name: 'discord' });
    await sync('bluesky');
    expect(await names()).toEqual(['bluesky', 'discord']);
    await sync('none');
    expect(await names()).toEqual(['discord']);
  });

  it('show how our own providers do, with names for operators only', async () => {
    const observations = partial.app.get(ProviderObservations, { strict: false });
    const flush = () => partial.app.get(ProvidersJob, { strict: false }).runOnce();
    const fail = { provider: 'mail', name: 'smtp.example:587', isGood: false, detail: 'ECONNREFUSED' } as const;
    observations.observe({ provider: 'storage', name: 'disk', isGood: true });
    for (let n = 0; n < 3; n += 1) observations.observe(fail);
    await flush();
    await flush();
    const seen = (await send('GET', '/v1/providers', admin)).body;
    expect(seen.items).toMatchObject([
      { provider: 'mail', state: 'down', reason: '3 of the last 3 calls failed on its side.' },
      { provider: 'storage', state: 'healthy' },
    ]);
    expect(seen.transitions).toMatchObject([{ provider: 'mail', from: 'healthy', to: 'down' }]);
    expect(JSON.stringify(seen)).not.toMatch(/smtp\.example|ECONNREFUSED/);
    expect((await send('GET', '/v1/providers', operator)).body.items[0]).toMatchObject({
      name: 'smtp.example:587',
      detail: 'ECONNREFUSED',
    });
  });
});
