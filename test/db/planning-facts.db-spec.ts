import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import type { Tx } from '../../src/kernel/transaction.js';
import { ForecastReader } from '../../src/planning/application/calendar/forecast-reader.js';
import { PlanQueues } from '../../src/planning/application/queues/plan-queues.js';
import { PlanningFacts } from '../../src/planning/domain/queues/planning-facts.port.js';
import { ItemReader } from '../../src/planning/infrastructure/queues/item-reader.js';
import { PlanningChanges } from '../../src/planning/infrastructure/queues/planning-changes.repository.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const DAY_MS = 86_400_000;
const QUESTION = { without: [], withViews: true };

describe('what plans are made of', () => {
  let rooms: RoomServer;
  let media: string;
  let telegram: string;
  let posts: string[];

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    telegram = await addAccount(rooms, 'telegram');
    posts = [];
    for (let n = 0; n < 20; n += 1) posts.push(await evergreen(`Post ${n}`));
    const slots = [1, 2, 3, 4, 5, 6, 7].map((dayOfWeek) => ({ dayOfWeek, time: '18:30', categories: [] }));
    const wish = { name: 'Evenings', timezone: 'Europe/Paris', accountIds: [telegram], slots };
    expect((await rooms.send('POST', '/v1/queues', { body: wish })).status).toBe(201);
  });
  afterAll(() => rooms.close());
  beforeEach(() => void jest.restoreAllMocks());

  const evergreen = async (caption: string): Promise<string> => {
    const body = { kind: 'evergreen', caption, mediaIds: [media], tags: ['tips'] };
    return (await rooms.send('POST', '/v1/posts', { body })).body.id;
  };
  const get = <T>(token: abstract new (...args: never[]) => T): T => rooms.app.get<T>(token, { strict: false });
  const kept = (tx?: Tx) => get(PlanningFacts).items(rooms.workspaceId, QUESTION, tx);
  const anew = (tx?: Tx) => get(ItemReader).read(rooms.workspaceId, { withViews: true }, tx);
  const write = (sql: string, values: readonly unknown[] = [], tx?: Tx) => rooms.db.database.affected(sql, values, tx);
  const reads = () => jest.spyOn(get(ItemReader), 'read');
  const oneTarget = `id = (select t.id from target t join post p on p.id = t.post_id and p.deleted_at is null
    where t.status = 'scheduled' and p.kind = 'evergreen' and p.paused_at is null order by t.scheduled_at limit 1)`;

  it.each<[string, string, () => readonly unknown[]]>([
    ['a post paused', `update post set paused_at = now() where id = $1`, () => [posts[0]]],
    ['a post resumed', `update post set paused_at = null where id = $1`, () => [posts[0]]],
    ['other tags', `update post set tags = '{tips,fun}' where id = $1`, () => [posts[1]]],
    ['other rules', `update post set recycling = '{"gap": 3}' where id = $1`, () => [posts[2]]],
    ['a post deleted', `update post set deleted_at = now() where id = $1`, () => [posts[3]]],
    ['a post that returns no more', `update post set kind = 'one_shot' where id = $1`, () => [posts[4]]],
    ['a post that returns again', `update post set kind = 'evergreen' where id = $1`, () => [posts[4]]],
    [
      'another wording',
      `insert into content_variation (workspace_id, post_id, number, caption) select workspace_id, id, 1, 'Hi' from post where id = $1`,
      () => [posts[5]],
    ],
    ['a wording removed', `update content_variation set removed_at = now() where post_id = $1`, () => [posts[5]]],
    [
      'a run published',
      `update target set status = 'published', platform_post_id = '1', published_at = now() where ${oneTarget}`,
      () => [],
    ],
    ['a run missed', `update target set status = 'missed' where ${oneTarget}`, () => []],
    [
      'a run refused',
      `update target set status = 'failed', error_category = 'user_content' where ${oneTarget}`,
      () => [],
    ],
    ['a run found lost', `update target set error_category = 'network' where status = 'failed'`, () => []],
    ['a run in doubt', `update target set status = 'unconfirmed', next_check_at = now() where ${oneTarget}`, () => []],
    ['a run moved', `update target set scheduled_at = scheduled_at + interval '1 hour' where ${oneTarget}`, () => []],
    [
      'views counted',
      `insert into target_metric (target_id, workspace_id, at, views) select id, workspace_id, now(), 40 from target where status = 'published'`,
      () => [],
    ],
    [
      'rules of a category',
      `insert into category_recycling (workspace_id, category, recycling) select id, 'tips', '{"expireCount": 3}' from workspace`,
      () => [],
    ],
    ['rules of a category removed', `delete from category_recycling`, () => []],
  ])('is read from memory as from the tables after %s', async (_, sql, values) => {
    const before = await kept();
    expect(await write(sql, values())).toBeGreaterThan(0);
    const after = await kept();
    expect(after).toEqual(await anew());
    expect(after).not.toEqual(before);
  });

  it('is read once while nothing changes, and then only what changed', async () => {
    await kept();
    const read = reads();
    await Promise.all(Array.from({ length: 20 }, () => kept()));
    await rooms.db.database.run((tx) => kept(tx));
    expect(read).not.toHaveBeenCalled();
    await write(`update post set tags = '{fun}' where id = $1`, [posts[6]]);
    await Promise.all(Array.from({ length: 20 }, () => kept()));
    expect(read.mock.calls.map(([, { postIds }]) => postIds)).toEqual([[posts[6]]]);
  });

  it('is not touched by posts that run once and by targets on their way', async () => {
    await kept();
    const read = reads();
    const body = { caption: 'Once', mediaIds: [media], scheduledAt: new Date(Date.now() + DAY_MS).toISOString() };
    const once = await rooms.send('POST', '/v1/posts', { body: { ...body, targets: [{ accountId: telegram }] } });
    expect(once.status).toBe(201);
    await write(`update target set status = 'publishing' where ${oneTarget}`);
    await kept();
    expect(read).not.toHaveBeenCalled();
  });

  it('shows a transaction its own changes and nobody else, until it commits, however late', async () => {
    const tagsOf = (items: Awaited<ReturnType<typeof kept>>) =>
      items.find(({ postId }) => postId === posts[7])?.categories;
    const before = tagsOf(await kept());
    await rooms.db.database.run(async (tx) => {
      await write(`update post set tags = '{late}' where id = $1`, [posts[7]], tx);
      expect(tagsOf(await kept(tx))).toEqual(['late']);
      expect(tagsOf(await kept())).toEqual(before);
      await write(`update post set tags = '{later}' where id = $1`, [posts[8]]);
      await kept();
    });
    expect(await kept()).toEqual(await anew());
  });

  it('sees what a transaction changes after it looked itself, whoever committed meanwhile', async () => {
    await rooms.db.database.run(async (tx) => {
      await rooms.db.database.rows('select pg_current_xact_id()', [], tx);
      await write(`update post set tags = '{meanwhile}' where id = $1`, [posts[9]]);
      await kept(tx);
      await write(`update post set tags = '{after}' where id = $1`, [posts[10]], tx);
    });
    expect(await kept()).toEqual(await anew());
  });

  it('leaves out runs that are to be planned anew', async () => {
    const items = await kept();
    const [run] = items.flatMap(({ runs }) => runs);
    const without = [run?.occurrenceId ?? ''];
    const left = await get(PlanningFacts).items(rooms.workspaceId, { ...QUESTION, without });
    expect(left.flatMap(({ runs }) => runs)).toEqual(
      items.flatMap(({ runs }) => runs).filter(({ occurrenceId }) => occurrenceId !== run?.occurrenceId),
    );
  });

  it('gives the same forecast from memory as from the tables', async () => {
    const span = { from: new Date(), until: new Date(Date.now() + 80 * DAY_MS) };
    const fromMemory = await get(ForecastReader).between(rooms.workspaceId, span);
    await write(`insert into planning_change (workspace_id) values ($1)`, [rooms.workspaceId]);
    const read = reads();
    expect(await get(ForecastReader).between(rooms.workspaceId, span)).toEqual(fromMemory);
    expect(read).toHaveBeenCalledTimes(1);
    expect(fromMemory.runs.length).toBeGreaterThan(0);
  });

  it('is not read at all for a queue that is full, neither by the planner nor for the calendar', async () => {
    const until = new Date(Date.now() + 5 * DAY_MS);
    await get(PlanQueues).plan(until);
    const items = jest.spyOn(get(PlanningFacts), 'items');
    expect(await get(PlanQueues).plan(until)).toBe(0);
    const { status, body } = await rooms.send('GET', `/v1/calendar?to=${until.toISOString()}`);
    expect(status).toBe(200);
    expect(body.items.filter(({ kind }: { kind: string }) => kind === 'target').length).toBeGreaterThan(3);
    expect(items).not.toHaveBeenCalled();
    await write(`update post set paused_at = now() where id = (select post_id from target where ${oneTarget})`);
    await get(PlanQueues).plan(until);
    expect(items).toHaveBeenCalled();
  });

  it('forgets old notes of changes only', async () => {
    await write(`insert into planning_change (workspace_id, post_id, at) values ($1, $2, now() - interval '3 hours')`, [
      rooms.workspaceId,
      newId(),
    ]);
    expect(await get(PlanningChanges).forget(2 * 3_600_000)).toBe(1);
    expect(await get(PlanningChanges).forget(2 * 3_600_000)).toBe(0);
  });
});
