import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountsModule } from '../../src/accounts/index.js';
import { DashboardModule } from '../../src/dashboard/index.js';
import { NowReaderRepository } from '../../src/dashboard/infrastructure/now-reader.repository.js';
import { HealthModule } from '../../src/health/index.js';
import { newId } from '../../src/kernel/ids.js';
import { PLATFORMS_DEFAULTS, PlatformsModule } from '../../src/platforms/index.js';
import { BootstrapWorkspace, WorkspacesModule } from '../../src/workspaces/index.js';
import { type PartialApp, startPartialApp } from '../support/partial-app.js';
import { WatchedDatabase } from '../support/plans.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedAccount, type SeededWorkspace, seedTarget, seedWorkspace } from '../support/rows.js';

const HOUR_MS = 3_600_000;
const TARGETS = 20_000;

/** Copies of a model target, one each three minutes before and after now; what was due is published, but for a few. */
const SEED_MANY = `
  insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, scheduled_at,
                      due_at, local_time, zone, stale_at, content, content_hash, platform_post_id, published_at,
                      hold_reason, hold_until)
  select n.id, t.workspace_id, t.post_id, n.id, t.account_id, t.platform, t.role, n.id, n.status, n.at, n.at,
         n.at at time zone 'UTC', 'UTC', n.at + interval '2 days', t.content, t.content_hash,
         case when n.status = 'published' then n.i::text end, case when n.status = 'published' then n.at end,
         case when n.status = 'held' then 'platform' end, case when n.status = 'held' then n.at end
    from target t, (
      select i, gen_random_uuid() as id, at,
             case when at > now() then 'scheduled' when i % 1000 = 0 then 'held' when i % 1000 = 1 then 'failed'
                  when i % 1000 = 2 then 'rerouted' when i % 1000 = 3 then 'needs_decision' else 'published' end as status
        from (select i, now() + (i - $2::int / 2) * interval '3 minutes' as at from generate_series(1, $2::int) i) s
    ) n where t.id = $1`;

describe('what goes on now', () => {
  let db: TestDatabase;
  let partial: PartialApp;
  let key: string;
  let mine: SeededWorkspace;

  beforeAll(async () => {
    db = await createTestDatabase();
    partial = await startPartialApp(db, {
      imports: [
        PlatformsModule.forRoot(PLATFORMS_DEFAULTS),
        WorkspacesModule,
        AccountsModule,
        HealthModule,
        DashboardModule,
      ],
    });
    const first = await partial.app.get(BootstrapWorkspace, { strict: false }).execute();
    key = first.apiKey ?? '';
    const seeded = await seedWorkspace(db.database);
    const move = (table: string) =>
      db.database.affected(`update ${table} set workspace_id = $1 where workspace_id = $2`, [
        first.workspaceId,
        seeded.workspaceId,
      ]);
    for (const table of ['account', 'post', 'media']) await move(table);
    mine = { ...seeded, workspaceId: first.workspaceId };
  });
  afterAll(async () => {
    await partial.stop();
    await db.drop();
  });

  const now = async (as = key) => (await partial.send({ path: '/v1/now', key: as })).body;
  const become = (id: string, status: string, rest = '') =>
    db.database.affected(`update target set status = $2${rest}, updated_at = now() where id = $1`, [id, status]);
  const keyWith = async (scopes: readonly string[]): Promise<string> =>
    (await partial.send({ method: 'POST', path: '/v1/api-keys', key, body: { name: 'k', scopes } })).body.key;

  it('is nothing in a new workspace: no list, and the accounts’ platforms without trouble', async () => {
    const answer = await now();
    expect(answer.due).toEqual({ count: 0, items: [] });
    expect(answer).toMatchObject({ timezone: 'UTC', openSlots: [], incidents: [], reconnect: [], broadcasts: [] });
    const [platform] = answer.platforms;
    expect(platform).toMatchObject({ platform: 'tiktok', displayName: 'TikTok' });
    expect(platform.regions[0]).toMatchObject({ region: 'us', state: 'healthy', reason: 'No trouble seen.' });
    expect(platform.regions[0].since).toBeUndefined();
  });

  it('tells each target in its list, with what a person needs to act', async () => {
    const [soon, later, held, asked, moved, carrier, failed] = [
      await seedTarget(db.database, mine, HOUR_MS),
      await seedTarget(db.database, mine, 30 * HOUR_MS),
      await seedTarget(db.database, mine, -HOUR_MS),
      await seedTarget(db.database, mine, -HOUR_MS),
      await seedTarget(db.database, mine, -HOUR_MS),
      await seedTarget(db.database, mine, -HOUR_MS),
      await seedTarget(db.database, mine, -HOUR_MS),
    ];
    await become(held, 'held', `, hold_reason = 'platform', hold_until = now() + interval '1 hour'`);
    await become(asked, 'needs_decision');
    await become(carrier, 'published', `, platform_post_id = 'p', permalink = 'https://x.example/p'`);
    await become(moved, 'rerouted', `, replacement_id = '${carrier}'`);
    await become(failed, 'failed', `, error_category = 'platform_rejected', error_detail = 'Too long.'`);
    const answer = await now();
    expect(answer.due).toMatchObject({ count: 1, items: [{ id: soon, caption: 'Hi', accountName: 'A' }] });
    expect(JSON.stringify(answer)).not.toContain(later);
    expect(answer.held.items[0]).toMatchObject({ id: held, holdReason: 'platform', holdUntil: expect.any(String) });
    expect(answer.needsDecision.items[0].question.answers).toHaveLength(3);
    expect(answer.rerouted.items[0]).toMatchObject({
      id: moved,
      replacement: { id: carrier, status: 'published', permalink: 'https://x.example/p', accountName: 'A' },
    });
    expect(answer.failedToday.items[0]).toMatchObject({
      error: { category: 'platform_rejected', detail: 'Too long.' },
    });
    expect(answer.unconfirmed.count).toBe(0);
  });

  it('names what needs a hand beside posts: accounts, quotas, incidents, slots, broadcasts', async () => {
    const { workspaceId, accountId } = mine;
    const reels = newId();
    await seedAccount(db.database, { workspaceId, accountId: reels, platform: 'reels', region: 'us' });
    await db.database.affected(
      `update account set status = 'needs_reconnect', status_reason = 'refresh_refused' where id = $1`,
      [reels],
    );
    await db.database.affected(
      `insert into quota_window (scope, scope_id, kind, window_start, used, limit_n, resets_at)
       select v.scope, v.id, 'publish', now() - interval '1 hour', v.used, 10, now() + interval '1 hour'
         from (values ('account', $1, 8), ('account', $2, 7), ('app', 'tiktok', 9)) v (scope, id, used)`,
      [accountId, reels],
    );
    await db.database.affected(
      `insert into incident (id, platform, region, opened_at, worst_state, reason)
       select gen_random_uuid(), 'tiktok', region, now(), 'down', 'Uploads fail.' from unnest(array['us', 'eu']) region`,
    );
    const queueId = newId();
    await db.database.affected(
      `with q as (insert into queue (id, workspace_id, name, zone, pick_order) values ($1, $2, 'Evergreen', 'UTC', 'oldest')),
            a as (insert into queue_account (workspace_id, queue_id, position, account_id) values ($2, $1, 0, $3))
       insert into slot (id, workspace_id, queue_id, iso_day, time)
       select gen_random_uuid(), $2, $1, d, '09:00' from generate_series(1, 7) d`,
      [queueId, workspaceId, accountId],
    );
    const answer = await now();
    expect(answer.reconnect).toEqual([
      { accountId: reels, accountName: 'A', platform: 'reels', status: 'needs_reconnect', reason: 'refresh_refused' },
    ]);
    expect(answer.quotas).toMatchObject([
      { accountId, used: 8, left: 2 },
      { scope: 'app', platform: 'tiktok' },
    ]);
    expect(answer.quotas[1].used).toBeUndefined();
    expect(answer.incidents).toMatchObject([{ platform: 'tiktok', region: 'us', severity: 'major' }]);
    expect(answer.openSlots).toHaveLength(7);
    expect(answer.openSlots[0]).toMatchObject({ queueName: 'Evergreen', localTime: expect.stringMatching(/T09:00$/) });
    await db.database.affected(
      `insert into slot_reservation (workspace_id, queue_id, slot_id, local_date, slot_at, occurrence_id, why)
       select $1, $2, $3, ($4::timestamptz at time zone 'UTC')::date, $4, o.id, 'w' from occurrence o limit 1`,
      [workspaceId, queueId, answer.openSlots[0].slotId, answer.openSlots[0].at],
    );
    expect((await now()).openSlots[0]).toEqual(answer.openSlots[1]);
  });

  it('leaves out what the caller may not see, and shows another workspace nothing', async () => {
    const answer = await now(await keyWith(['posts:read']));
    expect(answer.held.count).toBe(1);
    for (const part of ['platforms', 'incidents', 'reconnect', 'quotas', 'broadcasts'])
      expect(answer).not.toHaveProperty(part);
    const tenant = { name: 'Other', region: 'us', timeZone: 'UTC' };
    const other = await partial.send({ method: 'POST', path: '/v1/workspaces', key, body: tenant });
    const theirs = await now(other.body.apiKey);
    expect(theirs).toMatchObject({ platforms: [], incidents: [], quotas: [], openSlots: [], held: { count: 0 } });
  });

  it('reads only the rows it counts, with many behind', async () => {
    const model = await seedTarget(db.database, mine, 0);
    await db.database.run(async (tx) => {
      await db.database.affected('set local session_replication_role = replica', [], tx);
      await db.database.affected(SEED_MANY, [model, TARGETS], tx);
    });
    await db.dataSource.query('vacuum analyze target, account, queue, slot, slot_reservation, broadcast, quota_window');
    const watched = new WatchedDatabase(db.dataSource);
    const reader = new NowReaderRepository(watched);
    const counts = await reader.counts(mine.workspaceId, 'UTC');
    expect(counts.due).toBeGreaterThan(400);
    const first = await reader.targets(mine.workspaceId, 'UTC');
    expect(first.filter(({ list }) => list === 'due')).toHaveLength(10);
    await Promise.all([reader.queues(mine.workspaceId), reader.quotas(mine.workspaceId)]);
    for (const { sql, rowsRead, scanned } of watched.plans)
      expect({ sql, rowsRead: rowsRead > 2_000 ? rowsRead : 0, scanned: scanned.includes('target') }).toEqual({
        ...{ sql, rowsRead: 0, scanned: false },
      });
  });
});
