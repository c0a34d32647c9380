import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { TakeoversRepository } from '../../src/publishing/infrastructure/reconcile/takeovers.repository.js';
import { TargetStoreRepository } from '../../src/publishing/infrastructure/targets/target-store.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { attemptQuotas, RULES } from '../support/quotas.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

const LIMIT = 2;
const TWO_A_DAY = {
  ...RULES,
  tiktok: [{ scope: 'account', kind: 'publish', per: 'day', limit: LIMIT, zone: 'UTC' }] as const,
};

describe('quotas of targets', () => {
  let db: TestDatabase;
  let firing: FiringRepository;
  let store: TargetStoreRepository;
  let takeovers: TakeoversRepository;
  let seeded: SeededWorkspace;
  let workerId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    const quotas = attemptQuotas(db.database, TWO_A_DAY);
    firing = new FiringRepository(db.database, quotas);
    store = new TargetStoreRepository(db.database, quotas);
    takeovers = new TakeoversRepository(db.database, quotas);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    seeded = await seedWorkspace(db.database);
    workerId = newId();
    await db.database.affected(`insert into worker (id) values ($1)`, [workerId]);
  });

  /** A target of another post on the same account. */
  const newTarget = async (): Promise<string> => {
    const postId = newId();
    await db.database.affected(`insert into post (id, workspace_id, kind, caption) values ($1, $2, 'one_shot', 'Hi')`, [
      postId,
      seeded.workspaceId,
    ]);
    return seedTarget(db.database, { ...seeded, postId }, -10);
  };
  const arm = async (count: number) => {
    const ids = [];
    for (let made = 0; made < count; made += 1) ids.push(await newTarget());
    return firing.arm(
      workerId,
      ids.map((targetId) => ({ targetId, version: 1 })),
    );
  };
  const untilSomebodyWaits = async (): Promise<void> => {
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while (!(await db.database.row(waiting)));
  };
  const used = async (): Promise<number> =>
    (await db.database.row<{ used: number }>(`select used from quota_window where scope_id = $1`, [seeded.accountId]))
      ?.used ?? 0;
  const settle = (ref: ArmedRef, state: 'unavailable' | 'throttled' | 'unknown' | 'rejected') =>
    db.database.run(async (tx) => {
      const target = await store.lock(ref.targetId, tx);
      const status = state === 'unknown' ? 'unconfirmed' : state === 'rejected' ? 'failed' : 'scheduled';
      const nextCheckAt = state === 'unknown' ? new Date() : null;
      const step = { cause: 'test', target: { status, nextCheckAt }, attempt: { state }, effects: [] } as const;
      await store.apply({ target: target!, attemptId: ref.attemptId, step, cause: { actor: 'test' } }, tx);
    });

  it('arms as many as there are places; the others leave no trace and learn when to ask again', async () => {
    const { armed, exhausted, blocked } = await arm(LIMIT + 1);
    expect([armed.length, exhausted.length, blocked.length]).toEqual([LIMIT, 1, 0]);
    expect(exhausted[0]?.resetsAt.getTime()).toBeGreaterThan(Date.now());
    const traces = await db.database.rows(
      `select 1 from attempt where target_id = $1 union all select 1 from target_lease where target_id = $1`,
      [exhausted[0]?.targetId],
    );
    expect(traces).toEqual([]);
    expect(await used()).toBe(LIMIT);
  });

  it('gives a place to one of two workers that want the same target', async () => {
    const targetId = await newTarget();
    const ref = [{ targetId, version: 1 }];
    const answers = await Promise.all([firing.arm(workerId, ref), firing.arm(workerId, ref)]);
    expect(answers.flatMap(({ armed }) => armed)).toHaveLength(1);
    expect(await used()).toBe(1);
  });

  it('gives the place back when the target is cancelled, handed back or left by a dead worker', async () => {
    const { armed } = await arm(LIMIT);
    const [one, other] = armed;
    await db.database.run((tx) => store.takeVersion(one!, 'cancel', tx));
    expect(await used()).toBe(1);
    await firing.disarm([other!]);
    await firing.disarm([other!]);
    expect(await used()).toBe(0);
    const again = await arm(1);
    await db.database.affected(`update worker set gone_at = now() where id = $1`, [workerId]);
    await takeovers.release(again.armed.map(({ targetId }) => targetId));
    expect(await used()).toBe(0);
  });

  it('outlasts a cancel that gives places back in another order', async () => {
    const other = await seedWorkspace(db.database);
    const [first, second] = [seeded, other].sort((a, b) => (a.accountId < b.accountId ? -1 : 1));
    const targetIn = async (of: SeededWorkspace | undefined) => {
      if (of) seeded = of;
      return { targetId: await newTarget(), version: 1 };
    };
    const [ofFirst, ofSecond] = [await targetIn(first), await targetIn(second)];
    await firing.arm(workerId, [ofFirst, ofSecond]);
    const next = [await targetIn(first), await targetIn(second)];
    const arming = await db.database.run(async (tx) => {
      await store.takeVersion(ofSecond, 'cancel', tx);
      const begun = firing.arm(workerId, next);
      await untilSomebodyWaits();
      await store.takeVersion(ofFirst, 'cancel', tx);
      return { begun };
    });
    expect((await arming.begun).armed).toHaveLength(2);
  });

  it.each([
    ['unavailable', 0],
    ['throttled', 0],
    ['unknown', 1],
    ['rejected', 1],
  ] as const)('after a call that ended %s counts %d', async (state, count) => {
    const { armed } = await arm(1);
    const [ref] = await firing.markPublishing(await firing.intend(armed));
    await settle(ref!, state);
    expect(await used()).toBe(count);
  });
});
