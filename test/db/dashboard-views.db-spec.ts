import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { analyticsSpan } from '../../src/publishing/domain/metrics/analytics-span.js';
import { seriesOf, type ViewsGroup } from '../../src/dashboard/domain/views.js';
import { ViewsReaderRepository } from '../../src/dashboard/infrastructure/views-reader.repository.js';
import { newId } from '../../src/kernel/ids.js';
import { WatchedDatabase } from '../support/plans.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedAccount, seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

const DAY_MS = 86_400_000;
const TARGETS = 10_000;
const NOON = new Date('2026-03-10T12:00:00Z');
const SPAN = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-11T00:00:00Z') };
const day = (date: string): Date => new Date(`2026-${date}T12:00:00Z`);

/** Years of published targets before the span, one each ten minutes, read twice each. */
const SEED_MANY = `
  insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, scheduled_at,
                      due_at, local_time, zone, stale_at, content, content_hash, platform_post_id, published_at)
  select n.id, t.workspace_id, t.post_id, n.id, t.account_id, t.platform, t.role, n.id, 'published', n.at, n.at,
         n.at at time zone 'UTC', 'UTC', n.at + interval '2 days', t.content, t.content_hash, 'many-' || n.i, n.at
    from target t, (select i, gen_random_uuid() as id, $3::timestamptz - (i + 6000) * interval '10 minutes' as at
                      from generate_series(1, $2::int) i) n
   where t.id = $1`;

describe('views over time', () => {
  let db: TestDatabase;
  let reader: ViewsReaderRepository;
  let mine: SeededWorkspace;
  let targetId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    reader = new ViewsReaderRepository(db.database);
    mine = await seedWorkspace(db.database);
    targetId = await published(mine, day('02-27'));
    await read(targetId, day('02-28'), 100, { milestone: 86_400 });
    await read(targetId, day('03-02'), 130);
    await read(targetId, day('03-03'), 130, { suspect: true });
    await read(targetId, day('03-05'), 150);
  });
  afterAll(() => db.drop());

  const published = async (of: SeededWorkspace, at: Date): Promise<string> => {
    const id = await seedTarget(db.database, of, 0);
    await db.database.affected(
      `update target set status = 'published', platform_post_id = $2, published_at = $3, scheduled_at = $3 where id = $1`,
      [id, id, at],
    );
    return id;
  };
  const read = (id: string, at: Date, views: number, rest: { milestone?: number; suspect?: boolean } = {}) =>
    db.database.affected(
      `insert into target_metric (target_id, workspace_id, at, milestone_seconds, views, suspect)
       select id, workspace_id, $2, $3, $4, $5 from target where id = $1`,
      [id, at, rest.milestone ?? null, views, rest.suspect ?? false],
    );
  const seriesBy = async (group: ViewsGroup, filter: object = {}, of = mine.workspaceId) =>
    seriesOf(await reader.series(of, { ...SPAN, ...filter }, { group, zone: 'UTC', limit: 21 }));

  it('lay what each read found upon what was known before, and take nothing from suspect reads', async () => {
    const [line, ...others] = await seriesBy('platform');
    expect(others).toEqual([]);
    expect(line).toMatchObject({ key: 'tiktok', targets: 1, samples: 2 });
    expect(line?.points).toEqual([
      { day: '2026-03-02', views: 130, gained: 30, samples: 1, suspectSamples: 0 },
      { day: '2026-03-03', views: 130, gained: null, samples: 0, suspectSamples: 1 },
      { day: '2026-03-05', views: 150, gained: 20, samples: 1, suspectSamples: 0 },
    ]);
    const [wider] = await seriesBy('platform', { from: day('02-20') });
    expect(wider?.points[0]).toEqual({ day: '2026-02-28', views: 100, gained: 100, samples: 1, suspectSamples: 0 });
  });

  it('are told per account and per post with their names, and of one of them', async () => {
    expect(await seriesBy('account')).toMatchObject([{ key: mine.accountId, label: 'A' }]);
    expect(await seriesBy('post')).toMatchObject([{ key: mine.postId, label: 'Hi' }]);
    expect(await seriesBy('post', { postId: mine.postId })).toHaveLength(1);
    expect(await seriesBy('platform', { platform: 'reels' })).toEqual([]);
    expect(await seriesBy('platform', { accountId: newId() })).toEqual([]);
  });

  it('are of one workspace', async () => {
    const other = await seedWorkspace(db.database);
    expect(await seriesBy('platform', {}, other.workspaceId)).toEqual([]);
    expect((await reader.bestPosts(other.workspaceId, SPAN, 10)).items).toEqual([]);
  });

  it('come with the spans in which they cannot be believed, where the workspace has accounts', async () => {
    await seedAccount(db.database, { ...mine, accountId: newId(), platform: 'reels', region: 'eu' });
    await db.database.affected(
      `insert into incident (id, platform, region, opened_at, closed_at, worst_state, reason)
       select gen_random_uuid(), v.platform, v.region, v.opened::timestamptz, v.closed::timestamptz, 'down', 'Uploads fail.'
         from (values ('tiktok', 'us', '2026-03-03T00:00Z', '2026-03-04T00:00Z'), ('tiktok', 'eu', '2026-03-03T00:00Z', null),
                      ('tiktok', 'us', '2026-02-01T00:00Z', '2026-02-02T00:00Z')) v (platform, region, opened, closed)`,
    );
    await db.database.affected(
      `insert into transition (platform, region, capability, from_state, to_state, reason, statistic, samples, thresholds,
                               config_hash, at)
       select 'reels', 'eu', 'counters', v.f, v.t, 'Views stand still.', '{}', '{}', '{}', 'h', v.at::timestamptz
         from (values ('healthy', 'degraded', '2026-02-27T00:00Z'), ('degraded', 'healthy', '2026-03-02T06:00Z'),
                      ('healthy', 'degraded', '2026-03-09T00:00Z')) v (f, t, at)`,
    );
    expect(await reader.suspectSpans(mine.workspaceId, SPAN)).toMatchObject([
      { platform: 'reels', because: 'counters', from: new Date('2026-03-09T00:00Z'), to: null },
      { platform: 'tiktok', region: 'us', because: 'incident', to: new Date('2026-03-04T00:00Z') },
      { platform: 'reels', because: 'counters', to: new Date('2026-03-02T06:00Z'), reason: 'Views stand still.' },
    ]);
    expect(await reader.suspectSpans(mine.workspaceId, { ...SPAN, platform: 'tiktok' })).toHaveLength(1);
  });

  it('rank posts at one age, and say of how many they know', async () => {
    const wide = { from: day('02-20'), to: SPAN.to };
    await published(mine, day('03-01'));
    expect(await reader.bestPosts(mine.workspaceId, wide, 10)).toMatchObject({
      items: [{ postId: mine.postId, targets: 2, measured: 1, views24h: 100, views: 150, platforms: ['tiktok'] }],
      sampleSize: 1,
    });
  });

  it('refuse a span that is empty or longer than a year', () => {
    expect(() => analyticsSpan({ from: NOON, to: NOON }, NOON)).toThrow('begins before it ends');
    expect(() => analyticsSpan({ from: new Date(NOON.getTime() - 400 * DAY_MS) }, NOON)).toThrow('at most 366 days');
    expect(analyticsSpan({}, NOON)).toEqual({ from: new Date(NOON.getTime() - 30 * DAY_MS), to: NOON });
  });

  it('read no table from end to end, with years behind', async () => {
    await db.database.run(async (tx) => {
      await db.database.affected('set local session_replication_role = replica', [], tx);
      await db.database.affected(SEED_MANY, [targetId, TARGETS, SPAN.from], tx);
    });
    await db.database.affected(
      `insert into target_metric (target_id, workspace_id, at, milestone_seconds, views)
       select t.id, t.workspace_id, t.published_at + a.s * interval '1 s', a.s, 5
         from target t, unnest(array[3600, 86400]) as a (s) where t.platform_post_id like 'many-%'`,
    );
    await db.dataSource.query('vacuum analyze target, target_metric, post, account, incident, transition');
    const watched = new WatchedDatabase(db.dataSource);
    const lean = new ViewsReaderRepository(watched);
    for (const group of ['platform', 'account', 'post'] as const)
      await lean.series(mine.workspaceId, SPAN, { group, zone: 'UTC', limit: 21 });
    await lean.bestPosts(mine.workspaceId, SPAN, 10);
    await lean.suspectSpans(mine.workspaceId, SPAN);
    expect(watched.plans).toHaveLength(5);
    for (const { sql, rowsRead, scanned } of watched.plans)
      expect({
        sql,
        tooMany: rowsRead > 1_000 ? rowsRead : 0,
        scanned: scanned.filter((table) => ['target', 'target_metric'].includes(table)),
      }).toEqual({ sql, tooMany: 0, scanned: [] });
  });
});
