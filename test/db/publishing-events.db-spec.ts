import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import { targetEvent } from '../../src/publishing/domain/targets/target-event.js';
import { PartialRuns } from '../../src/publishing/infrastructure/targets/partial-runs.repository.js';
import { PartialRunsJob } from '../../src/publishing/jobs/targets/partial-runs.job.js';
import { until } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedAccount, seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

describe('runs that end with only some accounts live', () => {
  let db: TestDatabase;
  let seeded: SeededWorkspace;
  let outbox: EventOutbox;
  let job: PartialRunsJob;

  beforeAll(async () => {
    db = await createTestDatabase();
    seeded = await seedWorkspace(db.database);
    outbox = new EventOutbox(db.database);
    job = new PartialRunsJob({} as never, outbox, new PartialRuns(db.database));
  });
  afterAll(() => db.drop());

  /** One run with targets on accounts of their own, all scheduled. */
  const run = async (count: number): Promise<{ occurrenceId: string; targets: string[] }> => {
    const targets: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const accountId = newId();
      await seedAccount(db.database, { workspaceId: seeded.workspaceId, accountId, platform: 'tiktok', region: 'us' });
      targets.push(await seedTarget(db.database, { ...seeded, accountId }, 60_000));
    }
    const [row] = await db.database.rows<{ id: string }>(
      `with o as (select occurrence_id as id from target where id = $1)
       update target t set occurrence_id = o.id from o where t.id = any ($2) returning t.occurrence_id as id`,
      [targets[0], targets],
    );
    return { occurrenceId: row?.id ?? '', targets };
  };
  const end = (occurrenceId: string, id: string, status: 'published' | 'failed' | 'rerouted', replacementOf?: string) =>
    db.database.run(async (tx) => {
      await db.database.affected(
        `update target set status = $2, platform_post_id = case when $2 = 'published' then id::text end,
                published_at = case when $2 = 'published' then now() end, role = case when $3::uuid is null then role else 'reroute' end,
                root_id = coalesce($3::uuid, root_id) where id = $1`,
        [id, status, replacementOf ?? null],
        tx,
      );
      const subject = { ...seeded, id, occurrenceId, platform: 'tiktok', scheduledAt: new Date() };
      await outbox.append([targetEvent(`post.${status}`, subject, { status, cause: 'test' })], tx);
    });
  const told = async (occurrenceId: string) => {
    await until(
      async () =>
        (await db.database.rows(`select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot())`)).length ===
        0,
      'the events to be readable',
    );
    await job.runOnce();
    return (
      await db.database.rows<{ payload: object }>(
        `select payload from event where type = 'post.partial' and subject_id = $1`,
        [occurrenceId],
      )
    ).map(({ payload }) => payload);
  };

  it('are told once, when the last one has ended, even if two end at the same moment', async () => {
    const { occurrenceId, targets } = await run(3);
    const [a = '', b = '', c = ''] = targets;
    await end(occurrenceId, a, 'published');
    expect(await told(occurrenceId)).toEqual([]);
    await Promise.all([end(occurrenceId, b, 'failed'), end(occurrenceId, c, 'published')]);
    const { postId } = seeded;
    expect(await told(occurrenceId)).toEqual([{ postId, occurrenceId, liveCount: 2, targetCount: 3 }]);
    await end(occurrenceId, b, 'failed');
    expect(await told(occurrenceId)).toHaveLength(1);
  });

  it('are not those whose sick account another one stands for, nor those with none or all live', async () => {
    const [rerouted, none, all] = [await run(3), await run(2), await run(2)];
    const [origin = '', other = '', replacement = ''] = rerouted.targets;
    await end(rerouted.occurrenceId, replacement, 'published', origin);
    await end(rerouted.occurrenceId, origin, 'rerouted');
    await end(rerouted.occurrenceId, other, 'published');
    for (const id of none.targets) await end(none.occurrenceId, id, 'failed');
    for (const id of all.targets) await end(all.occurrenceId, id, 'published');
    for (const { occurrenceId } of [rerouted, none, all]) expect(await told(occurrenceId)).toEqual([]);
  });
});
