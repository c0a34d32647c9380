import { describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/kernel/transaction.js';
import { Engine } from '../../src/publishing/application/engine.js';
import { ApplyDecisions } from '../../src/publishing/application/rerouting/apply-decisions.js';
import { ReconsiderHeld } from '../../src/publishing/application/rerouting/reconsider-held.js';
import { SeekAgain } from '../../src/publishing/application/rerouting/seek-again.js';
import { SeekReplacement } from '../../src/publishing/application/rerouting/seek-replacement.js';
import { WaitingTargets } from '../../src/publishing/domain/rerouting/waiting-targets.port.js';
import { whileTikTokIsDown } from '../support/rerouting.js';

describe('moving posts away from an ill platform', () => {
  const stage = whileTikTokIsDown();
  const { accounts, post, route, create, many, decided, apply, target, statuses, movedTo, part, database, send } =
    stage;

  const loser = async (ids: readonly string[]) => {
    const now = await statuses(ids);
    return ids.filter((_, index) => now[index] === 'scheduled');
  };
  /** Posts of its own that went out on an account at this time of day, two days ago. */
  const history = async (accountId: string, count: number) => {
    const at = `clock_timestamp() - interval '2 days' - interval '10 minutes'`;
    for (let n = 0; n < count; n += 1) {
      const id = await create();
      await database().affected(
        `update target set account_id = $2, platform = (select platform from account where id = $2), status = 'published',
                platform_post_id = id::text, published_at = ${at}, scheduled_at = ${at}, due_at = ${at} where id = $1`,
        [id, accountId],
      );
    }
  };

  it('gives each fallback a quarter of its usual hour, in the route’s order, and holds the rest', async () => {
    await route();
    await history(accounts.reels, 8);
    const ids = await many(5);
    await apply(ids);
    expect(await statuses(ids)).toEqual(['rerouted', 'rerouted', 'rerouted', 'held', 'held']);
    expect([await movedTo(accounts.reels), await movedTo(accounts.shorts)]).toEqual([2, 1]);
    const { body } = await send('GET', `/v1/targets/${ids[3]}/events`);
    expect(body.items.at(-1).reasons.map(({ code }: { code: string }) => code)).toEqual([
      'platform_down',
      'no_fallback',
      'fallback_full',
      'fallback_full',
    ]);
  });

  it('lets two workers that saw the same free place have it once: the other asks again', async () => {
    await route({ fallbacks: [accounts.reels] });
    const ids = await many(2);
    const [one, other] = await Promise.all([decided(ids.slice(0, 1)), decided(ids.slice(1))]);
    expect([...one, ...other].map(({ decision }) => decision.kind)).toEqual(['reroute', 'reroute']);
    const writes = part(ApplyDecisions);
    const written = await Promise.all([writes.execute(one), writes.execute(other)]);
    expect(written.map(({ size }) => size).toSorted()).toEqual([0, 1]);
    expect(await movedTo(accounts.reels)).toBe(1);
    const [again] = await decided((await loser(ids)).slice(0, 1));
    expect(again?.decision).toMatchObject({ kind: 'hold', reason: 'platform' });
  });
  it('takes no more in a day than the route allows, and frees the place of what is taken back', async () => {
    await route({ fallbacks: [accounts.reels], maxExtraPerDay: 1 });
    const ids = await many(2);
    const plan = (await post('/v1/reroutes', { platform: 'tiktok', dryRun: true })).body;
    expect(plan).toMatchObject({
      moves: [{ targetId: ids[0], fromAccountId: accounts.tiktok, accountId: accounts.reels }],
      without: [ids[1]],
      staying: [{ fromAccountId: accounts.tiktok }],
    });
    expect(plan.staying[0].reasons[0].code).toBe('fallback_full');
    const done = (await post('/v1/reroutes', { platform: 'tiktok' })).body;
    expect(done.moves).toEqual([{ ...plan.moves[0], replacementId: expect.any(String) }]);
    expect(done.staying).toEqual(plan.staying);
    await post(`/v1/targets/${ids[0]}/reroute/undo`);
    const again = (await post('/v1/reroutes', { platform: 'tiktok', dryRun: true })).body;
    expect(again.moves.map(({ targetId }: { targetId: string }) => targetId)).toContain(ids[1]);
  });

  it('leaves an account alone that has the post within its cooldown, or is to have it', async () => {
    await route({ fallbacks: [accounts.reels] });
    const evergreen = { kind: 'evergreen', recycling: { cooldownDays: 7 } };
    const id = await create(evergreen);
    const { postId } = await target(id);
    const runs = { scheduledAt: '2999-01-01T00:00:00Z', targets: [{ accountId: accounts.reels }] };
    const run = (await post(`/v1/posts/${postId}/runs`, runs)).body.targets.find(
      (one: { accountId: string }) => one.accountId === accounts.reels,
    );
    const on = async (sql: string) => {
      await database().affected(`update target set ${sql} where id = $1`, [run.id]);
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
    await route({ fallbacks: [accounts.shorts] });
    const evergreen = await create({ kind: 'evergreen' });
    const timely = await create();
    await database().affected(
      `update target set stale_at = now() + interval '1 day', scheduled_at = now(), due_at = now(), status = 'held',
              hold_reason = 'platform', hold_until = now() where id = any($1::uuid[])`,
      [[evergreen, timely]],
    );
    expect(await part(ReconsiderHeld).runOnce()).toBe(1);
    expect(await statuses([evergreen, timely])).toEqual(['held', 'rerouted']);
  });

  it('seeks a replacement for a doubt again, once a minute, until there is one', async () => {
    await route({ fallbacks: [accounts.reels], onUnknown: 'reroute' });
    const id = await create();
    await database().affected(
      `update target set status = 'unconfirmed', next_check_at = now() + interval '1 hour' where id = $1`,
      [id],
    );
    const seek = part(SeekAgain);
    expect(await seek.runOnce()).toBe(1);
    expect(await target(id)).toMatchObject({ status: 'unconfirmed', replacementId: expect.any(String) });
    expect(await seek.runOnce()).toBe(0);
    expect(await movedTo(accounts.reels)).toBe(1);
  });

  it('seeks again for a run that was refused where it had been sent, unless it goes home meanwhile', async () => {
    await route({ fallbacks: [accounts.reels, accounts.shorts] });
    const [root = '', beside = ''] = await many(2);
    await apply([root]);
    const { replacementId } = await target(root);
    const change = (id: string, sql: string) => database().affected(`update target set ${sql} where id = $1`, [id]);
    const waiting = part(WaitingTargets);
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

    const seekAgain = new SeekAgain(waiting, part(SeekReplacement), part(UnitOfWork), part(Engine));
    expect(await seekAgain.runOnce()).toBe(1);
    expect(await movedTo(accounts.shorts)).toBe(1);
    expect(await unplaced()).toEqual([]);
  });

  it('follows a changed route at once: near and held targets get a new version, the others are left alone', async () => {
    await route();
    const near = await create();
    const far = await create({ publishNow: undefined, scheduledAt: '2999-01-01T00:00:00Z' });
    const elsewhere = await create({ targets: [{ accountId: accounts.shorts }] });
    const old = await decided([near]);
    const { body } = await send('GET', '/v1/routes');
    const changed = await send('PATCH', `/v1/routes/${body.items[0].id}`, { body: { onDown: 'hold' } });
    expect(changed.status).toBe(200);
    const versions = await database().rows<{ version: number }>(
      `select version from target where id = any($1::uuid[]) order by array_position($1::uuid[], id)`,
      [[near, far, elsewhere]],
    );
    expect(versions.map(({ version }) => version)).toEqual([2, 1, 1]);
    expect((await part(ApplyDecisions).execute(old)).size).toBe(0);
    await apply([near]);
    expect(await target(near)).toMatchObject({ status: 'held', holdReason: 'platform' });
    await send('PATCH', `/v1/routes/${body.items[0].id}`, { body: { onDown: 'reroute' } });
    expect(await part(ReconsiderHeld).runOnce()).toBe(1);
    expect(await target(near)).toMatchObject({ status: 'rerouted' });
  });
});
