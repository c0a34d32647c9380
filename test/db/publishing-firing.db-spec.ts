import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { TakeoversRepository } from '../../src/publishing/infrastructure/reconcile/takeovers.repository.js';
import { TargetStoreRepository } from '../../src/publishing/infrastructure/targets/target-store.repository.js';
import { WorkerRegistry } from '../../src/publishing/infrastructure/firing/worker-registry.js';
import { attemptQuotas } from '../support/quotas.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

describe('firing', () => {
  let db: TestDatabase;
  let firing: FiringRepository;
  let store: TargetStoreRepository;
  let seeded: SeededWorkspace;
  let workerId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    firing = new FiringRepository(db.database, attemptQuotas(db.database));
    store = new TargetStoreRepository(db.database, attemptQuotas(db.database));
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    seeded = await seedWorkspace(db.database);
    workerId = await newWorker();
  });

  const newWorker = async (): Promise<string> => {
    const id = newId();
    await db.database.affected(`insert into worker (id) values ($1)`, [id]);
    return id;
  };
  const statusOf = async (id: string) =>
    (await db.database.row<{ status: string }>(`select status from target where id = $1`, [id]))?.status;

  it('arms, writes the intent and moves to publishing with a gapless history', async () => {
    const id = await seedTarget(db.database, seeded, -10);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
    const won = await firing.intend(armed);
    await firing.markPublishing(won);
    expect(won).toHaveLength(1);
    expect(await statusOf(id)).toBe('publishing');
    const events = await db.database.rows(`select seq, to_status from target_event where target_id = $1 order by seq`, [
      id,
    ]);
    expect(events).toEqual([
      { seq: 1, to_status: 'scheduled' },
      { seq: 2, to_status: 'publishing' },
    ]);
  });

  it('gives a target to one of two workers', async () => {
    const id = await seedTarget(db.database, seeded, -10);
    const other = await newWorker();
    const ref = [{ targetId: id, version: 1 }];
    const [one, two] = await Promise.all([firing.arm(workerId, ref), firing.arm(other, ref)]);
    expect(one.armed.length + two.armed.length).toBe(1);
  });

  it('starts nothing whose attempt a takeover is just closing', async () => {
    const id = await seedTarget(db.database, seeded, -10);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
    const won = await firing.intend(armed);
    let marking: Promise<readonly unknown[]> = Promise.resolve([]);
    await db.database.run(async (tx) => {
      // The part of a release that saw no intent yet.
      await db.database.affected(`update attempt set state = 'abandoned' where target_id = $1`, [id], tx);
      await db.database.affected(`delete from target_lease where target_id = $1`, [id], tx);
      marking = firing.markPublishing(won);
      await waitForBlocked();
    });
    expect(await marking).toEqual([]);
    expect(await statusOf(id)).toBe('scheduled');
  });

  /** Resolves when a statement waits for another one's lock. */
  const waitForBlocked = async (): Promise<void> => {
    for (;;) {
      const blocked = await db.database.row(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (blocked) return;
    }
  };

  it('writes no intent before the due instant by the database’s clock', async () => {
    const id = await seedTarget(db.database, seeded, 60_000);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
    expect(await firing.intend(armed)).toEqual([]);
  });

  it('refuses an outdated version', async () => {
    const id = await seedTarget(db.database, seeded, -10);
    await db.database.affected(`update target set version = 2 where id = $1`, [id]);
    expect((await firing.arm(workerId, [{ targetId: id, version: 1 }])).armed).toEqual([]);
  });

  it('holds back a second run of the post on the account while the first is open', async () => {
    const first = await seedTarget(db.database, seeded, -10);
    const second = await seedTarget(db.database, seeded, -10);
    await firing.arm(workerId, [{ targetId: first, version: 1 }]);
    const { armed, blocked } = await firing.arm(workerId, [{ targetId: second, version: 1 }]);
    expect(armed).toEqual([]);
    expect(blocked).toEqual([{ targetId: second, version: 1 }]);
  });

  it('lets exactly one of intent and cancel win, in any order of arrival', async () => {
    const outcomes = [];
    for (let round = 0; round < 30; round += 1) {
      const workspace = await seedWorkspace(db.database);
      const id = await seedTarget(db.database, workspace, -10);
      const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
      const [won, cancelled] = await Promise.all([
        firing.intend(armed),
        db.database.run((tx) => store.takeVersion({ targetId: id, version: 1 }, 'cancel', tx)),
      ]);
      outcomes.push(won.length + Number(cancelled));
    }
    expect(new Set(outcomes)).toEqual(new Set([1]));
  });

  it.each(['cancel', 'edit'] as const)(
    'lets exactly one of intent and %s win, whoever comes first and how close',
    async (by) => {
      const outcomes: number[] = [];
      for (let round = 0; round < 40; round += 1) {
        const ids = [await seedTarget(db.database, await seedWorkspace(db.database), -10)];
        const [armed] = (
          await firing.arm(
            workerId,
            ids.map((targetId) => ({ targetId, version: 1 })),
          )
        ).armed;
        if (!armed) throw new Error('The target was not armed.');
        const change = () =>
          db.database.run(async (tx) => {
            if (!(await store.takeVersion(armed, by, tx))) return false;
            await db.database.affected(
              by === 'edit'
                ? `update target set version = version + 1 where id = $1`
                : `update target set status = 'cancelled', version = version + 1 where id = $1`,
              [armed.targetId],
              tx,
            );
            return true;
          });
        const fire = async () => firing.markPublishing(await firing.intend([armed]));
        // Every order: side by side, one a little ahead, or after the other.
        const [first, second] = round % 2 === 0 ? [fire, change] : [change, fire];
        const begun = first();
        if (round % 4 > 1) await begun;
        const [one, other] = await Promise.all([begun, second()]);
        const [fired, changed] = (round % 2 === 0 ? [one, other] : [other, one]) as [readonly unknown[], boolean];
        outcomes.push(fired.length + Number(changed));
        expect((await statusOf(armed.targetId)) === 'publishing').toBe(fired.length === 1);
      }
      expect(new Set(outcomes)).toEqual(new Set([1]));
    },
  );

  it('finds what a worker left whose lock is free, and nothing of a living one', async () => {
    const takeovers = new TakeoversRepository(db.database, attemptQuotas(db.database));
    const living = new WorkerRegistry(db.dataSource);
    const livingId = await living.ensure(() => undefined);
    const mine = await seedTarget(db.database, await seedWorkspace(db.database), -10);
    const theirs = await seedTarget(db.database, await seedWorkspace(db.database), -10);
    await firing.arm(livingId, [{ targetId: mine, version: 1 }]);
    await firing.arm(workerId, [{ targetId: theirs, version: 1 }]);
    await takeovers.findDead(undefined);
    const left = await takeovers.findLeftovers();
    expect(left.map((item) => item.targetId)).toContain(theirs);
    expect(left.map((item) => item.targetId)).not.toContain(mine);
    await takeovers.release([theirs]);
    expect((await firing.arm(livingId, [{ targetId: theirs, version: 1 }])).armed).toHaveLength(1);
    await living.leave();
  });
});
