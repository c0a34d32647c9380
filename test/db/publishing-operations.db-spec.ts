import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AppConfig } from '../../src/infra/config/app-config.js';
import { Readiness } from '../../src/infra/http/readiness.js';
import { Boss } from '../../src/infra/jobs/boss.js';
import { MetricsRegistry } from '../../src/infra/metrics/metrics-registry.js';
import { newId } from '../../src/kernel/ids.js';
import { WAKE_UP_QUEUE, WakeUpQueue } from '../../src/publishing/infrastructure/firing/wake-up.queue.js';
import { PurgesRepository } from '../../src/publishing/infrastructure/purge/purges.repository.js';
import { EngineGauges } from '../../src/publishing/infrastructure/telemetry/engine-gauges.js';
import { IdleTargets } from '../../src/publishing/infrastructure/telemetry/idle-targets.js';
import { TargetReaderRepository } from '../../src/publishing/infrastructure/targets/target-reader.repository.js';
import type { HoldReason } from '../../src/publishing/domain/targets/target-state.js';
import { DeliveryGauges } from '../../src/workspaces/infrastructure/webhooks/delivery-gauges.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

describe('what operators see of the engine', () => {
  let db: TestDatabase;
  let boss: Boss;
  let seeded: SeededWorkspace;

  beforeAll(async () => {
    db = await createTestDatabase();
    boss = new Boss(db.dataSource, false);
    await boss.onModuleInit();
    await boss.engine.createQueue(WAKE_UP_QUEUE);
    seeded = await seedWorkspace(db.database);
  });
  afterAll(async () => {
    await boss.onApplicationShutdown();
    await db.drop();
  });

  it('is not ready while a target is due for over a minute and nobody is on it', async () => {
    const readiness = new Readiness();
    const idle = new IdleTargets(db.database, readiness, { publishes: true } as AppConfig);
    idle.onModuleInit();
    const fresh = await seedTarget(db.database, seeded, -50_000);
    expect(await readiness.obstacle()).toBeUndefined();
    const id = await seedTarget(db.database, seeded, -70_000);
    const obstacle = await readiness.obstacle();
    expect(obstacle).toContain('nobody is on it: 1');
    expect(obstacle).not.toContain(id);
    const queue = new WakeUpQueue(boss, db.database, { now: () => new Date() });
    await db.database.run((tx) => queue.send([{ targetId: id, version: 1, dueAt: new Date() }], tx));
    expect(await readiness.obstacle()).toBeUndefined();
    await db.database.affected(`delete from pgboss.job`);
    await db.database.affected(
      `update target set status = 'held', hold_reason = 'platform', hold_until = now() + interval '1 hour' where id = $1`,
      [id],
    );
    expect(await readiness.obstacle()).toBeUndefined();
    expect(fresh).not.toBe(id);
  });

  it('lists what is held for one reason', async () => {
    const id = await seedTarget(db.database, seeded, 0);
    await db.database.affected(
      `update target set status = 'held', hold_reason = 'quota', hold_until = now() + interval '1 hour' where id = $1`,
      [id],
    );
    const reader = new TargetReaderRepository(db.database);
    const list = (holdReason: HoldReason) => reader.list(seeded.workspaceId, { holdReason }, { limit: 10 });
    expect((await list('quota')).map((target) => target.id)).toEqual([id]);
    expect(await list('approval')).toEqual([]);
  });

  it('counts the messages that wait for a webhook that is on, and how old the oldest is', async () => {
    const registry = new MetricsRegistry(db.dataSource);
    new DeliveryGauges(registry, db.database).onModuleInit();
    const webhooks = [newId(), newId()];
    await db.database.affected(
      `insert into webhook (id, workspace_id, url, secret_enc, key_id, disabled_at, disabled_reason)
       select w.id, $1, 'https://example.com', '', '', w.off, case when w.off is not null then 'person' end
         from (values ($2::uuid, null::timestamptz), ($3::uuid, now())) as w (id, off)`,
      [seeded.workspaceId, ...webhooks],
    );
    await db.database.affected(
      `insert into webhook_delivery (id, workspace_id, webhook_id, message_id, type, body, created_at)
       select gen_random_uuid(), $1, w, 'm', 'test', '{}', now() - interval '90 seconds' from unnest($2::uuid[]) w`,
      [seeded.workspaceId, webhooks],
    );
    const text = await registry.text();
    expect(text).toContain('perennial_webhook_deliveries_waiting 1');
    expect(text).toMatch(/perennial_webhook_oldest_waiting_seconds 9\d/);
  });

  it('counts what is due, late, held by reason and open, at most once in five seconds', async () => {
    const registry = new MetricsRegistry(db.dataSource);
    new EngineGauges(registry, db.database).onModuleInit();
    await seedTarget(db.database, seeded, -120_000);
    const text = await registry.text();
    expect(text).toContain('perennial_targets_due{platform="tiktok"} 2');
    expect(text).toContain('perennial_targets_late{platform="tiktok"} 1');
    expect(text).toContain('perennial_targets_held{reason="platform"} 1');
    expect(text).toContain('perennial_targets_unconfirmed 0');
    expect(text).toMatch(/perennial_queue_jobs\{queue="target-wake-up"\} 0/);
    await seedTarget(db.database, seeded, -120_000);
    expect(await registry.text()).toBe(text);
  });

  it('throws away workers gone for a week and notices settled for a month, and nothing younger', async () => {
    const [old, young] = [newId(), newId()];
    await db.database.affected(
      `insert into worker (id, gone_at) values ($1, now() - interval '8 days'), ($2, now() - interval '6 days')`,
      [old, young],
    );
    await db.database.affected(
      `insert into platform_notice (platform, key, notice, at, verdict, settled_at)
       select 'tiktok', d::text, '{}', now(), 'applied', now() - d * interval '1 day' from unnest(array[29, 31]) as d`,
    );
    await db.database.affected(
      `insert into target_lease (target_id, worker_id, taken_at) values ($1, $2, now() - interval '9 days')`,
      [await published(), old],
    );
    expect(await new PurgesRepository(db.database).runOnce()).toEqual({
      leases: 1,
      workers: 1,
      notices: 1,
      windows: 0,
    });
    expect(await db.database.rows(`select id from worker`)).toEqual([{ id: young }]);
  });

  const published = async (): Promise<string> => {
    const id = await seedTarget(db.database, seeded, -10);
    await db.database.affected(`update target set status = 'published', platform_post_id = id::text where id = $1`, [
      id,
    ]);
    return id;
  };
});
