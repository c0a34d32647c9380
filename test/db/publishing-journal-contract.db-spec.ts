import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { AttemptJournalRepository } from '../../src/publishing/infrastructure/firing/attempt-journal.repository.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { TargetStoreRepository } from '../../src/publishing/infrastructure/targets/target-store.repository.js';
import type { ArmedRef, TargetRef } from '../../src/publishing/domain/targets/target-record.js';
import { MemoryJournal } from '../../src/replay/domain/memory-journal.js';
import { MemoryTables } from '../../src/replay/domain/memory-tables.js';
import { attemptQuotas } from '../support/quotas.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace } from '../support/rows.js';

/** What firing, cancels and takeovers race for, on the tables or on the simulation's memory. */
interface Journal {
  /** Targets that are runs of one post on one account. @param dueInMs negative: due already */
  runs(...dueInMs: readonly number[]): Promise<readonly string[]>;
  worker(): Promise<string>;
  arm(
    workerId: string,
    refs: readonly TargetRef[],
  ): Promise<{ armed: readonly ArmedRef[]; blocked: readonly TargetRef[] }>;
  intend(armed: readonly ArmedRef[]): Promise<readonly ArmedRef[]>;
  mark(armed: readonly ArmedRef[]): Promise<readonly ArmedRef[]>;
  disarm(armed: readonly ArmedRef[]): Promise<void>;
  beginCall(armed: ArmedRef): Promise<boolean>;
  take(ref: TargetRef, by: 'cancel' | 'edit' | 'reroute' | 'hold'): Promise<boolean>;
  stateOf(id: string): Promise<{ status: string; attempts: readonly string[]; isLeased: boolean }>;
}

const inMemory = (): Journal => {
  const now = () => new Date();
  const tables = new MemoryTables();
  const journal = new MemoryJournal(tables, now);
  return {
    runs: async (...dueInMs) => {
      const [postId, accountId] = [newId(), newId()];
      return dueInMs.map((ms) => {
        const [id, scheduledAt] = [newId(), new Date(Date.now() + ms)];
        const staleAt = new Date(scheduledAt.getTime() + 86_400_000);
        const same = { workspaceId: 'w', postId, accountId, occurrenceId: newId(), platform: 'tiktok' } as const;
        journal.insert(
          { ...same, id, rootId: id, role: 'origin', zone: 'UTC', scheduledAt, staleAt, content: {} as never },
          'test',
        );
        return id;
      });
    },
    worker: async () => newId(),
    arm: async (workerId, refs) => journal.arm(workerId, refs),
    intend: async (armed) => journal.intend(armed),
    mark: async (armed) => journal.markPublishing(armed),
    disarm: async (armed) => journal.disarm(armed),
    beginCall: async (armed) => journal.beginCall(armed, 60_000),
    take: async (ref, by) => journal.takeVersion(ref, by),
    stateOf: async (id) => ({
      status: tables.targets.get(id)?.status ?? '',
      attempts: tables.attemptsOn(id).map(({ state }) => state),
      isLeased: tables.leases.has(id),
    }),
  };
};

const onTables = ({ database }: TestDatabase): Journal => {
  const firing = new FiringRepository(database, attemptQuotas(database));
  const store = new TargetStoreRepository(database, attemptQuotas(database));
  const journal = new AttemptJournalRepository(database, undefined as never);
  return {
    runs: async (...dueInMs) => {
      const seeded = await seedWorkspace(database);
      const ids: string[] = [];
      for (const ms of dueInMs) ids.push(await seedTarget(database, seeded, ms));
      return ids;
    },
    worker: async () => {
      const id = newId();
      await database.affected(`insert into worker (id) values ($1)`, [id]);
      return id;
    },
    arm: (workerId, refs) => firing.arm(workerId, refs),
    intend: (armed) => firing.intend(armed),
    mark: (armed) => firing.markPublishing(armed),
    disarm: (armed) => firing.disarm(armed),
    beginCall: (armed) => journal.beginCall(armed, 60_000),
    take: (ref, by) => database.run((tx) => store.takeVersion(ref, by, tx)),
    stateOf: async (id) => {
      const target = await database.row<{ status: string }>(`select status from target where id = $1`, [id]);
      const attempts = await database.rows<{ state: string }>(
        `select state from attempt where target_id = $1 order by no`,
        [id],
      );
      const leases = await database.rows(`select 1 from target_lease where target_id = $1`, [id]);
      return {
        status: target?.status ?? '',
        attempts: attempts.map(({ state }) => state),
        isLeased: leases.length > 0,
      };
    },
  };
};

const idsOf = (refs: readonly TargetRef[]) => refs.map(({ targetId }) => targetId);

describe.each(['memory', 'tables'] as const)('the journal on %s', (where) => {
  let db: TestDatabase;
  let journal: Journal;
  let [one, two] = ['', ''];

  beforeAll(async () => {
    db = await createTestDatabase();
    journal = where === 'memory' ? inMemory() : onTables(db);
    [one, two] = [await journal.worker(), await journal.worker()];
  });
  afterAll(() => db.drop());

  const due = async (): Promise<{ id: string; ref: TargetRef; armed: ArmedRef }> => {
    const [id = ''] = await journal.runs(-10);
    const ref = { targetId: id, version: 1 };
    const [armed] = (await journal.arm(one, [ref])).armed;
    if (!armed) throw new Error('not armed');
    return { id, ref, armed };
  };

  it('arms a version once, and no other version', async () => {
    const { ref } = await due();
    expect(await journal.arm(two, [ref])).toMatchObject({ armed: [], blocked: [] });
    expect(await journal.arm(two, [{ ...ref, version: 2 }])).toMatchObject({ armed: [], blocked: [] });
  });

  it('blocks a second run of the post on the account while the first is open, and leaves it no lease', async () => {
    const [first = '', second = ''] = await journal.runs(-20, -10);
    const { armed } = await journal.arm(one, [{ targetId: first, version: 1 }]);
    const ref = { targetId: second, version: 1 };
    expect(await journal.arm(two, [ref])).toMatchObject({ armed: [], blocked: [ref] });
    expect(await journal.stateOf(second)).toEqual({ status: 'scheduled', attempts: [], isLeased: false });
    await journal.disarm(armed);
    expect(idsOf((await journal.arm(two, [ref])).armed)).toEqual([second]);
  });

  it('writes an intent once for its own fence, again after a lost answer, never before it is due', async () => {
    const { id, armed } = await due();
    expect(idsOf(await journal.intend([armed]))).toEqual([id]);
    expect(idsOf(await journal.intend([armed]))).toEqual([id]);
    expect(await journal.intend([{ ...armed, fence: '999999999' }])).toEqual([]);
    const [later = ''] = await journal.runs(60_000);
    const early = (await journal.arm(one, [{ targetId: later, version: 1 }])).armed;
    expect(await journal.intend(early)).toEqual([]);
  });

  it('lets a cancel before the intent win, and closes what was armed', async () => {
    const { id, ref, armed } = await due();
    expect(await journal.take(ref, 'cancel')).toBe(true);
    expect(await journal.intend([armed])).toEqual([]);
    expect(await journal.mark([armed])).toEqual([]);
    expect(await journal.stateOf(id)).toEqual({ status: 'scheduled', attempts: ['abandoned'], isLeased: false });
  });

  it('tells a cancel after the intent that it is too late', async () => {
    const { id, ref, armed } = await due();
    await journal.intend([armed]);
    expect(await journal.take(ref, 'cancel')).toBe(false);
    expect(idsOf(await journal.mark([armed]))).toEqual([id]);
    expect(await journal.stateOf(id)).toEqual({ status: 'publishing', attempts: ['intended'], isLeased: true });
  });

  it('gives a version to one of hold, edit and reroute', async () => {
    const { ref } = await due();
    expect([
      await journal.take(ref, 'edit'),
      await journal.take(ref, 'hold'),
      await journal.take(ref, 'reroute'),
    ]).toEqual([true, false, false]);
  });

  it('marks again after a lost answer, until the call has begun', async () => {
    const { id, armed } = await due();
    await journal.intend([armed]);
    await journal.mark([armed]);
    expect(idsOf(await journal.mark([armed]))).toEqual([id]);
    expect(await journal.beginCall(armed)).toBe(true);
    expect(await journal.mark([armed])).toEqual([]);
  });

  it('begins a call once, only after the mark and only for the fence that holds the lease', async () => {
    const { armed } = await due();
    expect(await journal.beginCall(armed)).toBe(false);
    await journal.intend([armed]);
    await journal.mark([armed]);
    expect(await journal.beginCall({ ...armed, fence: '999999999' })).toBe(false);
    expect(await journal.beginCall(armed)).toBe(true);
    expect(await journal.beginCall(armed)).toBe(false);
  });

  it('disarms only what has not come to its mark', async () => {
    const { id, armed } = await due();
    await journal.intend([armed]);
    await journal.mark([armed]);
    await journal.disarm([armed]);
    expect(await journal.stateOf(id)).toMatchObject({ attempts: ['intended'], isLeased: true });
  });
});
