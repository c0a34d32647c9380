import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, plusMs } from '../../src/kernel/durations.js';
import { CatchUpTargets } from '../../src/publishing/application/rerouting/catch-up-targets.js';
import { whileTikTokIsDown } from '../support/rerouting.js';

describe('coming home to a platform that is well again', () => {
  const stage = whileTikTokIsDown();
  const { accounts, post, route, create, many, tiktokIs, apply, target, statuses, part, database } = stage;
  const catchUp = () => part(CatchUpTargets).runOnce();

  it('takes a move back until its replacement is being published; then it is too late', async () => {
    await route();
    const [id = ''] = await many(1);
    const moved = await post(`/v1/targets/${id}/reroute`);
    expect(moved).toMatchObject({ status: 201, body: { accountId: accounts.reels, role: 'reroute' } });
    const undone = await post(`/v1/targets/${id}/reroute/undo`);
    expect(undone).toMatchObject({
      status: 200,
      body: { accountId: accounts.tiktok, role: 'catch_up', status: 'scheduled' },
    });
    expect(await target(moved.body.id)).toMatchObject({ status: 'cancelled' });
    const [other = ''] = await many(1);
    expect(await post(`/v1/targets/${other}/reroute/undo`)).toMatchObject({
      status: 409,
      body: { code: 'target.not_rerouted' },
    });
    const late = await post(`/v1/targets/${other}/reroute`, { accountId: accounts.shorts });
    await database().affected(`update target set status = 'publishing' where id = $1`, [late.body.id]);
    expect(await post(`/v1/targets/${other}/reroute/undo`)).toMatchObject({
      status: 409,
      body: { code: 'target.too_late' },
    });
    expect(await target(other)).toMatchObject({ status: 'rerouted', replacementId: late.body.id });
  });

  it('comes back one by one, at the pace of the account', async () => {
    await route({ fallbacks: [accounts.reels, accounts.shorts] });
    const ids = await many(2);
    await post('/v1/reroutes', { platform: 'tiktok' });
    expect(await statuses(ids)).toEqual(['rerouted', 'rerouted']);
    expect(await catchUp()).toBe(0);
    await tiktokIs('healthy');
    expect([await catchUp(), await catchUp()]).toEqual([1, 0]);
    await database().affected(
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
    expect(undone).toMatchObject({ status: 200, body: { role: 'catch_up', accountId: accounts.tiktok } });
    await database().affected(`update target set status = 'cancelled' where id = $1`, [undone.body.id]);
    const other = await create({ publishNow: undefined, scheduledAt: soon });
    const moved = await post(`/v1/targets/${other}/reroute`);
    await tiktokIs('healthy');
    expect(await catchUp()).toBe(1);
    // What waits at home already is what undoing leaves.
    const back = await post(`/v1/targets/${other}/reroute/undo`);
    expect(back).toMatchObject({ status: 200, body: { role: 'catch_up', accountId: accounts.tiktok } });
    expect(await target(moved.body.id)).toMatchObject({ status: 'cancelled' });
  });

  it('comes home although its route does not want it when nobody else took it, but not what a person took back', async () => {
    await route({ fallbacks: [accounts.reels], failback: 'none' });
    const [id = ''] = await many(1);
    await apply([id]);
    await tiktokIs('healthy');
    const { replacementId } = await target(id);
    const becomes = (status: string) =>
      database().affected(`update target set status = $2 where id = $1`, [replacementId, status]);
    for (const status of ['scheduled', 'cancelled']) {
      await becomes(status);
      expect({ status, begun: await catchUp() }).toEqual({ status, begun: 0 });
    }
    await becomes('failed');
    expect([await catchUp(), await catchUp()]).toEqual([1, 0]);
  });

  it('brings a run home again when its try there has failed and the move is taken back', async () => {
    await route();
    await tiktokIs('healthy');
    const id = await create({ publishNow: undefined, scheduledAt: plusMs(new Date(), 2 * HOUR_MS).toISOString() });
    const moved = await post(`/v1/targets/${id}/reroute`);
    await tiktokIs('healthy');
    expect(await catchUp()).toBe(1);
    await database().affected(`update target set status = 'failed' where root_id = $1 and role = 'catch_up'`, [id]);
    const back = await post(`/v1/targets/${id}/reroute/undo`);
    expect(back).toMatchObject({ status: 200, body: { role: 'catch_up', status: 'scheduled' } });
    expect(await target(moved.body.id)).toMatchObject({ status: 'cancelled' });
  });
});
