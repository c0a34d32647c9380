import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WatchEpoch } from '../../src/publishing/application/reconcile/watch-epoch.js';
import { Engine } from '../../src/publishing/application/engine.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import { DiskEpochFile } from '../../src/publishing/infrastructure/reconcile/disk-epoch.file.js';
import { InstanceRecordRepository } from '../../src/publishing/infrastructure/reconcile/instance-record.repository.js';
import { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';
import { truthDesk } from '../support/truth.js';

const HOUR_MS = 3_600_000;
const NOTHING = { kind: 'listed', posts: [] } as const;

describe('what was due while nobody was running', () => {
  let db: TestDatabase;
  let desk: ReturnType<typeof truthDesk>;
  let seeded: SeededWorkspace;

  beforeAll(async () => {
    db = await createTestDatabase();
    desk = truthDesk(db.database);
    await desk.start();
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    seeded = await seedWorkspace(db.database);
    desk.shown.find = NOTHING;
    await db.database.affected(`update instance set restored_at = null`);
  });

  const rowOf = (id: string) =>
    db.database.row<{ status: string; hold_reason: string | null; due_at: Date; version: number }>(
      `select status, hold_reason, due_at, version from target where id = $1`,
      [id],
    );
  const post = (platformPostId: string) => ({ platformPostId, caption: 'Hi', createdAt: new Date() });
  const hurry = () =>
    db.database.affected(`update target set due_at = now() where status = 'held' and hold_reason = 'overdue'`);

  it('is neither leased nor intended before somebody looked, and a few minutes late is no downtime', async () => {
    const late = await seedTarget(db.database, seeded, -HOUR_MS);
    expect((await desk.arm(late)).armed).toEqual([]);
    const soon = await seedTarget(db.database, await seedWorkspace(db.database), -5 * 60_000);
    const { armed } = await desk.arm(soon);
    // The process slept through its own calendar.
    await db.database.affected(`update target set due_at = now() - interval '1 hour' where id = $1`, [soon]);
    expect(await desk.firing.intend(armed)).toEqual([]);
    await db.database.affected(`delete from target_lease`);
    await db.database.affected(`update attempt set state = 'abandoned' where target_id = $1`, [soon]);
    await db.database.affected(`update target set status = 'cancelled' where id = any($1)`, [[soon, late]]);
  });

  it('goes out after one clean read; the account is paced, the earliest stale first', async () => {
    const ids = [await seedTarget(db.database, seeded, -2 * HOUR_MS), await seedTarget(db.database, seeded, -HOUR_MS)];
    await desk.lookBeforeSend.runOnce();
    const [first, second] = [await rowOf(ids[0]!), await rowOf(ids[1]!)];
    expect(first?.status).toBe('scheduled');
    expect(second).toMatchObject({ status: 'held', hold_reason: 'overdue' });
    expect(second!.due_at.getTime() - Date.now()).toBeGreaterThan(8_000);
    await hurry();
    await desk.lookBeforeSend.runOnce();
    expect((await rowOf(ids[1]!))?.status).toBe('scheduled');
    expect((await desk.arm(ids[0]!, first!.version)).armed).toHaveLength(1);
  });

  it('is adopted as late, with a journal row, when it is live already', async () => {
    const id = await seedTarget(db.database, seeded, -HOUR_MS);
    desk.shown.find = { kind: 'listed', posts: [post('live-1')] };
    await desk.lookBeforeSend.runOnce();
    expect(
      await db.database.row(
        `select t.status, t.late, t.platform_post_id as id, a.state, a.evidence
           from target t join attempt a on a.target_id = t.id where t.id = $1`,
        [id],
      ),
    ).toEqual({ status: 'published', late: true, id: 'live-1', state: 'adopted', evidence: { foundBeforeSend: true } });
  });

  it('stays held while the list cannot be read, asks a person when two fit, and is missed when too old', async () => {
    const id = await seedTarget(db.database, seeded, -HOUR_MS);
    desk.shown.find = { kind: 'unavailable' };
    await desk.lookBeforeSend.runOnce();
    expect(await rowOf(id)).toMatchObject({ status: 'held', hold_reason: 'overdue' });
    desk.shown.find = { kind: 'listed', posts: [post('a'), post('b')] };
    await hurry();
    await desk.lookBeforeSend.runOnce();
    expect((await rowOf(id))?.status).toBe('needs_decision');
    const old = await seedTarget(db.database, seeded, -72 * HOUR_MS);
    await desk.lookBeforeSend.runOnce();
    expect((await rowOf(old))?.status).toBe('missed');
  });

  it('takes nothing for its own while another run of the post may have made it', async () => {
    const [first, second] = [
      await seedTarget(db.database, seeded, -60_000),
      await seedTarget(db.database, seeded, -HOUR_MS),
    ];
    const { armed } = await desk.arm(first);
    desk.shown.find = { kind: 'listed', posts: [post('of the first')] };
    await desk.lookBeforeSend.runOnce();
    expect(await rowOf(second)).toMatchObject({ status: 'held', hold_reason: 'overdue' });
    await db.database.affected(`update attempt set state = 'published' where id = $1`, [armed[0]?.attemptId]);
    const live = `update target set status = 'published', platform_handle = 'h'`;
    await db.database.affected(`${live} where id = $1`, [first]);
    await hurry();
    await desk.lookBeforeSend.runOnce();
    expect(await rowOf(second)).toMatchObject({ status: 'held', hold_reason: 'overdue' });
    await db.database.affected(`update target set platform_post_id = 'of the first' where id = $1`, [first]);
    await hurry();
    await desk.lookBeforeSend.runOnce();
    expect((await rowOf(second))?.status).toBe('scheduled');
  });

  it('is sent where no list exists', async () => {
    const id = await seedTarget(db.database, seeded, -HOUR_MS);
    desk.shown.find = { kind: 'unsupported' };
    await desk.lookBeforeSend.runOnce();
    expect((await rowOf(id))?.status).toBe('scheduled');
  });

  it('loses to a cancel that came first', async () => {
    const id = await seedTarget(db.database, seeded, -HOUR_MS);
    await db.database.run((tx) => desk.store.takeVersion({ targetId: id, version: 1 }, 'cancel', tx));
    await desk.lookBeforeSend.runOnce();
    expect(await rowOf(id)).toMatchObject({ status: 'scheduled', version: 1 });
    await db.database.affected(`update target set status = 'cancelled' where id = $1`, [id]);
  });

  describe('after the database was restored', () => {
    const restored = () => db.database.affected(`update instance set restored_at = clock_timestamp()`);

    it('is in doubt although it is hardly late: sent again only by the absence rule', async () => {
      const id = await seedTarget(db.database, seeded, -60_000);
      await restored();
      expect((await desk.arm(id)).armed).toEqual([]);
      await desk.lookBeforeSend.runOnce();
      expect((await rowOf(id))?.status).toBe('unconfirmed');
      await db.database.affected(`update target set next_check_at = now() where id = $1`, [id]);
      await desk.reconcile.runOnce();
      const row = await rowOf(id);
      expect(row?.status).toBe('scheduled');
      await desk.lookBeforeSend.runOnce();
      expect((await desk.arm(id, row!.version)).armed).toHaveLength(1);
    });

    it('needs a decision where no list exists', async () => {
      const id = await seedTarget(db.database, seeded, -60_000);
      await restored();
      desk.shown.find = { kind: 'unsupported' };
      await desk.lookBeforeSend.runOnce();
      await db.database.affected(`update target set next_check_at = now() where id = $1`, [id]);
      await desk.reconcile.runOnce();
      expect((await rowOf(id))?.status).toBe('needs_decision');
    });

    it('looks for one run of a post on an account at a time, and leaves what was planned for later alone', async () => {
      const ids = [await seedTarget(db.database, seeded, -90_000), await seedTarget(db.database, seeded, -60_000)];
      const later = await seedTarget(db.database, await seedWorkspace(db.database), HOUR_MS);
      await restored();
      await desk.lookBeforeSend.runOnce();
      expect((await rowOf(ids[0]!))?.status).toBe('unconfirmed');
      expect(await rowOf(ids[1]!)).toMatchObject({ status: 'held', hold_reason: 'earlier_occurrence' });
      expect((await desk.arm(later)).armed).toHaveLength(1);
    });
  });

  describe('the mark beside the files', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'perennial-epoch-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    const watch = () => {
      const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
      const engine = new Engine({ now: () => new Date() }, settings);
      const record = new InstanceRecordRepository(db.database);
      return new WatchEpoch(record, new DiskEpochFile(folder), { isDurable: true }, engine);
    };
    const restoredAt = async () =>
      (await db.database.row<{ at: Date | null }>(`select restored_at as at from instance`))?.at;

    it('finds a database that went back in time, at the start and while running, once for all processes', async () => {
      const first = watch();
      await first.start();
      await first.runOnce();
      expect(await restoredAt()).toBeNull();
      await db.database.affected(`update instance set beat = 0`);
      const second = watch();
      await second.start();
      const at = await restoredAt();
      expect(at).toBeInstanceOf(Date);
      // The first one, still running, meets the new epoch and joins it.
      await first.runOnce();
      expect(await restoredAt()).toEqual(at);
      await db.database.affected(`update instance set beat = 0`);
      await second.runOnce();
      expect((await restoredAt())!.getTime()).toBeGreaterThan(at!.getTime());
    });
  });
});
