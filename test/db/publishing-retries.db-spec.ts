import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HealthView } from '../../src/health/index.js';
import { newId } from '../../src/kernel/ids.js';
import { ArmTargets } from '../../src/publishing/application/firing/arm-targets.js';
import { FireDueTargets } from '../../src/publishing/application/firing/fire-due-targets.js';
import { CatchUpTargets } from '../../src/publishing/application/rerouting/catch-up-targets.js';
import { DecideRetries } from '../../src/publishing/application/rerouting/decide-retries.js';
import type { RoomServer } from '../support/library.js';
import { addAccount, startPlanning, uploadClip } from '../support/planning.js';

describe('targets that were tried in vain', () => {
  let rooms: RoomServer;
  let media: string;

  beforeAll(async () => {
    rooms = await startPlanning();
    media = await uploadClip(rooms);
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    await rooms.db.database.affected(`update target set status = 'cancelled'`);
    await rooms.db.database.affected(`delete from override`);
    await rooms.db.database.affected(`delete from platform_health`);
    await rooms.app.get(HealthView, { strict: false }).refresh();
  });

  const post = (path: string, body: object) => rooms.send('POST', path, { body });
  const withRoute = async (route: object = {}) => {
    const tiktok = await addAccount(rooms, 'tiktok');
    const reels = await addAccount(rooms, 'reels');
    const made = await post('/v1/routes', { scope: 'account', scopeId: tiktok, fallbacks: [reels], ...route });
    expect(made.status).toBe(201);
    return tiktok;
  };
  /** A target whose third try comes in four minutes. */
  const waiting = async (accountId: string, { dueMinutesAgo = 10, inSeconds = 240, tries = 2 } = {}) => {
    const targets = [{ accountId }];
    const { body } = await post('/v1/posts', { caption: 'Tea', mediaIds: [media], publishNow: true, targets });
    const id = body.targets[0].id as string;
    await rooms.db.database.affected(
      `update target set tries = $4, scheduled_at = clock_timestamp() - $3 * interval '1 minute',
              due_at = clock_timestamp() + $2 * interval '1 s' where id = $1`,
      [id, inSeconds, dueMinutesAgo, tries],
    );
    return id;
  };
  const isDown = async (region = 'us') => {
    await rooms.db.database.affected(
      `insert into platform_health (platform, region, capability, state) values ('tiktok', $1, 'publish', 'down')`,
      [region],
    );
    await rooms.app.get(HealthView, { strict: false }).refresh();
  };
  const decide = () => rooms.app.get(DecideRetries, { strict: false }).runOnce();
  const statusOf = async (id: string) => (await rooms.send('GET', `/v1/targets/${id}`)).body.status as string;
  const lastOf = async (id: string) => (await rooms.send('GET', `/v1/targets/${id}/events`)).body.items.at(-1);

  it('go elsewhere at once when their platform is down, not at the end of their backoff', async () => {
    const id = await waiting(await withRoute());
    expect(await decide()).toBe(0);
    await isDown('eu');
    expect(await decide()).toBe(0);
    await isDown();
    expect(await decide()).toBe(1);
    expect(await statusOf(id)).toBe('rerouted');
    expect(await lastOf(id)).toMatchObject({ reasons: [{ code: 'platform_down' }, { code: 'fallback_taken' }] });
  });

  it('are held with those that wait for the platform where they may go nowhere else', async () => {
    const id = await waiting(await addAccount(rooms, 'tiktok'));
    await isDown();
    expect(await decide()).toBe(1);
    expect((await rooms.send('GET', `/v1/targets/${id}`)).body).toMatchObject({
      status: 'held',
      holdReason: 'platform',
    });
    expect(await decide()).toBe(0);
  });

  it('keep their backoff where the route publishes all the same', async () => {
    const stays = await waiting(await withRoute({ onDown: 'publish' }));
    await isDown();
    expect(await decide()).toBe(0);
    const goes = await waiting(await withRoute());
    expect(await decide()).toBe(1);
    expect([await statusOf(stays), await statusOf(goes)]).toEqual(['scheduled', 'rerouted']);
  });

  it('follow the word of their own workspace about the platform', async () => {
    const id = await waiting(await withRoute());
    const pin = (state: string) =>
      rooms.db.database.affected(
        `insert into override (id, scope, workspace_id, platform, state, reason, author, expires_at)
         values ($1, 'workspace', $2, 'tiktok', $3, 'Seen', 'test', now() + interval '1 hour')`,
        [newId(), rooms.workspaceId, state],
      );
    await pin('healthy');
    await isDown();
    expect(await decide()).toBe(0);
    await rooms.db.database.affected(`delete from override`);
    await rooms.db.database.affected(`delete from platform_health`);
    await pin('down');
    await rooms.app.get(HealthView, { strict: false }).refresh();
    expect(await decide()).toBe(1);
    expect(await statusOf(id)).toBe('rerouted');
  });

  it('go elsewhere past the hold time although the platform looks well, with no further call', async () => {
    const id = await waiting(await withRoute(), { dueMinutesAgo: 31, inSeconds: -1, tries: 5 });
    const workerId = newId();
    await rooms.db.database.affected(`insert into worker (id) values ($1)`, [workerId]);
    const armed = await rooms.app.get(ArmTargets, { strict: false }).arm(workerId, [{ targetId: id, version: 1 }]);
    expect(armed).toHaveLength(1);
    const fire = rooms.app.get(FireDueTargets, { strict: false });
    fire.fire(armed);
    await fire.whenFired();
    expect(await statusOf(id)).toBe('rerouted');
    expect(await lastOf(id)).toMatchObject({ reasons: [{ code: 'could_not_send' }, { code: 'fallback_taken' }] });
    expect(await rooms.db.database.rows(`select state from attempt where target_id = $1`, [id])).toEqual([
      { state: 'abandoned' },
    ]);
  });

  it('catch up on their own account only when something changed there since', async () => {
    const catchUp = () => rooms.app.get(CatchUpTargets, { strict: false }).runOnce();
    await waiting(await withRoute());
    await isDown();
    await decide();
    await rooms.db.database.affected(`update platform_health set state = 'healthy', since = now() - interval '1 hour'`);
    await rooms.app.get(HealthView, { strict: false }).refresh();
    expect(await catchUp()).toBe(0);
    await rooms.db.database.affected(`update platform_health set since = clock_timestamp()`);
    await rooms.app.get(HealthView, { strict: false }).refresh();
    expect(await catchUp()).toBe(1);
  });
});
