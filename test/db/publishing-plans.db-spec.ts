import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NO_QUOTAS } from '../../src/accounts/domain/quota.policy.js';
import { newId } from '../../src/kernel/ids.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { InheritanceRepository } from '../../src/publishing/infrastructure/firing/inheritance.repository.js';
import { WakeUpFeedRepository } from '../../src/publishing/infrastructure/firing/wake-up-feed.repository.js';
import type { WakeUpQueue } from '../../src/publishing/infrastructure/firing/wake-up.queue.js';
import { ReconciliationRepository } from '../../src/publishing/infrastructure/reconcile/reconciliation.repository.js';
import { TakeoversRepository } from '../../src/publishing/infrastructure/reconcile/takeovers.repository.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import type { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { AnnouncementsRepository } from '../../src/publishing/infrastructure/rerouting/announcements.repository.js';
import { FallbackLoadsRepository } from '../../src/publishing/infrastructure/rerouting/fallback-loads.repository.js';
import { RemovalsRepository } from '../../src/publishing/infrastructure/rerouting/removals.repository.js';
import { RouteEvidenceRepository } from '../../src/publishing/infrastructure/rerouting/route-evidence.repository.js';
import { WaitingTargetsRepository } from '../../src/publishing/infrastructure/rerouting/waiting-targets.repository.js';
import { WatchedDatabase } from '../support/plans.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { attemptQuotas } from '../support/quotas.js';
import { seedWorkspace, type SeededWorkspace } from '../support/rows.js';

const BEHIND = 100_000;
const DUE = 500;
/** A statement may look at so many rows for each it answers, and at some more for good measure. */
const READ_PER_ROW = 10;
const BIG = ['target', 'attempt', 'intent', 'target_event'];

/** Three quarters are over, with their journal; one quarter is planned for the next month; `DUE` are due now. */
const SEED = `
  insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, scheduled_at,
                      due_at, local_time, zone, stale_at, content, content_hash, media_id, platform_post_id)
  select n.id, $1, p.id, n.id, $2, 'tiktok', 'origin', n.id, case n.kind when 'over' then 'published' else 'scheduled' end,
         d.at, d.at, d.at at time zone 'UTC', 'UTC', d.at + interval '2 days', $4::jsonb, '\\x00', $3,
         case n.kind when 'over' then n.i::text end
    from (select i, case when i <= $5::int then 'due' when i % 4 = 0 then 'planned' else 'over' end as kind,
                 ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid as id from generate_series(1, $6::int) i) n
    join many_posts p on p.i = n.i % $5::int,
         lateral (select now() + case n.kind when 'due' then interval '-1 s' when 'over' then -interval '1 h' * (n.i % 720)
                                             else interval '1 h' + interval '1 s' * n.i end as at) d`;

const JOURNAL = `
  insert into attempt (id, workspace_id, target_id, post_id, account_id, no, version, fence, worker_id, purpose, state, created_at)
  select gen_random_uuid(), workspace_id, id, post_id, account_id, 1, 1, nextval('lease_fence'), $1, 'publish', 'published',
         scheduled_at from target where status = 'published';`;

/** Of what went out long ago each second one stands for the one before, and was refused. */
const REFUSED = `
  with pairs as (
    select id, lead(id) over w as next, lag(id) over w as before, row_number() over w % 2 = 1 as is_root from target
     where status = 'published' and scheduled_at < now() - interval '20 days' window w as (order by id))
  update target t
     set stale_at = now() - interval '1 hour', status = case when p.is_root then 'rerouted' else 'failed' end,
         role = case when p.is_root then 'origin' else 'reroute' end, outcome = case when not p.is_root then 'rejected' end,
         root_id = case when p.is_root then t.id else p.before end, replacement_id = case when p.is_root then p.next end
    from pairs p where p.id = t.id`;

describe('plans of the hot statements with 100,000 targets behind', () => {
  let db: TestDatabase;
  let watched: WatchedDatabase;
  let firing: FiringRepository;
  let takeovers: TakeoversRepository;
  let seeded: SeededWorkspace;
  let due: { targetId: string; version: number }[];
  const workerId = newId();

  beforeAll(async () => {
    db = await createTestDatabase();
    watched = new WatchedDatabase(db.dataSource);
    const quotas = attemptQuotas(watched, NO_QUOTAS);
    firing = new FiringRepository(watched, quotas);
    takeovers = new TakeoversRepository(watched, quotas);
    seeded = await seedWorkspace(db.database);
    const { workspaceId, accountId, mediaId } = seeded;
    const content = {
      caption: 'Hi',
      tags: [],
      options: {},
      media: { id: mediaId },
      base: { caption: 'Hi' },
      variants: {},
    };
    await db.database.affected('insert into worker (id) values ($1)', [workerId]);
    await db.database.run(async (tx) => {
      await db.database.affected('set local session_replication_role = replica', [], tx);
      await db.database.affected(
        `create table many_posts as select i, gen_random_uuid() as id from generate_series(0, ${DUE - 1}) i`,
        [],
        tx,
      );
      await db.database.affected(
        `insert into post (id, workspace_id, kind, caption) select id, $1, 'one_shot', 'Hi' from many_posts`,
        [workspaceId],
        tx,
      );
      await db.database.affected(SEED, [workspaceId, accountId, mediaId, JSON.stringify(content), DUE, BEHIND], tx);
      await db.database.affected(JOURNAL, [workerId], tx);
      await db.database.affected(REFUSED, [], tx);
      await db.database.affected(
        `insert into intent (target_id, version, fence) select target_id, 1, fence from attempt`,
        [],
        tx,
      );
      await db.database.affected(
        `insert into target_event (target_id, seq, workspace_id, to_status, cause, actor)
         select id, 1, workspace_id, 'scheduled', 'scheduled', 'test' from target`,
        [],
        tx,
      );
    });
    await db.dataSource.query('analyze target, attempt, intent, target_event, target_lease, account, post');
    const rows = await db.database.rows<{ id: string }>(
      `select id from target where status = 'scheduled' and due_at < now() order by id`,
    );
    due = rows.map(({ id }) => ({ targetId: id, version: 1 }));
  });
  afterAll(() => db.drop());
  beforeEach(() => void (watched.plans.length = 0));

  /** No big table is read from end to end, and nothing reads much more than it answers. */
  const expectLean = (asked = 0): void => {
    expect(watched.plans.length).toBeGreaterThan(0);
    for (const { sql, rowsRead, rowsReturned, scanned } of watched.plans) {
      const most = READ_PER_ROW * Math.max(rowsReturned, asked, 10);
      expect({
        sql,
        tooMany: rowsRead > most ? rowsRead : 0,
        scanned: scanned.filter((name) => BIG.includes(name)),
      }).toEqual({ sql, tooMany: 0, scanned: [] });
    }
  };

  it('feeds, and finds due targets without a wake-up', async () => {
    const sent: unknown[] = [];
    const queue = { send: (refs: unknown[]) => Promise.resolve(void sent.push(...refs)) };
    const feed = new WakeUpFeedRepository(watched, queue as unknown as WakeUpQueue);
    await feed.feed();
    expect(sent).toHaveLength(DUE);
    await db.database.affected(`update target set due_at = due_at - interval '10 s' where id = any($1::uuid[])`, [
      due.map(({ targetId }) => targetId),
    ]);
    expect(await feed.resendOverdue()).toBe(DUE);
    expectLean(DUE);
  });

  it('looks after doubts, holds and platforms that are well again', async () => {
    await new ReconciliationRepository(watched).claim(100, 1_000);
    const waiting = new WaitingTargetsRepository(watched);
    await waiting.held([], 100);
    await waiting.heldRegions();
    expectLean();
  });

  it('counts the load of a fallback in its own hours, and finds what follows a move', async () => {
    const settings = { routing: routingTiming(1) } as PublishingSettings;
    const loads = new FallbackLoadsRepository(watched, settings);
    const holder = { id: seeded.accountId, workspaceId: seeded.workspaceId };
    const load = (await loads.read([holder], new Date())).get(holder.id);
    expect(load).toMatchObject({ usualHour: expect.any(Number), takenAt: [], troubledCount: 0 });
    expect((await loads.own([holder], new Date())).get(holder.id)?.usualHour).toBe(load?.usualHour);
    // Eight hours of this one account, and what is due around now.
    expectLean(2 * (load?.usualHour ?? 0));
    watched.plans.length = 0;
    await new RemovalsRepository(watched).undecided([], 100);
    await new AnnouncementsRepository(watched).due(100, 1_000);
    const waiting = new WaitingTargetsRepository(watched);
    await waiting.unplaced(undefined, 100);
    expectLean();
  });

  it('finds who has carried a run', async () => {
    const runs = due.slice(0, 50).map(({ targetId }) => targetId);
    expect(await new RouteEvidenceRepository(watched).carriers(runs)).toHaveLength(runs.length);
    expectLean();
  });

  it('arms, intends, marks, and takes over', async () => {
    const { armed } = await firing.arm(workerId, due);
    expect(armed).toHaveLength(DUE);
    const [mine, left] = [armed.slice(0, DUE / 2), armed.slice(DUE / 2)];
    expect(await firing.intend(mine)).toHaveLength(mine.length);
    await firing.intend(mine);
    expect(await firing.standing(left)).toHaveLength(left.length);
    expect(await firing.markPublishing(mine)).toHaveLength(mine.length);
    await firing.load(mine.map(({ targetId }) => targetId));
    await db.database.affected('update worker set gone_at = now() where id = $1', [workerId]);
    const inheritance = new InheritanceRepository(watched);
    expect(await inheritance.intend([{ platform: left[0]!.target.platform }])).toEqual([]);
    const found = await inheritance.intend([]);
    expect(found).toHaveLength(left.length);
    const survivor = newId();
    await db.database.affected('insert into worker (id) values ($1)', [survivor]);
    expect(await inheritance.take(survivor, found.slice(0, 100))).toHaveLength(100);
    await takeovers.findForgotten();
    const leftovers = await takeovers.findLeftovers();
    expect(leftovers).toHaveLength(DUE - 100);
    await takeovers.release(leftovers.map(({ targetId }) => targetId));
    expectLean(DUE);
  });
});
