import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HealthView } from '../../src/health/index.js';
import { ApplyDecisions } from '../../src/publishing/application/rerouting/apply-decisions.js';
import { HOUR_MS, plusMs } from '../../src/kernel/durations.js';
import { CatchUpTargets } from '../../src/publishing/application/rerouting/catch-up-targets.js';
import { DecideTargets } from '../../src/publishing/application/rerouting/decide-targets.js';
import { ReconsiderHeld } from '../../src/publishing/application/rerouting/reconsider-held.js';
import { SeekAgain } from '../../src/publishing/application/rerouting/seek-again.js';
import { SeekReplacement } from '../../src/publishing/application/rerouting/seek-replacement.js';
import { UnitOfWork } from '../../src/kernel/transaction.js';
import { Engine } from '../../src/publishing/application/engine.js';
import { Firing } from '../../src/publishing/domain/firing/firing.port.js';
import { WaitingTargets } from '../../src/publishing/domain/rerouting/waiting-targets.port.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

describe('moving posts away from an ill platform', () => {
  let rooms: RoomServer;
  let media: string;
  let tiktok: string;
  let reels: string;
  let shorts: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    const { database } = rooms.db;
    await database.affected(
      `update target set status = 'cancelled', next_check_at = null, hold_reason = null, hold_until = null`,
    );
    for (const table of ['route', 'platform_health', 'quota_window']) await database.affected(`delete from ${table}`);
    tiktok = await addAccount(rooms, 'tiktok');
    reels = await addAccount(rooms, 'reels');
    shorts = await addAccount(rooms, 'shorts');
    await tiktokIs('down');
  });

  const post = (path: string, body?: object) => rooms.send('POST', path, body ? { body } : {});
  const route = async (rest: object = {}) => {
    const made = await post('/v1/routes', { scope: 'account', scopeId: tiktok, fallbacks: [reels, shorts], ...rest });
    expect(made.status).toBe(201);
  };
  const create = async (rest: object = {}) => {
    const body = { caption: 'Tea', mediaIds: [media], publishNow: true, targets: [{ accountId: tiktok }], ...rest };
    const made = await post('/v1/posts', body);
    expect(made.status).toBe(201);
    return made.body.targets[0].id as string;
  };
  const many = async (count: number) => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await create());
    return ids;
  };
  const tiktokIs = async (state: string) => {
    await rooms.db.database.affected(`delete from platform_health`);
    await rooms.db.database.affected(
      `insert into platform_health (platform, region, capability, state) values ('tiktok', 'us', 'publish', $1)`,
      [state],
    );
    await rooms.app.get(HealthView, { strict: false }).refresh();
  };
  const decided = async (ids: readonly string[]) =>
    rooms.app.get(DecideTargets, { strict: false }).execute(await rooms.app.get(Firing, { strict: false }).load(ids));
  const catchUp = () => rooms.app.get(CatchUpTargets, { strict: false }).runOnce();
  const apply = async (ids: readonly string[]) =>
    rooms.app.get(ApplyDecisions, { strict: false }).execute(await decided(ids));
  const target = async (id: string) => (await rooms.send('GET', `/v1/targets/${id}`)).body;
  const statuses = async (ids: readonly string[]) => (await Promise.all(ids.map(target))).map(({ status }) => status);
  const movedTo = async (accountId: string) =>
    (
      await rooms.db.database.row<{ n: number }>(
        `select count(*)::int as n from target where account_id = $1 and role = 'reroute' and status <> 'cancelled'`,
        [accountId],
      )
    )?.n;
  const loser = async (ids: readonly string[]) => {
    const now = await statuses(ids);
    return ids.filter((_, index) => now[index] === 'scheduled');
  };
  /** Posts of its own that went out on an account at this time of day, two days ago. */
  const history = async (accountId: string, count: number) => {
    const at = `clock_timestamp() - interval '2 days' - interval '10 minutes'`;
    for (let n = 0; n < count; n += 1) {
      const id = await create();
      await rooms.db.database.affected(
        `update target set account_id = $2, platform = (select platform from account where id = $2), status = 'published',
                platform_post_id = id::text, published_at = ${at}, scheduled_at = ${at}, due_at = ${at} where id = $1`,
        [id, accountId],
      );
    }
  };

  it('gives each fallback a quarter of its usual hour, in the route’s order, and holds the rest', async () => {
    await route();
    await history(reels, 8);
    const ids = await many(5);
    await apply(ids);
    expect(await statuses(ids)).toEqual(['rerouted', 'rerouted', 'rerouted', 'held', 'held']);
    expect([await movedTo(reels), await movedTo(shorts)]).toEqual([2, 1]);
    const { body } = await rooms.send('GET', `/v1/targets/${ids[3]}/events`);
    expect(body.items.at(-1).reasons.map(({ code }: { code: string }) => code)).toEqual([
      'platform_down',
      'no_fallback',
      'fallback_full',
      'fallback_full',
    ]);
  });

  it('lets two workers that saw the same free place have it once: the other asks again', async () => {
    await route({ fallbacks: [reels] });
    const ids = await many(2);
    const [one, other] = await Promise.all([decided(ids.slice(0, 1)), decided(ids.slice(1))]);
    expect([...one, ...other].map(({ decision }) => decision.kind)).toEqual(['reroute', 'reroute']);
    const writes = rooms.app.get(ApplyDecisions, { strict: false });
    const written = await Promise.all([writes.execute(one), writes.execute(other)]);
    expect(written.map(({ size }) => size).toSorted()).toEqual([0, 1]);
    expect(await movedTo(reels)).toBe(1);
    const [again] = await decided((await loser(ids)).slice(0, 1));
    expect(again?.decision).toMatchObject({ kind: 'hold', reason: 'platform' });
  });
  it('takes no more in a day than the route allows, and frees the place of what is taken back', async () => {
    await route({ fallbacks: [reels], maxExtraPerDay: 1 });
    const ids = await many(2);
    const plan = (await post('/v1/reroutes', { platform: 'tiktok', dryRun: true })).body;
    expect(plan).toMatchObject({
      moves: [{ targetId: ids[0], fromAccountId: tiktok, accountId: reels }],
      without: [ids[1]],
      staying: [{ fromAccountId: tiktok }],
    });
    expect(plan.staying[0].reasons[0].code).toBe('fallback_full');
    const done = (await post('/v1/reroutes', { platform: 'tiktok' })).body;
    expect(done.moves).toEqual([{ ...plan.moves[0], replacementId: expect.any(String) }]);
    expect(done.staying).toEqual(plan.staying);
    await post(`/v1/targets/${ids[0]}/reroute/undo`);
    const again = (await post('/v1/reroutes', { platform: 'tiktok', dryRun: true })).body;
    expect(again.moves.map(({ targetId }: { targetId: string }) => targetId)).toContain(ids[1]);
  });

  it('takes a move back until its replacement is being published; then it is too late', async () => {
    await route();
    const [id = ''] = await many(1);
    const moved = await post(`/v1/targets/${id}/reroute`);
    expect(moved).toMatchObject({ status: 201, body: { accountId: reels, role: 'reroute' } });
    const undone = await post(`/v1/targets/${id}/reroute/undo`);
    expect(undone).toMatchObject({ status: 200, body: { accountId: tiktok, role: 'catch_up', status: 'scheduled' } });
    expect(await target(moved.body.id)).toMatchObject({ status: 'cancelled' });
    const [other = ''] = await many(1);
    expect(await post(`/v1/targets/${other}/reroute/undo`)).toMatchObject({
      status: 409,
      body: { code: 'target.not_rerouted' },
    });
    const late = await post(`/v1/targets/${other}/reroute`, { accountId: shorts });
    await rooms.db.database.affected(`update target set status = 'publishing' where id = $1`, [late.body.id]);
    expect(await post(`/v1/targets/${other}/reroute/undo`)).toMatchObject({
      status: 409,
      body: { code: 'target.too_late' },
    });
    expect(await target(other)).toMatchObject({ status: 'rerouted', replacementId: late.body.id });
  });

  it('leaves an account alone that has the post within its cooldown, or is to have it', async () => {
    await route({ fallbacks: [reels] });
    const evergreen = { kind: 'evergreen', recycling: { cooldownDays: 7 } };
    const id = await create(evergreen);
    const { postId } = await target(id);
    const runs = { scheduledAt: '2999-01-01T00:00:00Z', targets: [{ accountId: reels }] };
    const run = (await post(`/v1/posts/${postId}/runs`, runs)).body.targets.find(
      (one: { accountId: string }) => one.accountId === reels,
    );
    const on = async (sql: string) => {
      await rooms.db.database.affected(`update target set ${sql} where id = $1`, [run.id]);
      return (await decided([id]))[0]?.decision.reasons.map(({ code }) => code);
    };
    const live = `status = 'published', platform_post_id = 'x'`;
    expect(await on(`${live}, published_at = now() - interval '6 days'`)).toContain('fallback_cooldown');
    expect(await on(`${live}, published_at = now() - interval '8 days'`)).toContain('fallback_taken');
    expect(await on(`status = 'scheduled', published_at = null, scheduled_at = now() + interval '5 days'`)).toContain(
      'fallback_cooldown',
    );
  });

  it('lets the time-sensitive go before the evergreen where both get stale together', async () => {
    await route({ fallbacks: [shorts] });
    const evergreen = await create({ kind: 'evergreen' });
    const timely = await create();
    await rooms.db.database.affected(
      `update target set stale_at = now() + interval '1 day', scheduled_at = now(), due_at = now(), status = 'held',
              hold_reason = 'platform', hold_until = now() where id = any($1::uuid[])`,
      [[evergreen, timely]],
    );
    expect(await rooms.app.get(ReconsiderHeld, { strict: false }).runOnce()).toBe(1);
    expect(await statuses([evergreen, timely])).toEqual(['held', 'rerouted']);
  });

  it('seeks a replacement for a doubt again, once a minute, until there is one', async () => {
    await route({ fallbacks: [reels], onUnknown: 'reroute' });
    const id = await create();
    await rooms.db.database.affected(
      `update target set status = 'unconfirmed', next_check_at = now() + interval '1 hour' where id = $1`,
      [id],
    );
    const seek = rooms.app.get(SeekAgain, { strict: false });
    expect(await seek.runOnce()).toBe(1);
    expect(await target(id)).toMatchObject({ status: 'unconfirmed', replacementId: expect.any(String) });
    expect(await seek.runOnce()).toBe(0);
    expect(await movedTo(reels)).toBe(1);
  });

  it('seeks again for a run that was refused where it had been sent, unless it goes home meanwhile', async () => {
    await route({ fallbacks: [reels, shorts] });
    const [root = '', beside = ''] = await many(2);
    await apply([root]);
    const { replacementId } = await target(root);
    const change = (id: string, sql: string) =>
      rooms.db.database.affected(`update target set ${sql} where id = $1`, [id]);
    const waiting = rooms.app.get(WaitingTargets, { strict: false });
    const unplaced = async () => (await waiting.unplaced(undefined, 10)).map(({ id, because }) => `${because} ${id}`);
    await change(replacementId, `status = 'failed', outcome = 'rejected'`);
    expect(await unplaced()).toEqual([`rejected ${replacementId}`]);
    for (const status of ['failed', 'published', 'cancelled']) {
      await change(root, `status = '${status}', platform_post_id = 'x'`);
      expect({ status, unplaced: await unplaced() }).toEqual({ status, unplaced: [] });
    }
    await change(root, `status = 'rerouted'`);
    await change(beside, `role = 'catch_up', root_id = '${root}'`);
    expect(await unplaced()).toEqual([]);
    await change(beside, `status = 'missed'`);

    const part = <T>(type: abstract new (...args: never[]) => T): T => rooms.app.get(type as never, { strict: false });
    const seekAgain = new SeekAgain(waiting, part(SeekReplacement), part(UnitOfWork), part(Engine));
    expect(await seekAgain.runOnce()).toBe(1);
    expect(await movedTo(shorts)).toBe(1);
    expect(await unplaced()).toEqual([]);
  });

  it('comes back one by one, at the pace of the account', async () => {
    await route({ fallbacks: [reels, shorts] });
    const ids = await many(2);
    await post('/v1/reroutes', { platform: 'tiktok' });
    expect(await statuses(ids)).toEqual(['rerouted', 'rerouted']);
    expect(await catchUp()).toBe(0);
    await tiktokIs('healthy');
    expect([await catchUp(), await catchUp()]).toEqual([1, 0]);
    await rooms.db.database.affected(
      `update target set scheduled_at = scheduled_at - interval '16 minutes' where role = 'catch_up' and status = 'scheduled'`,
    );
    expect([await catchUp(), await catchUp()]).toEqual([1, 0]);
  });

  it('leaves where a person put it what was moved off a well platform, until that was ill and is well again', async () => {
    await route();
    await tiktokIs('healthy');
    const soon = plusMs(new Date(), 2 * HOUR_MS).toISOString();
    const id = await create({ publishNow: undefined, scheduledAt: soon });
    expect((await post(`/v1/targets/${id}/reroute`)).status).toBe(201);
    expect(await catchUp()).toBe(0);
    const undone = await post(`/v1/targets/${id}/reroute/undo`);
    expect(undone).toMatchObject({ status: 200, body: { role: 'catch_up', accountId: tiktok } });
    await rooms.db.database.affected(`update target set status = 'cancelled' where id = $1`, [undone.body.id]);
    const other = await create({ publishNow: undefined, scheduledAt: soon });
    const moved = await post(`/v1/targets/${other}/reroute`);
    await tiktokIs('healthy');
    expect(await catchUp()).toBe(1);
    // What waits at home already is what undoing leaves.
    const back = await post(`/v1/targets/${other}/reroute/undo`);
    expect(back).toMatchObject({ status: 200, body: { role: 'catch_up', accountId: tiktok } });
    expect(await target(moved.body.id)).toMatchObject({ status: 'cancelled' });
  });

  it('comes home although its route does not want it when nobody else took it, but not what a person took back', async () => {
    await route({ fallbacks: [reels], failback: 'none' });
    const [id = ''] = await many(1);
    await apply([id]);
    await tiktokIs('healthy');
    const { replacementId } = await target(id);
    const becomes = (status: string) =>
      rooms.db.database.affected(`update target set status = $2 where id = $1`, [replacementId, status]);
    for (const status of ['scheduled', 'cancelled']) {
      await becomes(status);
      expect({ status, begun: await catchUp() }).toEqual({ status, begun: 0 });
    }
    await becomes('failed');
    expect([await catchUp(), await catchUp()]).toEqual([1, 0]);
  });

  it('follows a changed route at once: near and held targets get a new version, the others are left alone', async () => {
    await route();
    const near = await create();
    const far = await create({ publishNow: undefined, scheduledAt: '2999-01-01T00:00:00Z' });
    const elsewhere = await create({ targets: [{ accountId: shorts }] });
    const old = await decided([near]);
    const { body } = await rooms.send('GET', '/v1/routes');
    const changed = await rooms.send('PATCH', `/v1/routes/${body.items[0].id}`, { body: { onDown: 'hold' } });
    expect(changed.status).toBe(200);
    const versions = await rooms.db.database.rows<{ version: number }>(
      `select version from target where id = any($1::uuid[]) order by array_position($1::uuid[], id)`,
      [[near, far, elsewhere]],
    );
    expect(versions.map(({ version }) => version)).toEqual([2, 1, 1]);
    expect((await rooms.app.get(ApplyDecisions, { strict: false }).execute(old)).size).toBe(0);
    await apply([near]);
    expect(await target(near)).toMatchObject({ status: 'held', holdReason: 'platform' });
    await rooms.send('PATCH', `/v1/routes/${body.items[0].id}`, { body: { onDown: 'reroute' } });
    expect(await rooms.app.get(ReconsiderHeld, { strict: false }).runOnce()).toBe(1);
    expect(await target(near)).toMatchObject({ status: 'rerouted' });
  });
});
