import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { AccountDirectory } from '../../src/accounts/index.js';
import { detectorConfig } from '../../src/health/domain/detector-config.js';
import { HealthFold } from '../../src/health/domain/health-fold.js';
import type { StoredSignal } from '../../src/health/domain/keyed.js';
import { SignalsRepository } from '../../src/health/infrastructure/signals.repository.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { plusMs } from '../../src/kernel/durations.js';
import { newId } from '../../src/kernel/ids.js';
import type { MetricsOutcome } from '../../src/platforms/domain/publish-outcome.js';
import type { PlatformRegistry } from '../../src/platforms/index.js';
import { Engine } from '../../src/publishing/application/engine.js';
import type { PlatformAccess } from '../../src/publishing/application/firing/platform-access.js';
import { CollectMetrics } from '../../src/publishing/application/metrics/collect-metrics.js';
import { KeepLooks } from '../../src/publishing/application/metrics/keep-looks.js';
import type { PlatformTrouble } from '../../src/publishing/application/metrics/platform-trouble.js';
import { ReadCounters } from '../../src/publishing/application/metrics/read-counters.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import { MetricLooksRepository } from '../../src/publishing/infrastructure/metrics/metric-looks.repository.js';
import { ViewsHistoriesRepository } from '../../src/publishing/infrastructure/metrics/views-histories.repository.js';
import { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

/** Four hundred views in the first hour, learnt from ten reads; nothing is known of older posts. */
const USUAL = { perHour: [400, 0, 0, 0, 0], seen: [10, 0, 0, 0, 0] };
const FIVE_MINUTES = 300_000;

describe("views against the account's own history", () => {
  let db: TestDatabase;
  let looks: MetricLooksRepository;
  let histories: ViewsHistoriesRepository;
  let collect: CollectMetrics;
  let views: number;
  let answer: (ids: readonly string[]) => Promise<ReadonlyMap<string, MetricsOutcome>>;
  let suspects: readonly string[];
  const homes = new Map<string, string>();

  beforeAll(async () => {
    Logger.overrideLogger(false);
    db = await createTestDatabase();
    const { database } = db;
    const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
    const engine = new Engine({ now: () => new Date() }, settings);
    looks = new MetricLooksRepository(database, new EventOutbox(database));
    histories = new ViewsHistoriesRepository(database);
    const tiktok = {
      name: 'tiktok',
      metricsPerCall: 20,
      metricsOf: (_: unknown, ids: string[]) => answer(ids),
    };
    const platforms = { get: () => tiktok, all: () => [] } as unknown as PlatformRegistry;
    const access = { contextOf: () => Promise.resolve({}), renewed: () => Promise.resolve(undefined) };
    const findMany = (ids: readonly string[]) =>
      Promise.resolve(ids.flatMap((id) => (homes.has(id) ? [{ id, region: homes.get(id) }] : [])));
    const accounts = { findMany } as unknown as AccountDirectory;
    const trouble = { amongst: () => Promise.resolve(new Set(suspects)) } as unknown as PlatformTrouble;
    const counters = new ReadCounters(looks, platforms, access as unknown as PlatformAccess, accounts, trouble, engine);
    const keep = new KeepLooks(looks, histories, new SignalsRepository(database), database, engine);
    collect = new CollectMetrics(looks, platforms, counters, keep, engine);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    for (const table of ['target_metric_look', 'metric_call_window', 'signal'])
      await db.database.affected(`delete from ${table}`);
    homes.clear();
    suspects = [];
    views = 0;
    answer = (ids) => Promise.resolve(new Map(ids.map((id) => [id, { kind: 'metrics', views }])));
  });

  /** A workspace in region us, whose account has its history unless it is new. */
  const owner = async (isNew = false): Promise<SeededWorkspace> => {
    const seeded = await seedWorkspace(db.database);
    homes.set(seeded.accountId, 'us');
    const kept = { history: USUAL, confirmedAt: new Date() };
    if (!isNew) await db.database.run((tx) => histories.keep(seeded, kept, tx));
    return seeded;
  };
  /** A post that went live 45 minutes ago and is to be looked at now. */
  const due = async (seeded: SeededWorkspace): Promise<string> => {
    const id = await seedTarget(db.database, seeded, -3_600_000);
    await db.database.affected(
      `update target set status = 'published', platform_post_id = $2,
              published_at = clock_timestamp() - interval '45 minutes' where id = $1`,
      [id, newId()],
    );
    await db.database.affected(
      `insert into target_metric_look (target_id, workspace_id, account_id, platform, published_at, next_at)
       select id, workspace_id, account_id, platform, published_at, now() from target where id = $1`,
      [id],
    );
    return id;
  };
  const signalsOf = (capability: string) =>
    db.database.rows<StoredSignal>(
      `select platform, region, capability, workspace_id as "workspaceId", account_id as "accountId",
              target_id as "targetId", source, verdict from signal where capability = $1 order by id`,
      [capability],
    );
  const signals = () => signalsOf('counters');
  const historyOf = ({ accountId }: SeededWorkspace) => db.database.run((tx) => histories.lock(accountId, tx));

  it('raise the badge of the platform where the accounts are at home when they stay away, and move no post', async () => {
    const owners = [await owner(), await owner(), await owner()];
    const ids: string[] = [];
    for (const seeded of owners) for (let post = 0; post < 3; post += 1) ids.push(await due(seeded));
    const rows = () => db.database.rows(`select id, status, version, due_at from target where id = any($1)`, [ids]);
    const before = await rows();
    await collect.runOnce();
    const said = await signals();
    expect(said.map(({ targetId }) => targetId).toSorted()).toEqual(ids.toSorted());
    for (const signal of said)
      expect(signal).toMatchObject({ platform: 'tiktok', region: 'us', capability: 'counters', verdict: 'bad' });
    const health = new HealthFold(detectorConfig(1));
    const start = new Date('2026-01-25T12:00:00Z');
    said.forEach((signal, index) => health.take({ ...signal, at: plusMs(start, index * FIVE_MINUTES) }));
    expect(health.states().map(({ capability, detector }) => [capability, detector.state])).toEqual([
      ['counters', 'degraded'],
    ]);
    expect(await rows()).toEqual(before);
  });

  it('say that all is well when they come, and teach the account', async () => {
    const seeded = await owner();
    await due(seeded);
    views = 150;
    await collect.runOnce();
    expect(await signals()).toMatchObject([{ verdict: 'good', workspaceId: seeded.workspaceId }]);
    const kept = await historyOf(seeded);
    expect(kept?.history.seen[0]).toBe(11);
    expect(kept?.history.perHour[0]).toBeLessThan(400);
  });

  it('are held against the newest read before', async () => {
    const seeded = await owner();
    const id = await due(seeded);
    await db.database.affected(
      `insert into target_metric (target_id, workspace_id, at, views)
       select $1, $2, clock_timestamp() - n * interval '10 minutes', 200 - 50 * n from generate_series(1, 3) n`,
      [id, seeded.workspaceId],
    );
    views = 150;
    await collect.runOnce();
    expect(await signals()).toMatchObject([{ verdict: 'bad' }]);
  });

  it('say nothing of a new account, nor of one that is gone, and teach nothing while the platform is ill', async () => {
    const [fresh, gone, ill] = [await owner(true), await owner(), await owner()];
    homes.delete(gone.accountId);
    const ids = [await due(fresh), await due(gone), await due(ill)];
    suspects = ids.slice(2);
    await collect.runOnce();
    expect(await signals()).toMatchObject([{ accountId: ill.accountId, verdict: 'bad' }]);
    expect((await historyOf(fresh))?.history.seen).toEqual([1, 0, 0, 0, 0]);
    expect((await historyOf(ill))?.history).toEqual(USUAL);
  });

  it('tell whether the platform can be read, once for all posts of a turn; a fault of ours blames nobody', async () => {
    const seeded = await owner();
    const again = async () => {
      await db.database.affected(`update target_metric_look set next_at = clock_timestamp()`);
      await db.database.affected(`delete from signal`);
      await collect.runOnce();
      return (await signalsOf('read')).map(({ verdict }) => verdict);
    };
    await due(seeded);
    await due(seeded);
    expect(await again()).toEqual(['good']);
    answer = (ids) => Promise.resolve(new Map(ids.map((id) => [id, { kind: 'unavailable' }])));
    expect(await again()).toEqual(['bad']);
    answer = (ids) => Promise.resolve(new Map(ids.map((id) => [id, { kind: 'unauthorised', reconnect: true }])));
    expect(await again()).toEqual([]);
    answer = () => Promise.reject(new Error('our own bug'));
    expect(await again()).toEqual([]);
  });

  it('count once, for the worker whose claim still stands', async () => {
    const seeded = await owner();
    const id = await due(seeded);
    const lost = await looks.claim(1, 60_000);
    await db.database.affected(`update target_metric_look set next_at = clock_timestamp()`);
    const sample = { views: 0, at: new Date(), suspect: false };
    const late = { targetId: id, claim: lost[0]?.claim ?? '', failures: 0, nextAt: new Date(), sample };
    expect(await looks.store([late])).toEqual([]);
    await collect.runOnce();
    expect(await signals()).toHaveLength(1);
  });
});
