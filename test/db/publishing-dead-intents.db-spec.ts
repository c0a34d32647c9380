import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { AttemptJournalRepository } from '../../src/publishing/infrastructure/firing/attempt-journal.repository.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { DeadIntentsRepository } from '../../src/publishing/infrastructure/reconcile/dead-intents.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { attemptQuotas } from '../support/quotas.js';
import { seedTarget, seedWorkspace } from '../support/rows.js';

describe('intents of a dead worker whose calls never began', () => {
  let db: TestDatabase;
  let firing: FiringRepository;
  let dead: DeadIntentsRepository;
  let journal: AttemptJournalRepository;

  beforeAll(async () => {
    db = await createTestDatabase();
    const quotas = attemptQuotas(db.database);
    firing = new FiringRepository(db.database, quotas);
    dead = new DeadIntentsRepository(db.database, quotas);
    journal = new AttemptJournalRepository(db.database, undefined as never);
  });
  afterAll(() => db.drop());

  /** Targets marked `publishing` by one worker, each of a post of its own. */
  const marked = async (count: number): Promise<{ workerId: string; refs: readonly ArmedRef[] }> => {
    const workerId = newId();
    await db.database.affected(`insert into worker (id) values ($1)`, [workerId]);
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1)
      ids.push(await seedTarget(db.database, await seedWorkspace(db.database, 'shorts'), -10));
    const refs = ids.map((targetId) => ({ targetId, version: 1 }));
    const { armed } = await firing.arm(workerId, refs);
    return { workerId, refs: await firing.markPublishing(await firing.intend(armed)) };
  };
  const die = (workerId: string) =>
    db.database.affected(`update worker set gone_at = clock_timestamp() where id = $1`, [workerId]);
  const states = (refs: readonly ArmedRef[]) =>
    db.database.rows(
      `select distinct t.status, t.version, a.state,
              exists (select 1 from target_lease l where l.target_id = t.id) as leased, a.quota_windows as quota
         from target t join attempt a on a.target_id = t.id where t.id = any($1::uuid[])`,
      [refs.map((ref) => ref.targetId)],
    );

  it('are given back together by whoever comes first, each once, with their quota', async () => {
    const { workerId, refs } = await marked(12);
    expect(await dead.giveBack(100)).toEqual([]);
    await die(workerId);
    const taken = await Promise.all([dead.giveBack(7), dead.giveBack(7), dead.giveBack(7)]);
    expect(taken.flat().toSorted()).toEqual(refs.map((ref) => ref.targetId).toSorted());
    expect(await states(refs)).toEqual([
      { status: 'scheduled', version: 2, state: 'abandoned', leased: false, quota: null },
    ]);
    const gaps = await db.database.rows(
      `select 1 from target_event where target_id = any($1::uuid[]) group by target_id having max(seq) <> count(*)`,
      [refs.map((ref) => ref.targetId)],
    );
    expect(gaps).toEqual([]);
  });

  it('leave a call that has begun to the reconciler, and a given back one can never begin', async () => {
    const { workerId, refs } = await marked(2);
    const [begun, idle] = refs as [ArmedRef, ArmedRef];
    expect(await journal.beginCall(begun, 1_000)).toBe(true);
    await die(workerId);
    expect(await dead.giveBack(100)).toEqual([idle.targetId]);
    expect(await journal.beginCall(idle, 1_000)).toBe(false);
    expect(await states([begun])).toMatchObject([{ status: 'publishing', state: 'intended', leased: true }]);
  });
});
