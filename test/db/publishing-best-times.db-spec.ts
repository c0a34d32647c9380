import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bestTimes } from '../../src/publishing/domain/metrics/best-times.js';
import { TimedViewsRepository } from '../../src/publishing/infrastructure/metrics/timed-views.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

describe('views behind the best times', () => {
  let db: TestDatabase;
  let seeded: SeededWorkspace;

  beforeAll(async () => {
    db = await createTestDatabase();
    seeded = await seedWorkspace(db.database);
  });
  afterAll(() => db.drop());

  /** A post that went live at an instant, with samples a day after. */
  const publish = async (at: string, ...samples: { views: number | null; suspect?: boolean; milestone?: number }[]) => {
    const id = await seedTarget(db.database, seeded, -1_000);
    await db.database.affected(
      `update target set status = 'published', platform_post_id = id::text, published_at = $2, scheduled_at = $2 where id = $1`,
      [id, at],
    );
    for (const [index, { views, suspect = false, milestone = 86_400 }] of samples.entries())
      await db.database.affected(
        `insert into target_metric (target_id, workspace_id, at, milestone_seconds, views, suspect)
         values ($1, $2, $3::timestamptz + $4 * interval '1 minute', $5, $6, $7)`,
        [id, seeded.workspaceId, at, index + 1_440, milestone, views, suspect],
      );
  };
  const read = (workspaceId = seeded.workspaceId, zone = 'Asia/Kolkata') =>
    new TimedViewsRepository(db.database).of({
      ...{ workspaceId, accountId: seeded.accountId, zone },
      from: new Date('2026-01-01T00:00:00Z'),
      limit: 100,
    });

  it('are those a day after publishing, at the wall time of the workspace, suspect ones left out', async () => {
    await publish('2026-03-01T20:00:00Z', { views: 7, milestone: 3_600 }, { views: 70 });
    await publish('2026-03-02T20:00:00Z', { views: 5, suspect: true });
    await publish('2026-03-03T20:00:00Z', { views: 0, suspect: true }, { views: 9 });
    await publish('2026-03-04T20:00:00Z', { views: null });
    await publish('2026-03-05T20:00:00Z');
    await publish('2025-03-05T20:00:00Z', { views: 1_000 });
    const { measured, ...counts } = await read();
    expect(counts).toEqual({ suspectCount: 1, unmeasuredCount: 2 });
    expect(measured.toSorted((one, other) => one.views - other.views)).toEqual([
      { publishedAt: new Date('2026-03-03T20:00:00Z'), isoDay: 3, hour: 1, views: 9 },
      { publishedAt: new Date('2026-03-01T20:00:00Z'), isoDay: 1, hour: 1, views: 70 },
    ]);
    expect(bestTimes(measured)).toMatchObject({ state: 'too_few_posts', best: [] });
    expect((await read((await seedWorkspace(db.database)).workspaceId)).measured).toEqual([]);
  });
});
