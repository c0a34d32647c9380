import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountDirectory } from '../../src/accounts/index.js';
import type { AppConfig } from '../../src/infra/config/app-config.js';
import type { Ticks } from '../../src/infra/jobs/ticks.js';
import { SignalsRepository } from '../../src/health/infrastructure/signals.repository.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import type { MetricsOutcome } from '../../src/platforms/domain/publish-outcome.js';
import type { PlatformRegistry } from '../../src/platforms/index.js';
import { Engine } from '../../src/publishing/application/engine.js';
import type { PlatformAccess } from '../../src/publishing/application/firing/platform-access.js';
import { CollectMetrics } from '../../src/publishing/application/metrics/collect-metrics.js';
import type { PlatformTrouble } from '../../src/publishing/application/metrics/platform-trouble.js';
import { KeepLooks } from '../../src/publishing/application/metrics/keep-looks.js';
import { ReadCounters } from '../../src/publishing/application/metrics/read-counters.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import { MetricLooksRepository } from '../../src/publishing/infrastructure/metrics/metric-looks.repository.js';
import { MetricsReaderRepository } from '../../src/publishing/infrastructure/metrics/metrics-reader.repository.js';
import { ViewsHistoriesRepository } from '../../src/publishing/infrastructure/metrics/views-histories.repository.js';
import { MetricsJob } from '../../src/publishing/jobs/metrics/metrics.job.js';
import { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import { until } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

describe('counters of published posts', () => {
  let db: TestDatabase;
  let looks: MetricLooksRepository;
  let reader: MetricsReaderRepository;
  let collect: CollectMetrics;
  let seeded: SeededWorkspace;
  let answer: (id: string) => MetricsOutcome;
  let suspects: string[];
  const asked: string[][] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    const { database } = db;
    const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
    const engine = new Engine({ now: () => new Date() }, settings);
    looks = new MetricLooksRepository(database, new EventOutbox(database));
    reader = new MetricsReaderRepository(database, settings);
    const tiktok = {
      name: 'tiktok',
      metricsPerCall: 20,
      metricsOf: (_context: unknown, ids: string[]) => {
        asked.push([...ids]);
        return Promise.resolve(new Map(ids.map((id) => [id, answer(id)])));
      },
    };
    const platforms = { get: () => tiktok, all: () => [tiktok] } as unknown as PlatformRegistry;
    const access = { contextOf: () => Promise.resolve({}), renewed: () => Promise.resolve(undefined) };
    const accounts = { findMany: () => Promise.resolve([]) } as unknown as AccountDirectory;
    const trouble = { amongst: () => Promise.resolve(new Set(suspects)) } as unknown as PlatformTrouble;
    const counters = new ReadCounters(looks, platforms, access as unknown as PlatformAccess, accounts, trouble, engine);
    const histories = new ViewsHistoriesRepository(database);
    const keep = new KeepLooks(looks, histories, new SignalsRepository(database), database, engine);
    collect = new CollectMetrics(looks, platforms, counters, keep, engine);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    await db.database.affected('delete from target_metric_look');
    await db.database.affected('delete from metric_call_window');
    seeded = await seedWorkspace(db.database);
    answer = () => ({ kind: 'metrics', views: 100, likes: 3 });
    suspects = [];
    asked.length = 0;
  });

  /** A target that went live some hours ago, with its event in the outbox. */
  const published = async (hoursAgo: number): Promise<string> => {
    const id = await seedTarget(db.database, seeded, -hoursAgo * 3_600_000);
    await db.database.affected(
      `update target set status = 'published', platform_post_id = $2,
              published_at = clock_timestamp() - $3 * interval '1 hour' where id = $1`,
      [id, newId(), hoursAgo],
    );
    await db.database.affected(
      `insert into event (workspace_id, type, subject_id, payload) values ($1, 'post.published', $2, '{}')`,
      [seeded.workspaceId, id],
    );
    // The outbox waits for transactions of the whole server, those of other tests too.
    await until(async () => {
      await looks.enrol(['tiktok'], { firstMs: 900_000, forMs: 30 * 86_400_000 });
      return lookOf(id);
    }, 'the look to be planned');
    return id;
  };
  const lookOf = (id: string) =>
    db.database.row<{ inSeconds: number; failures: number }>(
      `select round(extract(epoch from next_at - clock_timestamp()))::int as "inSeconds", failures
         from target_metric_look where target_id = $1`,
      [id],
    );
  const hurry = () => db.database.affected(`update target_metric_look set next_at = clock_timestamp()`);
  const seriesOf = (id: string) => reader.seriesOf(seeded.workspaceId, id);

  it('are read once the first age has come, and then at the next one', async () => {
    const [young, old] = [await published(0), await published(1.01)];
    await collect.runOnce();
    expect(await seriesOf(young)).toEqual([]);
    const { inSeconds = 0 } = (await lookOf(young)) ?? {};
    expect(inSeconds).toBeGreaterThan(840);
    expect(inSeconds).toBeLessThanOrEqual(900);
    expect(await seriesOf(old)).toMatchObject([{ milestoneSeconds: 3600, views: 100, likes: 3, comments: null }]);
    expect((await lookOf(old))?.inSeconds).toBeCloseTo(1.99 * 3600, -2);
  });

  it('end with the thirtieth day', async () => {
    const id = await published(24 * 29);
    await collect.runOnce();
    await db.database.affected(
      `update target_metric_look set next_at = clock_timestamp(), published_at = published_at - interval '25 hours'`,
    );
    await collect.runOnce();
    expect(await seriesOf(id)).toHaveLength(2);
    expect(await lookOf(id)).toBeUndefined();
  });

  it('are asked for by one call for many posts, by one worker of several', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) ids.push(await published(1));
    await Promise.all([collect.runOnce(), collect.runOnce(), collect.runOnce()]);
    await collect.runOnce();
    expect(asked.flat()).toHaveLength(30);
    expect(new Set(asked.flat()).size).toBe(30);
    for (const id of ids) expect(await seriesOf(id)).toHaveLength(1);
  });

  it.each<[string, MetricsOutcome, number]>([
    ['the platform does not answer', { kind: 'unavailable' }, 120],
    ['the token is refused', { kind: 'unauthorised', reconnect: true }, 6 * 3600],
  ])('come later when %s; the post stays as it is', async (_why, outcome, seconds) => {
    const id = await published(1);
    const before = await db.database.row(`select status, version, due_at, updated_at from target where id = $1`, [id]);
    answer = () => outcome;
    await collect.runOnce();
    expect(await seriesOf(id)).toEqual([]);
    const look = await lookOf(id);
    expect(look?.failures).toBe(1);
    expect(look?.inSeconds).toBeCloseTo(seconds, -1);
    expect(await db.database.row(`select status, version, due_at, updated_at from target where id = $1`, [id])).toEqual(
      before,
    );
  });

  it('that cannot be numbers are left out', async () => {
    const id = await published(1);
    answer = () => ({ kind: 'metrics', views: 1e300, likes: -1, comments: 4 });
    await collect.runOnce();
    expect(await seriesOf(id)).toMatchObject([{ views: null, likes: null, comments: 4 }]);
  });

  it('wait for the next window when the budget for reading is spent', async () => {
    const id = await published(1);
    await looks.takeCalls({ scopeId: 'app:tiktok', calls: 100, limit: 100, windowMs: 60_000 });
    await collect.runOnce();
    expect(asked).toEqual([]);
    expect((await lookOf(id))?.inSeconds).toBeLessThanOrEqual(120);
  });

  it('read in the wake of a lost claim change nothing', async () => {
    const id = await published(1);
    const [due] = await looks.claim(1, 60_000);
    await hurry();
    const sample = { views: 1, at: new Date(), suspect: false };
    await looks.store([{ targetId: id, claim: due?.claim ?? '', failures: 0, nextAt: new Date(), sample }]);
    expect(await seriesOf(id)).toEqual([]);
  });

  it('of a sick platform are kept as suspect, left out of totals and counted', async () => {
    const [good, bad] = [await published(1), await published(1)];
    await collect.runOnce();
    suspects = [bad];
    await hurry();
    answer = () => ({ kind: 'metrics', views: 0, likes: 0 });
    await collect.runOnce();
    const now = Date.now();
    const span = { from: new Date(now - 86_400_000), to: new Date(now) };
    const by = { group: 'account', zone: 'UTC', limit: 10 } as const;
    const [total, ...groups] = await reader.analytics(seeded.workspaceId, span, by);
    expect(total).toMatchObject({ key: null, published: 2, measured: 2, views: 100, suspectSamples: 1 });
    expect(total).toMatchObject({ medianViews1h: 50, sampleSize1h: 2, medianViews24h: null, sampleSize24h: 0 });
    expect(groups).toMatchObject([{ key: seeded.accountId, views: 100 }]);
    expect(await seriesOf(good)).toHaveLength(2);
    const other = await seedWorkspace(db.database);
    expect(await reader.seriesOf(other.workspaceId, good)).toBeUndefined();
    expect(await reader.analytics(other.workspaceId, span, by)).toMatchObject([{ published: 0 }]);
    for (const group of ['day', 'platform', 'post'] as const)
      expect(await reader.analytics(seeded.workspaceId, { ...span, tag: 'none' }, { ...by, group })).toHaveLength(1);
  });

  it('hold no event back from the purge once they are switched off', async () => {
    await published(1);
    await db.database.affected(`update event set at = now() - interval '31 days'`);
    await db.database.affected(`delete from event_cursor where consumer <> 'post-metrics'`);
    await db.database.affected(`update event_cursor set last_xid = '0', last_id = 0`);
    const outbox = new EventOutbox(db.database);
    expect(await outbox.purge(30 * 86_400_000, 10_000)).toBe(0);
    const off = { publishes: true, env: { METRICS_ENABLED: false } } as unknown as AppConfig;
    await new MetricsJob(collect, looks, off, {} as Ticks).onModuleInit();
    expect(await outbox.purge(30 * 86_400_000, 10_000)).toBeGreaterThan(0);
  });
});
