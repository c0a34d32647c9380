import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { ReconciliationRepository } from '../../src/publishing/infrastructure/reconcile/reconciliation.repository.js';
import { TakeoversRepository } from '../../src/publishing/infrastructure/reconcile/takeovers.repository.js';
import { WaitingTargetsRepository } from '../../src/publishing/infrastructure/rerouting/waiting-targets.repository.js';
import { WakeUpFeedRepository } from '../../src/publishing/infrastructure/firing/wake-up-feed.repository.js';
import type { WakeUpQueue } from '../../src/publishing/infrastructure/firing/wake-up.queue.js';
import { WorkerRegistry } from '../../src/publishing/infrastructure/firing/worker-registry.js';
import { attemptQuotas } from '../support/quotas.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

describe('nothing is lost between the statements', () => {
  let db: TestDatabase;
  let firing: FiringRepository;
  let takeovers: TakeoversRepository;
  let feed: WakeUpFeedRepository;
  let living: WorkerRegistry;
  let workerId: string;
  let seeded: SeededWorkspace;
  const sent: { targetId: string; version: number }[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    firing = new FiringRepository(db.database, attemptQuotas(db.database));
    takeovers = new TakeoversRepository(db.database, attemptQuotas(db.database));
    const queue = { send: (refs: typeof sent) => Promise.resolve(void sent.push(...refs)) };
    feed = new WakeUpFeedRepository(db.database, queue as unknown as WakeUpQueue);
    living = new WorkerRegistry(db.dataSource);
    workerId = await living.ensure(() => undefined);
  });
  afterAll(async () => {
    await living.leave();
    await db.drop();
  });
  beforeEach(async () => {
    seeded = await seedWorkspace(db.database);
    sent.length = 0;
  });

  const armed = async (dueInMs: number): Promise<ArmedRef> => {
    const id = await seedTarget(db.database, seeded, dueInMs);
    const [ref] = (await firing.arm(workerId, [{ targetId: id, version: 1 }])).armed;
    if (!ref) throw new Error('The target was not armed.');
    return ref;
  };
  const age = (ref: ArmedRef, column: string, seconds: number) =>
    db.database.affected(`update attempt set ${column} = clock_timestamp() - $2 * interval '1 s' where id = $1`, [
      ref.attemptId,
      seconds,
    ]);
  const target = (id: string) =>
    db.database.row<{ status: string; version: number }>(`select status, version from target where id = $1`, [id]);
  const leftovers = async () => {
    await takeovers.findDead(workerId);
    return [...(await takeovers.findLeftovers()), ...(await takeovers.findForgotten())].map((item) => item.targetId);
  };

  it('gives a new version to a target whose intent was written and whose call never began', async () => {
    const ref = await armed(-60_000);
    await firing.intend([ref]);
    // A takeover closed it between intent and call.
    await firing.disarm([ref]);
    await feed.resendOverdue();
    expect(await target(ref.targetId)).toEqual({ status: 'scheduled', version: 2 });
    expect(sent).toContainEqual(expect.objectContaining({ targetId: ref.targetId, version: 2 }));
    const again = await firing.arm(workerId, [{ targetId: ref.targetId, version: 2 }]);
    expect(await firing.intend(again.armed)).toHaveLength(1);
  });

  it('may write intents and marks again when the answer got lost, until the call has begun', async () => {
    const ref = await armed(-10);
    await firing.intend([ref]);
    expect(await firing.intend([ref])).toEqual([ref]);
    await firing.markPublishing([ref]);
    expect(await firing.intend([ref])).toEqual([ref]);
    expect(await firing.markPublishing([ref])).toEqual([ref]);
    await age(ref, 'commit_started_at', 0);
    expect(await firing.markPublishing([ref])).toEqual([]);
  });

  it('leaves a version alone while its worker is between intent and call', async () => {
    const ref = await armed(-60_000);
    await firing.intend([ref]);
    await feed.resendOverdue();
    expect(await target(ref.targetId)).toEqual({ status: 'scheduled', version: 1 });
  });

  it('does not mark what was taken over after its intent', async () => {
    const ref = await armed(-10);
    await firing.intend([ref]);
    await db.database.affected(`update attempt set state = 'abandoned' where id = $1`, [ref.attemptId]);
    await db.database.affected(`delete from target_lease where target_id = $1`, [ref.targetId]);
    await db.database.affected(`update target set version = 2 where id = $1`, [ref.targetId]);
    expect(await firing.markPublishing([ref])).toEqual([]);
    expect(await target(ref.targetId)).toEqual({ status: 'scheduled', version: 2 });
  });

  it('takes back what a living worker armed and lost sight of', async () => {
    const ref = await armed(-60_000);
    expect(await leftovers()).not.toContain(ref.targetId);
    await age(ref, 'created_at', 60);
    await db.database.affected(`update target_lease set taken_at = taken_at - interval '60 s' where target_id = $1`, [
      ref.targetId,
    ]);
    expect(await leftovers()).toContain(ref.targetId);
    await takeovers.release([ref.targetId]);
    expect((await firing.arm(workerId, [{ targetId: ref.targetId, version: 1 }])).armed).toHaveLength(1);
  });

  it('finds a call of a living worker whose outcome was never written, after its deadline', async () => {
    const ref = await armed(-10);
    await firing.markPublishing(await firing.intend([ref]));
    await age(ref, 'created_at', 90);
    await age(ref, 'commit_started_at', 90);
    await age(ref, 'call_deadline_at', -30);
    expect(await leftovers()).not.toContain(ref.targetId);
    await age(ref, 'call_deadline_at', 1);
    expect(await leftovers()).toContain(ref.targetId);
  });

  it('leaves alone what waits long in its worker’s lanes; after an hour, or when its lease is gone, it is taken back', async () => {
    const ref = await armed(-60_000);
    await firing.markPublishing(await firing.intend([ref]));
    await age(ref, 'created_at', 3_000);
    expect(await leftovers()).not.toContain(ref.targetId);
    await age(ref, 'created_at', 3_700);
    expect(await leftovers()).toContain(ref.targetId);
    await age(ref, 'created_at', 30);
    await db.database.affected(`delete from target_lease where target_id = $1`, [ref.targetId]);
    expect(await leftovers()).not.toContain(ref.targetId);
    await age(ref, 'created_at', 61);
    expect(await leftovers()).toContain(ref.targetId);
  });

  it('writes no intent before the promised time, whatever the next look says', async () => {
    const ref = await armed(60_000);
    await db.database.affected(`update target set due_at = clock_timestamp() where id = $1`, [ref.targetId]);
    expect(await firing.intend([ref])).toEqual([]);
  });

  it('feeds every near target once, also with microseconds in its due time', async () => {
    const ids = [await seedTarget(db.database, seeded, 60_000), await seedTarget(db.database, seeded, 60_000)];
    await db.database.affected(
      `update target set due_at = date_trunc('second', due_at) + interval '123456 us' where id = any($1::uuid[])`,
      [ids],
    );
    await feed.feed();
    expect(sent.filter((ref) => ids.includes(ref.targetId))).toHaveLength(2);
  });

  it('frees the lock of a worker that lost its presence on a connection that still works', async () => {
    const shaky = new WorkerRegistry(db.dataSource);
    const id = await seedTarget(db.database, seeded, -10);
    await firing.arm(await shaky.ensure(() => undefined), [{ targetId: id, version: 1 }]);
    // The statement fails, the connection does not.
    await shaky.heartbeat(Number.NaN);
    expect(shaky.workerId).toBeUndefined();
    const deadline = Date.now() + 5_000;
    while (!(await leftovers()).includes(id)) if (Date.now() > deadline) throw new Error('Its lock stays taken.');
  });

  it('leaves the wait for an earlier run until that run is over', async () => {
    const waiting = new WaitingTargetsRepository(db.database);
    const first = await armed(-10);
    const later = await seedTarget(db.database, seeded, -10);
    await db.database.affected(
      `update target set status = 'held', hold_reason = 'earlier_occurrence', hold_until = stale_at where id = $1`,
      [later],
    );
    const held = async () => (await waiting.held([], 500)).map((row) => row.id);
    expect(await held()).not.toContain(later);
    await firing.disarm([first]);
    expect(await held()).toContain(later);
  });

  it('uses the partial indexes for the hot statements', async () => {
    await db.database.affected(`analyze target`);
    const plan = async (where: string, order: string): Promise<string> =>
      db.database.run(async (tx) => {
        // With a handful of rows any plan is cheap; what counts is that an index brings rows and order.
        await db.database.rows(`set local enable_seqscan = off`, [], tx);
        await db.database.rows(`set local enable_sort = off`, [], tx);
        const rows = await db.database.rows<{ 'QUERY PLAN': string }>(
          `explain select id from target t where ${where} order by ${order} limit 50`,
          [],
          tx,
        );
        return rows.map((row) => row['QUERY PLAN']).join('\n');
      });
    const waits = `t.status in ('scheduled', 'held')`;
    const past = `clock_timestamp()`;
    expect(
      await plan(`${waits} and t.status = 'scheduled' and (due_at, id) > (now(), '${newId()}')`, 'due_at, id'),
    ).toContain('target_due');
    expect(await plan(`${waits} and t.status = 'scheduled' and t.due_at <= ${past}`, 't.due_at')).toContain(
      'target_due',
    );
    // Both hold only what is not over; the planner takes the smaller.
    expect(await plan(`t.status = 'held' and ${waits}`, 't.stale_at')).toMatch(/target_(due|held)/);
    expect(await plan(`next_check_at <= ${past}`, 'next_check_at')).toContain('target_next_check');
  });

  it('gives a look to one worker, for as long as it lasts, and to another when the first is gone', async () => {
    const { targetId } = await armed(-1_000);
    const looks = new ReconciliationRepository(db.database);
    const isDue = (whenMs: number) =>
      db.database.affected(
        `update target set next_check_at = clock_timestamp() + $2 * interval '1 ms', status = 'unconfirmed' where id = $1`,
        [targetId, whenMs],
      );
    const taken = async () => (await looks.claim(10, 60_000)).map(({ target: { id } }) => id);
    await isDue(-1);
    expect(await taken()).toEqual([targetId]);
    await isDue(-1);
    await looks.renew([targetId], 60_000);
    expect(await taken()).toEqual([]);
    await isDue(-1);
    expect(await taken()).toEqual([targetId]);
    await db.database.affected(`update target set next_check_at = null, status = 'publishing' where id = $1`, [
      targetId,
    ]);
    await looks.renew([targetId], -1);
    expect(await taken()).toEqual([]);
    // Settled while the renewal was on its way: the next look is hours ahead, and stays there.
    await isDue(3_600_000);
    await looks.renew([targetId], -1);
    expect(await taken()).toEqual([]);
  });
});
