import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SEARCH_WINDOW } from '../../src/library/infrastructure/found-posts.sql.js';
import { PostsRepository } from '../../src/library/infrastructure/posts.repository.js';
import { TagsRepository } from '../../src/library/infrastructure/tags.repository.js';
import { FeedEntriesRepository } from '../../src/planning/infrastructure/feed/feed-entries.repository.js';
import { TimedViewsRepository } from '../../src/publishing/infrastructure/metrics/timed-views.repository.js';
import { WatchedDatabase } from '../support/plans.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

const POSTS = 20_000;
const TARGETS = 20_000;
const READ_PER_ROW = 10;
const BIG = ['post', 'post_tag', 'target', 'target_metric'];

/** Every post says `common`, one of a hundred `some`, and a handful of this workspace `rare`, as tags too. */
const SEED_POSTS = `
  insert into post (id, workspace_id, kind, caption, tags, created_at)
  select gen_random_uuid(), case when i % 2 = 0 then $1::uuid else $2::uuid end, 'one_shot',
         'Common words ' || i || case when i % 100 < 2 then ' some' else '' end
                         || case when i % 4000 = 0 or (i % 2 = 1 and i % 10 = 1) then ' rare' else '' end,
         array['common'] || case when i % 100 < 2 then array['some'] else '{}' end
                         || case when i % 4000 = 0 or (i % 2 = 1 and i % 10 = 1) then array['rare'] else '{}' end,
         now() - i * interval '1 minute'
    from generate_series(1, $3::int) i`;

const SEED_TARGETS = `
  insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status, scheduled_at,
                      due_at, local_time, zone, stale_at, content, content_hash, platform_post_id, published_at)
  select n.id, t.workspace_id, t.post_id, n.id, t.account_id, t.platform, t.role, n.id,
         case when n.at < now() then 'published' else 'scheduled' end, n.at, n.at, n.at at time zone 'UTC', 'UTC',
         n.at + interval '2 days', t.content, t.content_hash, n.i::text, case when n.at < now() then n.at end
    from target t, (select i, gen_random_uuid() as id, now() + (i - $2::int / 2) * interval '20 minutes' as at
                      from generate_series(1, $2::int) i) n
   where t.id = $1`;

describe('plans of search, tags, feeds and best times with many rows behind', () => {
  let db: TestDatabase;
  let watched: WatchedDatabase;
  let mine: SeededWorkspace;

  beforeAll(async () => {
    db = await createTestDatabase();
    watched = new WatchedDatabase(db.dataSource);
    mine = await seedWorkspace(db.database);
    const other = await seedWorkspace(db.database);
    await db.database.affected(SEED_POSTS, [mine.workspaceId, other.workspaceId, POSTS]);
    await db.database.affected(
      `insert into post_media (post_id, workspace_id, position, media_id)
       select id, workspace_id, 0, $2 from post where workspace_id = $1`,
      [mine.workspaceId, mine.mediaId],
    );
    const model = await seedTarget(db.database, mine, 0);
    await db.database.run(async (tx) => {
      await db.database.affected('set local session_replication_role = replica', [], tx);
      await db.database.affected(SEED_TARGETS, [model, TARGETS], tx);
    });
    await db.database.affected(
      `insert into target_metric (target_id, workspace_id, at, milestone_seconds, views)
       select t.id, t.workspace_id, t.published_at + a.s * interval '1 s', a.s, 5
         from target t, unnest(array[3600, 86400]) as a (s) where t.status = 'published'`,
    );
    await db.dataSource.query('vacuum analyze post, post_tag, post_media, target, target_metric, account, media');
  });
  afterAll(() => db.drop());
  beforeEach(() => void (watched.plans.length = 0));

  const ofBig = (tables: readonly string[]): readonly string[] => tables.filter((name) => BIG.includes(name));
  const expectLean = (): void => {
    expect(watched.plans.length).toBeGreaterThan(0);
    for (const { sql, rowsRead, rowsReturned, scanned } of watched.plans)
      expect({
        sql,
        tooMany: rowsRead > READ_PER_ROW * Math.max(rowsReturned, 10) ? rowsRead : 0,
        scanned: ofBig(scanned),
      }).toEqual({ sql, tooMany: 0, scanned: [] });
  };
  const list = (filter: object, limit = 26) => new PostsRepository(watched).list(mine.workspaceId, filter, { limit });

  it.each([
    ['common', 26],
    ['some', 26],
    ['rare', 5],
  ])('a list by the tag %s reads its page, in the index of tags', async (tag, count) => {
    expect(await list({ tag })).toHaveLength(count);
    expectLean();
  });

  it('a search for a word that is rare here reads the newest and what it finds, however common it is elsewhere', async () => {
    expect(await list({ q: 'rare' })).toHaveLength(5);
    expect(await list({ q: 'nowhere' })).toHaveLength(0);
    for (const { rowsRead, scanned } of watched.plans)
      expect({ isMuch: rowsRead > SEARCH_WINDOW + 50, scanned: ofBig(scanned) }).toEqual({
        isMuch: false,
        scanned: [],
      });
  });

  it('a search for a word that every post says stops behind its page', async () => {
    expect(await list({ q: 'common' })).toHaveLength(26);
    expectLean();
  });

  it('counts of tags are read in the index of tags, and stop behind the page', async () => {
    expect(await new TagsRepository(watched).list(mine.workspaceId, 2, 'm')).toEqual([
      { tag: 'rare', posts: 5 },
      { tag: 'some', posts: 200 },
    ]);
    expect(watched.plans[0]?.rowsRead).toBeLessThanOrEqual(210);
    expect(watched.plans[0]?.scanned).toEqual([]);
  });

  it('a feed walks the calendar from now both ways, and keeps the nearest', async () => {
    const now = new Date();
    const span = {
      now,
      from: new Date(now.getTime() - 60 * 86_400_000),
      until: new Date(now.getTime() + 366 * 86_400_000),
    };
    const feed = new FeedEntriesRepository(watched);
    const { entries, isWhole } = await feed.around(mine.workspaceId, { ...span, sideLimit: 100 });
    expect({ count: entries.length, isWhole }).toEqual({ count: 200, isWhole: false });
    const hours = entries.map(({ at }) => (at.getTime() - now.getTime()) / 3_600_000);
    expect(Math.min(...hours)).toBeGreaterThan(-34);
    expect(Math.max(...hours)).toBeLessThan(34);
    expectLean();
  });

  it('best times read the newest posts of one account', async () => {
    const { workspaceId, accountId } = mine;
    const wish = { workspaceId, accountId, from: new Date(Date.now() - 180 * 86_400_000), zone: 'Asia/Kolkata' };
    const found = await new TimedViewsRepository(watched).of({ ...wish, limit: 100 });
    expect({ ...found, measured: found.measured.length }).toEqual({
      measured: 100,
      unmeasuredCount: 0,
      suspectCount: 0,
    });
    expectLean();
  });
});
