import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import { HoldPaused } from '../../src/publishing/application/pauses/hold-paused.js';
import { ReleasePaused } from '../../src/publishing/application/pauses/release-paused.js';
import { WakeUps } from '../../src/publishing/domain/targets/target-store.port.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { PausedTargetsRepository } from '../../src/publishing/infrastructure/pauses/paused-targets.repository.js';
import { PausesRepository } from '../../src/publishing/infrastructure/pauses/pauses.repository.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { attemptQuotas } from '../support/quotas.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

type Scope = 'workspace' | 'platform' | 'instance' | 'account' | 'post';
const SCOPES: readonly Scope[] = ['workspace', 'platform', 'instance', 'account', 'post'];

class PlannedWakeUps extends WakeUps {
  readonly ids: string[] = [];
  async plan(targets: readonly { targetId: string }[]): Promise<void> {
    this.ids.push(...targets.map(({ targetId }) => targetId));
  }
}

describe('kill switches', () => {
  let db: TestDatabase;
  let firing: FiringRepository;
  let pauses: PausesRepository;
  let hold: HoldPaused;
  let releases: ReleasePaused;
  let wakeUps: PlannedWakeUps;
  let seeded: SeededWorkspace;
  let workerId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    const quotas = attemptQuotas(db.database);
    firing = new FiringRepository(db.database, quotas);
    pauses = new PausesRepository(db.database);
    const targets = new PausedTargetsRepository(db.database, quotas);
    hold = new HoldPaused(targets, db.database);
    wakeUps = new PlannedWakeUps();
    releases = new ReleasePaused(targets, wakeUps, new EventOutbox(db.database), db.database);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    await clear();
    seeded = await seedWorkspace(db.database);
    workerId = newId();
    await db.database.affected(`insert into worker (id) values ($1)`, [workerId]);
  });

  /** Of what another test left nothing waits or runs. */
  const clear = async () => {
    await db.database.affected(`delete from pause`);
    await db.database.affected(`update attempt set state = 'abandoned'`);
    await db.database.affected(`update target set status = 'cancelled' where status <> 'cancelled'`);
  };
  const whichOf = (scope: Scope) => {
    const { workspaceId, accountId, postId } = seeded;
    const of = {
      workspace: { workspaceId },
      platform: { workspaceId, platform: 'tiktok' },
      instance: { platform: 'tiktok' },
      account: { workspaceId, accountId },
      post: { workspaceId, postId },
    };
    return of[scope];
  };
  const keyOf = (scope: Scope) => ({
    workspaceId: scope === 'instance' ? null : seeded.workspaceId,
    platform: scope === 'workspace' ? null : ('tiktok' as const),
  });
  const isRow = (scope: Scope) => scope !== 'account' && scope !== 'post';
  const pause = async (scope: Scope, workspace = seeded) => {
    const counted = await db.database.run(async (tx) => {
      if (isRow(scope)) await pauses.switchOn(keyOf(scope), { actor: 'test', reason: 'Recall' }, tx);
      if (scope === 'account')
        await db.database.affected(`update account set status = 'paused' where id = $1`, [workspace.accountId], tx);
      if (scope === 'post')
        await db.database.affected(`update post set paused_at = now() where id = $1`, [workspace.postId], tx);
      return hold.execute(whichOf(scope), 'test', tx);
    });
    await hold.latecomers(whichOf(scope), 'test');
    return counted;
  };
  const resume = (scope: Scope) =>
    db.database.run(async (tx) => {
      if (isRow(scope)) await pauses.switchOff(keyOf(scope), tx);
      await db.database.affected(`update account set status = 'active' where id = $1`, [seeded.accountId], tx);
      await db.database.affected(`update post set paused_at = null where id = $1`, [seeded.postId], tx);
      return releases.execute(whichOf(scope), 'test', tx);
    });
  const targetOf = (id: string) =>
    db.database.row<{ status: string; hold_reason: string; version: number; due_at: Date; stale_at: Date }>(
      `select status, hold_reason, version, due_at, stale_at from target where id = $1`,
      [id],
    );
  const fire = async (armed: readonly ArmedRef[]) => firing.markPublishing(await firing.intend(armed));

  it.each(SCOPES)('of the %s hold an armed target before its intent, and let it go again', async (scope) => {
    const id = await seedTarget(db.database, seeded, -10);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
    expect(await pause(scope)).toEqual({ held: 1, tooLate: 0 });
    expect(await fire(armed)).toEqual([]);
    const held = await targetOf(id);
    expect(held).toMatchObject({ status: 'held', hold_reason: 'paused', version: 2 });
    expect(held?.due_at).toEqual(held?.stale_at);
    expect(await db.database.row(`select state from attempt where target_id = $1`, [id])).toEqual({
      state: 'abandoned',
    });
    expect(await db.database.rows(`select 1 from target_lease where target_id = $1`, [id])).toEqual([]);

    expect(await resume(scope)).toEqual({ released: 1, missed: 0 });
    expect(wakeUps.ids).toContain(id);
    const again = await firing.arm(workerId, [{ targetId: id, version: 3 }]);
    expect(await fire(again.armed)).toHaveLength(1);
    const history = await db.database.rows(
      `select seq, to_status, cause, reasons -> 0 ->> 'code' as code from target_event where target_id = $1 order by seq`,
      [id],
    );
    const code = `${scope === 'instance' ? 'platform' : scope}_paused`;
    expect(history.slice(1)).toEqual([
      { seq: 2, to_status: 'held', cause: 'paused', code },
      { seq: 3, to_status: 'scheduled', cause: 'resumed', code: null },
      { seq: 4, to_status: 'publishing', cause: 'due', code: null },
    ]);
  });

  it.each(SCOPES)(
    'of the %s stop what comes due under them: it is not taken up, and held when found',
    async (scope) => {
      await pause(scope);
      const id = await seedTarget(db.database, seeded, -10);
      expect((await firing.arm(workerId, [{ targetId: id, version: 1 }])).armed).toEqual([]);
      expect(await hold.among([id])).toEqual([id]);
      expect(await targetOf(id)).toMatchObject({ status: 'held', hold_reason: 'paused' });
    },
  );

  it('tell what is out already and leave it alone', async () => {
    const id = await seedTarget(db.database, seeded, -10);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
    expect(await fire(armed)).toHaveLength(1);
    expect(await pause('workspace')).toEqual({ held: 0, tooLate: 1 });
    expect(await targetOf(id)).toMatchObject({ status: 'publishing' });
  });

  it('leave other workspaces, platforms and posts alone', async () => {
    const other = await seedWorkspace(db.database);
    const theirs = await seedTarget(db.database, other, -10);
    const reels = await seedWorkspace(db.database, 'reels');
    const elsewhere = await seedTarget(db.database, reels, -10);
    await pause('workspace');
    expect(await targetOf(theirs)).toMatchObject({ status: 'scheduled' });
    await pause('instance');
    expect(await targetOf(theirs)).toMatchObject({ status: 'held' });
    expect(await targetOf(elsewhere)).toMatchObject({ status: 'scheduled' });
  });

  it('let nothing go while another one stops it', async () => {
    const id = await seedTarget(db.database, seeded, -10);
    await pause('workspace');
    await pause('instance');
    expect(await resume('workspace')).toEqual({ released: 0, missed: 0 });
    expect(await resume('instance')).toEqual({ released: 1, missed: 0 });
    expect(await targetOf(id)).toMatchObject({ status: 'scheduled' });
  });

  it('let what got stale under them be missed, and told', async () => {
    const id = await seedTarget(db.database, seeded, -10);
    await pause('workspace');
    await db.database.affected(`update target set stale_at = clock_timestamp() where id = $1`, [id]);
    expect(await resume('workspace')).toEqual({ released: 0, missed: 1 });
    expect(await targetOf(id)).toMatchObject({ status: 'missed' });
    const told = await db.database.rows(`select type from event where subject_id = $1`, [id]);
    expect(told).toEqual([{ type: 'post.missed' }]);
  });

  it('keep the promised time of what is not due yet', async () => {
    const id = await seedTarget(db.database, seeded, 20_000);
    const before = (await targetOf(id))?.due_at;
    await pause('workspace');
    expect(await targetOf(id)).toMatchObject({ status: 'held' });
    await resume('workspace');
    expect((await targetOf(id))?.due_at).toEqual(before);
  });

  it('are found off by the sweep wherever they were switched', async () => {
    const id = await seedTarget(db.database, seeded, -10);
    await pause('account');
    expect(await releases.runOnce()).toBe(0);
    await db.database.affected(`update account set status = 'active' where id = $1`, [seeded.accountId]);
    expect(await releases.runOnce()).toBe(1);
    expect(await targetOf(id)).toMatchObject({ status: 'scheduled' });
  });

  it('are listed, and doing it twice keeps the first reason', async () => {
    for (const scope of SCOPES) await pause(scope);
    await db.database.run((tx) => pauses.switchOn(keyOf('workspace'), { actor: 'b', reason: 'Again' }, tx));
    const standing = await pauses.standing(seeded.workspaceId, { limit: 10 });
    expect(standing.map(({ scope, instanceWide }) => `${scope} ${instanceWide}`).toSorted()).toEqual([
      ...['account false', 'platform false', 'platform true', 'post false', 'workspace false'],
    ]);
    expect(standing.find(({ scope }) => scope === 'workspace')).toMatchObject({ reason: 'Recall', actor: 'test' });
    const { workspaceId } = await seedWorkspace(db.database);
    const ofAll = standing.filter(({ instanceWide }) => instanceWide);
    expect(await pauses.standing(workspaceId, { limit: 10 })).toEqual(ofAll);
  });

  it.each(SCOPES)('of the %s and the firing never both win, in any order of arrival', async (scope) => {
    // A post has one open attempt on an account at a time.
    const perRound = scope === 'post' ? 1 : 8;
    const seen = { published: 0, held: 0 };
    for (let round = 0; round < 15; round += 1) {
      await db.database.affected(`delete from pause`);
      seeded = await seedWorkspace(db.database);
      const ids = await Promise.all(
        Array.from({ length: perRound }, async () => {
          const postId = newId();
          await db.database.affected(
            `insert into post (id, workspace_id, kind, caption) values ($1, $2, 'one_shot', 'Hi')`,
            [postId, seeded.workspaceId],
          );
          return seedTarget(db.database, scope === 'post' ? seeded : { ...seeded, postId }, -10);
        }),
      );
      const { armed } = await firing.arm(
        workerId,
        ids.map((targetId) => ({ targetId, version: 1 })),
      );
      const half = Math.ceil(armed.length / 2);
      const paused = pause(scope);
      // Racing decides most rounds; in every fifth the switch is there first.
      if (round % 5 === 4) await paused;
      const [, first, second] = await Promise.all([
        paused,
        fire(armed.slice(0, half)),
        delayed(round % 5).then(() => fire(armed.slice(half))),
      ]);
      const started = new Set([...first, ...second].map(({ targetId }) => targetId));
      const after = await fire(armed);
      expect(after.filter(({ targetId }) => !started.has(targetId))).toEqual([]);
      for (const id of ids) {
        const status = (await targetOf(id))?.status;
        expect(status).toBe(started.has(id) ? 'publishing' : 'held');
        seen[started.has(id) ? 'published' : 'held'] += 1;
      }
      const rows = await db.database.rows(
        `select 1 from target_event where target_id = any($1::uuid[]) group by target_id having count(*) <> max(seq)`,
        [ids],
      );
      expect(rows).toEqual([]);
    }
    expect(seen.held).toBeGreaterThan(0);
  });
});

const delayed = (turns: number): Promise<void> =>
  turns === 0 ? Promise.resolve() : new Promise((resolve) => setImmediate(() => void delayed(turns - 1).then(resolve)));
