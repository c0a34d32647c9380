import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HealthView } from '../../src/health/index.js';
import { DecideTargets } from '../../src/publishing/application/rerouting/decide-targets.js';
import { ReconsiderHeld } from '../../src/publishing/application/rerouting/reconsider-held.js';
import { Firing } from '../../src/publishing/domain/firing/firing.port.js';
import type { RoomServer } from '../support/library.js';
import { startPlanning } from '../support/planning.js';
import { seedTarget, seedWorkspace } from '../support/rows.js';

const HELD = 100;

describe('what waits for a platform', () => {
  let rooms: RoomServer;
  let ids: string[];

  beforeAll(async () => {
    rooms = await startPlanning();
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    const { database } = rooms.db;
    await database.affected(`update target set status = 'cancelled', hold_reason = null, hold_until = null`);
    const seeded = await seedWorkspace(database);
    ids = [];
    for (let n = 0; n < HELD; n += 1) ids.push(await seedTarget(database, seeded, -10));
    await database.affected(
      `update target set status = 'held', hold_reason = 'platform', hold_until = stale_at,
              due_at = clock_timestamp() + interval '1 minute' where id = any($1::uuid[])`,
      [ids],
    );
    await database.affected(
      `insert into target_event (target_id, seq, workspace_id, from_status, to_status, cause, actor)
       select unnest($1::uuid[]), 2, $2, 'scheduled', 'held', 'held', 'test'`,
      [ids, seeded.workspaceId],
    );
  });

  const platformIs = async (state: string, rampStep = 0) => {
    await rooms.db.database.affected(`delete from platform_health`);
    await rooms.db.database.affected(
      `insert into platform_health (platform, region, capability, state, ramp_step)
       values ('tiktok', 'us', 'publish', $1, $2)`,
      [state, rampStep],
    );
    await rooms.app.get(HealthView, { strict: false }).refresh();
  };
  const reconsider = () => rooms.app.get(ReconsiderHeld, { strict: false }).runOnce();
  const count = async (sql: string) =>
    (await rooms.db.database.row<{ n: number }>(`select count(*)::int as n from ${sql}`, [ids]))?.n;

  it('stays while it is down, and goes together when it is healthy: a handful of statements for any number', async () => {
    await platformIs('down');
    expect(await reconsider()).toBe(0);
    await platformIs('healthy');
    const statements = jest.spyOn(rooms.db.database, 'rows');
    const changes = jest.spyOn(rooms.db.database, 'affected');
    expect(await reconsider()).toBe(HELD);
    expect(statements.mock.calls.length + changes.mock.calls.length).toBeLessThan(25);
    statements.mockRestore();
    changes.mockRestore();
    expect(
      await count(`target where id = any($1::uuid[]) and status = 'scheduled' and hold_reason is null and version = 2
      and due_at <= clock_timestamp()`),
    ).toBe(HELD);
    expect(await count(`intent where target_id = any($1::uuid[]) and version = 1 and taken_by = 'hold'`)).toBe(HELD);
    expect(
      await count(`target_event where target_id = any($1::uuid[]) and seq = 3 and cause = 'released'
      and reasons -> 0 ->> 'code' = 'platform_healthy'`),
    ).toBe(HELD);
    expect(
      await count(`pgboss.job where name = 'target-wake-up' and (data ->> 'targetId')::uuid = any($1::uuid[])
      and (data ->> 'version')::int = 2`),
    ).toBe(HELD);
    expect(await reconsider()).toBe(0);
  });

  it('goes by the shares of the ramp while it recovers', async () => {
    await platformIs('recovering', 3);
    expect(await reconsider()).toBe(HELD / 4);
    expect(await count(`target where id = any($1::uuid[]) and status = 'held'`)).toBe((HELD * 3) / 4);
    expect(await reconsider()).toBe(0);
    await platformIs('recovering', 4);
    expect(await reconsider()).toBe(Math.floor((HELD * 3) / 8));
  });

  it('sends its canary: what was let through needs no second token at its due instant', async () => {
    await platformIs('recovering');
    await rooms.db.database.affected(`update platform_health set canary_left = 1`);
    expect(await reconsider()).toBe(1);
    const due = await rooms.db.database.rows<{ id: string }>(
      `select id from target where id = any($1::uuid[]) and status = 'scheduled'`,
      [ids],
    );
    const targets = await rooms.app.get(Firing, { strict: false }).load([due[0]?.id ?? '', ids[0] ?? '', ids[1] ?? '']);
    const decided = await rooms.app.get(DecideTargets, { strict: false }).execute(targets);
    const published = decided.filter(({ decision }) => decision.kind === 'publish');
    expect(published.map(({ target }) => target.id)).toEqual([due[0]?.id]);
  });

  it('is left to whoever cancelled it in this moment', async () => {
    await platformIs('healthy');
    const [first] = ids;
    await rooms.db.database.affected(
      `insert into intent (target_id, version, fence, taken_by) values ($1, 1, 0, 'cancel')`,
      [first],
    );
    expect(await reconsider()).toBe(HELD - 1);
    expect(await count(`target where id = any($1::uuid[]) and status = 'held'`)).toBe(1);
  });
});
