import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { countPosts } from '../support/bulk.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

describe('many posts and targets in one call', () => {
  let rooms: RoomServer;
  let media: string;
  let account: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    account = await addAccount(rooms, 'tiktok');
  });
  afterAll(() => rooms.close());
  beforeEach(() => rooms.db.database.affected('truncate post cascade'));

  const postOf = (caption: string, rest: object = {}) => ({
    ...{ caption, mediaIds: [media], tags: ['tea'], scheduledAt: '2036-03-29T18:30', timezone: 'Europe/Paris' },
    ...{ targets: [{ accountId: account }], ...rest },
  });
  const call = (path: string, body: object, headers: Record<string, string> = {}) =>
    rooms.send('POST', path, { body, headers });
  const bulk = (count: number) =>
    call('/v1/posts/bulk', { posts: Array.from({ length: count }, (_, n) => postOf(`Post ${n}`)) });
  const targets = () =>
    rooms.db.database.rows<{ id: string; status: string; localTime: string; at: Date; version: number }>(
      `select id, status, to_char(local_time, 'MM-DD HH24:MI') as "localTime", scheduled_at as at, version from target order by id`,
    );

  it('stores good posts and says of each bad one why', async () => {
    const posts = [
      postOf('One'),
      { caption: 'No video' },
      postOf('Past', { scheduledAt: '2001-01-01T10:00' }),
      postOf('Two'),
    ];
    const { status, body } = await call('/v1/posts/bulk', { posts });
    expect([status, body.created, body.invalid]).toEqual([200, 2, 2]);
    expect(body.items).toMatchObject([
      { index: 0, verdict: 'created', targets: [{ status: 'scheduled' }] },
      { index: 1, verdict: 'invalid', errors: [{ field: 'mediaIds' }] },
      { index: 2, verdict: 'invalid', errors: [{ code: 'schedule.in_past', field: 'scheduledAt' }] },
      { index: 3, verdict: 'created' },
    ]);
    expect(await countPosts(rooms)).toBe(2);
  });

  it('stores none with mode all when one is bad, and names its place', async () => {
    const posts = [postOf('One'), postOf('Past', { scheduledAt: '2001-01-01T10:00' }), { caption: 'No video' }];
    const { status, body } = await call('/v1/posts/bulk', { posts, mode: 'all' });
    expect([status, body.code, await countPosts(rooms)]).toEqual([400, 'bulk.refused', 0]);
    expect(body.errors.map(({ field }: { field: string }) => field)).toEqual([
      'posts.1.scheduledAt',
      'posts.2.mediaIds',
    ]);
    const good = await call('/v1/posts/bulk', { posts: [postOf('One')], mode: 'all', dryRun: true });
    expect([good.body.items[0].verdict, await countPosts(rooms)]).toEqual(['valid', 0]);
  });

  it('stores hundreds of posts once, whatever comes twice', async () => {
    const posts = Array.from({ length: 300 }, (_, n) => postOf(`Post ${n}`));
    const key = { 'Idempotency-Key': 'bulk-1' };
    const first = await call('/v1/posts/bulk', { posts }, key);
    const again = await call('/v1/posts/bulk', { posts }, key);
    expect([first.body.created, again.body, again.headers.get('idempotency-replayed')]).toEqual([
      300,
      first.body,
      'true',
    ]);
    expect(await countPosts(rooms)).toBe(300);
    const told = await rooms.db.database.row<{ events: number; history: number }>(
      `select (select count(*)::int from event e join target t on t.id::text = e.subject_id where e.type = 'post.scheduled') as events,
              (select count(*)::int from target_event e join target t on t.id = e.target_id) as history`,
    );
    expect(told).toEqual({ events: 300, history: 300 });
  });

  it('moves targets on the wall: a day later is the same time of day over a change of clocks', async () => {
    await bulk(3);
    const wish = { filter: { tag: 'tea' }, by: { days: 1 } };
    const dry = await call('/v1/targets/shift', { ...wish, dryRun: true });
    expect(dry.body).toMatchObject({
      ...{ dryRun: true, matched: 3, changed: 3 },
      items: [{ from: '2036-03-29T17:30:00.000Z', to: '2036-03-30T16:30:00.000Z' }, {}, {}],
    });
    expect((await targets())[0]).toMatchObject({ localTime: '03-29 18:30', version: 1 });
    expect((await call('/v1/targets/shift', wish)).body).toMatchObject({ matched: 3, changed: 3, tooLate: 0 });
    for (const target of await targets())
      expect(target).toMatchObject({ localTime: '03-30 18:30', version: 2, status: 'scheduled' });
    const stale = await rooms.db.database.row(`select min(stale_at - scheduled_at)::text as gap from target`);
    expect(stale).toEqual({ gap: '2 days' });
  });

  it('moves nothing when one would come to lie in the past, and leaves what is going out', async () => {
    await bulk(2);
    const past = await call('/v1/targets/shift', { filter: { tag: 'tea' }, by: { days: -3650 } });
    expect([past.status, past.body.code, past.body.count]).toEqual([400, 'schedule.in_past', 2]);
    const [late] = await targets();
    await rooms.db.database.affected(`insert into intent (target_id, version, fence) values ($1, 1, 1)`, [late?.id]);
    const { body } = await call('/v1/targets/shift', { filter: { accountId: account }, by: { minutes: 5 } });
    expect(body).toMatchObject({ matched: 2, changed: 1, tooLate: 1, leftAlone: [late?.id] });
    expect(body.items.map(({ targetId }: { targetId: string }) => targetId)).not.toContain(late?.id);
    expect((await targets()).map(({ version }) => version)).toEqual([1, 2]);
  });

  it('names those of the asked targets that it left alone', async () => {
    await bulk(2);
    const ids = (await targets()).map(({ id }) => id);
    await rooms.db.database.affected(`update target set status = 'missed' where id = $1`, [ids[0]]);
    const stranger = '01890a5d-ac96-774b-bcce-b302099a8057';
    const wish = { targetIds: [...ids, stranger], by: { minutes: 5 } };
    const answer = { matched: 1, changed: 1, items: [{ targetId: ids[1] }], leftAlone: [ids[0], stranger] };
    expect((await call('/v1/targets/shift', { ...wish, dryRun: true })).body).toMatchObject(answer);
    expect((await call('/v1/targets/shift', wish)).body).toMatchObject(answer);
  });

  it('sends what was missed again, one after the other', async () => {
    await bulk(3);
    await rooms.db.database.affected(`update target set status = 'missed'`);
    const { body } = await call('/v1/targets/requeue', {
      filter: { status: 'missed' },
      startAt: '2037-05-01T10:00:00Z',
      everyMinutes: 30,
    });
    expect(body).toMatchObject({ matched: 3, changed: 3 });
    const times = (await targets()).map(({ at, status }) => [at.toISOString().slice(11, 16), status]).sort();
    expect(times).toEqual([
      ['10:00', 'scheduled'],
      ['10:30', 'scheduled'],
      ['11:00', 'scheduled'],
    ]);
  });

  it('cancels named targets up to their intent, and asks which ones', async () => {
    await bulk(3);
    const ids = (await targets()).map(({ id }) => id);
    const { body } = await call('/v1/targets/cancel', { targetIds: ids.slice(0, 2) });
    expect(body).toMatchObject({ matched: 2, changed: 2, tooLate: 0 });
    expect((await targets()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'scheduled']);
    for (const wish of [{}, { filter: {} }, { targetIds: ids, filter: { tag: 'tea' } }])
      expect((await call('/v1/targets/cancel', wish)).body.code).toBe('batch.no_choice');
    expect((await call('/v1/targets/shift', { targetIds: ids, by: {} })).body.code).toBe('batch.no_shift');
  });

  it('pauses and resumes posts by tag', async () => {
    await bulk(3);
    const dry = await call('/v1/posts/pause', { filter: { tag: 'tea' }, dryRun: true });
    expect(dry.body).toMatchObject({ dryRun: true, matched: 3, changed: 3 });
    expect((await call('/v1/posts/pause', { filter: { tag: 'tea' } })).body).toMatchObject({ changed: 3 });
    expect((await call('/v1/posts/pause', { filter: { tag: 'tea' } })).body).toMatchObject({ matched: 3, changed: 0 });
    expect((await call('/v1/posts/resume', { filter: { tag: 'tea' } })).body).toMatchObject({ changed: 3 });
  });
});
