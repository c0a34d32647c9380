import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../src/kernel/durations.js';
import { PlanQueues } from '../../src/planning/application/queues/plan-queues.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7];

interface Planned {
  readonly id: string;
  readonly occurrence: string;
  readonly status: string;
  readonly at: Date;
  readonly account: string;
}

describe('what an outage took from a queue', () => {
  let rooms: RoomServer;
  let media: string;
  let skylight: string;
  let reels: string;
  let queue: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
    skylight = await addAccount(rooms, 'skylight');
    reels = await addAccount(rooms, 'reels');
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    await rooms.db.database.affected('truncate post cascade');
    await rooms.db.database.affected('truncate queue cascade');
    const recycling = { cooldownDays: { skylight: 5, reels: 5 } };
    const post = { caption: 'Tea', kind: 'evergreen', mediaIds: [media], recycling };
    await rooms.send('POST', '/v1/posts', { body: post });
    const slots = DAYS.map((dayOfWeek) => ({ dayOfWeek, time: '12:00' }));
    const wish = { name: 'Daily', timezone: 'UTC', accountIds: [skylight, reels], slots };
    const made = await rooms.send('POST', '/v1/queues', { body: wish });
    expect(made.status).toBe(201);
    queue = made.body.id;
  });

  const targets = () =>
    rooms.db.database.rows<Planned>(
      `select id, occurrence_id as occurrence, status, scheduled_at as at, account_id as account
         from target order by scheduled_at, account_id`,
    );
  const lose = (ids: readonly string[]) =>
    rooms.db.database.affected(`update target set status = 'missed' where id = any ($1::uuid[])`, [ids]);
  const requeue = (body: object) => rooms.send('POST', '/v1/targets/requeue', { body: { into: 'queue', ...body } });
  const placeOf = (occurrence: string) =>
    rooms.db.database.row<{ at: Date; accounts: number }>(
      `select r.slot_at as at, (select count(*)::int from slot_account a where a.occurrence_id = r.occurrence_id
                                   and a.slot_at = r.slot_at) as accounts
         from slot_reservation r where r.occurrence_id = $1`,
      [occurrence],
    );
  const firstRun = async () => {
    const all = await targets();
    return all.filter(({ occurrence }) => occurrence === all[0]?.occurrence);
  };

  it('takes the next free slot of its queue with all its accounts, by the rests of its post', async () => {
    const lost = await firstRun();
    expect(lost).toHaveLength(2);
    await lose(lost.map(({ id }) => id));
    const choice = { filter: { status: 'missed' } };
    const dry = await requeue({ ...choice, dryRun: true });
    expect(dry.body).toMatchObject({ dryRun: true, matched: 2, changed: 2, unplaced: 0 });
    expect((await targets()).filter(({ status }) => status === 'missed')).toHaveLength(2);
    const { status, body } = await requeue({ ...choice, startAt: new Date(Date.now() + 3 * DAY_MS).toISOString() });
    expect([status, body.matched, body.changed, body.unplaced]).toEqual([200, 2, 2, 0]);
    const again = (await targets()).filter(({ occurrence }) => occurrence === lost[0]?.occurrence);
    expect(again.map((target) => target.status)).toEqual(['scheduled', 'scheduled']);
    const at = again[0]?.at ?? new Date(0);
    expect(at.toISOString().slice(10)).toBe('T12:00:00.000Z');
    expect(await placeOf(again[0]?.occurrence ?? '')).toEqual({ at, accounts: 2 });
    const others = (await targets()).filter(({ occurrence }) => occurrence !== lost[0]?.occurrence);
    for (const other of others) expect(Math.abs(other.at.getTime() - at.getTime())).toBeGreaterThanOrEqual(5 * DAY_MS);
  });

  it('keeps its slot to itself when the queue is planned on', async () => {
    const lost = await firstRun();
    await lose(lost.map(({ id }) => id));
    await requeue({ targetIds: lost.map(({ id }) => id) });
    await rooms.app.get(PlanQueues, { strict: false }).plan(new Date(Date.now() + 45 * DAY_MS));
    const open = (await targets()).filter(({ status }) => status === 'scheduled');
    const days = open.map(({ at, account }) => `${account} ${at.toISOString()}`);
    expect(new Set(days).size).toBe(days.length);
  });

  it('goes alone where the rest of its run is out, and leaves that its place', async () => {
    const [one, other] = await firstRun();
    await rooms.db.database.affected(
      `update target set status = 'published', published_at = now(), platform_post_id = 'live' where id = $1`,
      [other?.id],
    );
    await lose([one?.id ?? '']);
    const before = await placeOf(one?.occurrence ?? '');
    const { body } = await requeue({ targetIds: [one?.id], startAt: new Date(Date.now() + 2 * DAY_MS).toISOString() });
    expect(body).toMatchObject({ matched: 1, changed: 1, unplaced: 0 });
    expect((await placeOf(one?.occurrence ?? ''))?.at).toEqual(before?.at);
    const moved = (await targets()).find(({ id }) => id === one?.id);
    expect(moved).toMatchObject({ status: 'scheduled', at: new Date(body.items[0].to) });
  });

  it('stays as it is where no queue had planned it, or the queue is paused', async () => {
    const oneShot = {
      caption: 'Once',
      mediaIds: [media],
      scheduledAt: '2999-01-01T00:00:00Z',
      targets: [{ accountId: reels }],
    };
    const { body: post } = await rooms.send('POST', '/v1/posts', { body: oneShot });
    const lost = await firstRun();
    await lose([...lost.map(({ id }) => id), post.targets[0].id]);
    expect((await requeue({ targetIds: [post.targets[0].id] })).body).toMatchObject({
      matched: 1,
      changed: 0,
      unplaced: 1,
    });
    await rooms.send('POST', `/v1/queues/${queue}/pause`, { body: {} });
    expect((await requeue({ filter: { status: 'missed' } })).body).toMatchObject({ changed: 0, unplaced: 3 });
    expect((await requeue({ targetIds: [post.targets[0].id], into: 'somewhere' })).status).toBe(400);
  });
});
