import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import { AskApproval } from '../../src/publishing/application/approvals/ask-approval.js';
import { DecideApprovals } from '../../src/publishing/application/approvals/decide-approvals.js';
import { ExpireApprovals } from '../../src/publishing/application/approvals/expire-approvals.js';
import { WriteVerdicts } from '../../src/publishing/application/approvals/write-verdicts.js';
import { Engine } from '../../src/publishing/application/engine.js';
import type { Verdict } from '../../src/publishing/domain/approvals/verdict.policy.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import { retriedByHand } from '../../src/publishing/domain/targets/by-hand.policy.js';
import { ApprovalsRepository } from '../../src/publishing/infrastructure/approvals/approvals.repository.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { WaitingTargetsRepository } from '../../src/publishing/infrastructure/rerouting/waiting-targets.repository.js';
import { TargetStoreRepository } from '../../src/publishing/infrastructure/targets/target-store.repository.js';
import { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { attemptQuotas } from '../support/quotas.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

describe('approvals', () => {
  let db: TestDatabase;
  let firing: FiringRepository;
  let store: TargetStoreRepository;
  let ask: AskApproval;
  let decide: DecideApprovals;
  let expire: ExpireApprovals;
  let seeded: SeededWorkspace;
  let workerId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    const { database } = db;
    const quotas = attemptQuotas(database);
    const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
    const engine = new Engine({ now: () => new Date() }, settings);
    const events = new EventOutbox(database);
    const wakeUps = { plan: () => Promise.resolve() };
    const approvals = new ApprovalsRepository(database);
    firing = new FiringRepository(database, quotas);
    store = new TargetStoreRepository(database, quotas);
    ask = new AskApproval(approvals, store, events, engine);
    decide = new DecideApprovals(store, approvals, new WriteVerdicts(store, approvals, wakeUps, events, engine));
    expire = new ExpireApprovals(database, approvals, store, events, engine);
    workerId = newId();
    await database.affected(`insert into worker (id) values ($1)`, [workerId]);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    await db.database.affected(`update attempt set state = 'abandoned'`);
    seeded = await seedWorkspace(db.database);
    await rule('hold');
  });

  const rule = (onDeadline: string) =>
    db.database.affected(
      `insert into approval_rule (id, workspace_id, needs_approval, on_deadline) values ($1, $2, true, $3)
       on conflict (workspace_id, account_id) do update set on_deadline = excluded.on_deadline`,
      [newId(), seeded.workspaceId, onDeadline],
    );
  const rowOf = async (id: string) => {
    const sql = `select status, hold_reason, approval, version, due_at, hold_until, stale_at, scheduled_at from target where id = $1`;
    return (
      (await db.database.row<Record<string, unknown> & { version: number; hold_until: Date }>(sql, [id])) ?? {
        version: 0,
        hold_until: new Date(),
      }
    );
  };
  /** A target that waits for its approval. @param dueInMs negative: its time has passed */
  const waiting = async (dueInMs = -10) => {
    const id = await seedTarget(db.database, seeded, dueInMs);
    await db.database.run(async (tx) => {
      const target = await store.lock(id, tx);
      if (target) await ask.again([target], 'test', tx);
    });
    return id;
  };
  const say = (verdict: Verdict, targetId: string, contentHash?: string) =>
    db.database.runPatiently((tx) =>
      decide.execute(
        {
          workspaceId: seeded.workspaceId,
          ...{ verdict, actor: 'member:1' },
          items: [{ targetId, ...(contentHash === undefined ? {} : { contentHash }) }],
        },
        tx,
      ),
    );
  const approved = async () => {
    const id = await waiting();
    await say('approve', id);
    return id;
  };
  /** Everything a worker does for the version that is current. @returns whether the call may begin */
  const fire = async (id: string): Promise<boolean> => {
    const { version } = await rowOf(id);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version }]);
    return (await firing.markPublishing(await firing.intend(armed))).length === 1;
  };

  it('hold what waits for them: no worker takes it up, routing leaves it alone', async () => {
    const id = await waiting();
    expect(await rowOf(id)).toMatchObject({ status: 'held', hold_reason: 'approval', approval: 'waiting' });
    expect(await fire(id)).toBe(false);
    await db.database.affected(`update target set due_at = now() where id = $1`, [id]);
    const asked = await new WaitingTargetsRepository(db.database).held([{ platform: 'tiktok', region: 'us' }], 1000);
    expect(asked.map((target) => target.id)).not.toContain(id);
  });

  it('are needed by the database too: no statement whatever makes an unapproved target go', async () => {
    const id = await waiting();
    for (const status of ['scheduled', 'publishing'])
      await expect(db.database.affected(`update target set status = '${status}' where id = $1`, [id])).rejects.toThrow(
        'unapproved_never_goes',
      );
  });

  it('let a target go at its time, with a history and the words that were approved', async () => {
    const id = await waiting(3_600_000);
    expect((await say('approve', id)).changed).toEqual([id]);
    const row = await rowOf(id);
    expect(row).toMatchObject({ status: 'scheduled', approval: 'given', due_at: row.scheduled_at });
    const history = await db.database.rows(
      `select e.action, e.actor, e.content_hash = t.content_hash as same from approval_entry e
         join target t on t.id = e.target_id where t.id = $1 order by e.at`,
      [id],
    );
    expect(history).toEqual([
      { action: 'requested', actor: 'test', same: true },
      { action: 'given', actor: 'member:1', same: true },
    ]);
    const told = await db.database.rows<{ type: string }>(`select type from event where subject_id = $1 order by id`, [
      id,
    ]);
    expect(told.map(({ type }) => type)).toEqual(['approval.requested', 'approval.given', 'post.scheduled']);
  });

  it('let go at once what they come too late for, where the rule is to hold', async () => {
    const id = await waiting(-60_000);
    await say('approve', id);
    expect(await fire(id)).toBe(true);
  });

  it('are about the words that were looked at', async () => {
    const id = await waiting();
    const { refused } = await say('approve', id, '0'.repeat(64));
    expect(refused[0]?.error).toMatchObject({ code: 'approval.content_changed' });
    expect(await rowOf(id)).toMatchObject({ approval: 'waiting' });
  });

  it('taken back stop a target whose call has not begun, armed or not', async () => {
    const id = await approved();
    const { version } = await rowOf(id);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version }]);
    expect((await say('withdraw', id)).changed).toEqual([id]);
    expect(await firing.markPublishing(await firing.intend(armed))).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ status: 'held', approval: 'waiting' });
    expect(await fire(id)).toBe(false);
  });

  it('cannot be taken back from a call that has begun', async () => {
    const id = await approved();
    expect(await fire(id)).toBe(true);
    const { refused, changed } = await say('withdraw', id);
    expect(changed).toEqual([]);
    expect(refused[0]?.error).toMatchObject({ code: 'target.too_late' });
    expect(await rowOf(id)).toMatchObject({ status: 'publishing', approval: 'given' });
  });

  it('raced by the firing and a withdrawal: a target is published approved, or it is held, never both', async () => {
    const rounds = await Promise.all(
      Array.from({ length: 24 }, async (_, round) => {
        const workspace = await seedWorkspace(db.database);
        const id = await seedTarget(db.database, workspace, -10);
        await db.database.affected(`update target set approval = 'given' where id = $1`, [id]);
        const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
        const wish = {
          workspaceId: workspace.workspaceId,
          verdict: 'withdraw',
          actor: 'm',
          items: [{ targetId: id }],
        } as const;
        const withdraw = () => db.database.runPatiently((tx) => decide.execute(wish, tx));
        const publish = async () => firing.markPublishing(await firing.intend(armed));
        const [one, other] = round % 2 ? [withdraw(), publish()] : [publish(), withdraw()];
        const results = await Promise.all([one, other]);
        const said = results.find((result) => 'changed' in result) as { changed: readonly string[] };
        const fired = results.find((result) => Array.isArray(result)) as readonly unknown[];
        return { isStopped: said.changed.length === 1, isFired: fired.length === 1, ...(await rowOf(id)) };
      }),
    );
    for (const { isStopped, isFired, status, approval } of rounds as Record<string, unknown>[]) {
      expect(isStopped).not.toBe(isFired);
      expect({ status, approval }).toEqual(
        isFired ? { status: 'publishing', approval: 'given' } : { status: 'held', approval: 'waiting' },
      );
    }
  });

  it('raced by each other end in one order, and nothing goes out that is not approved at the end', async () => {
    for (let round = 0; round < 8; round += 1) {
      await db.database.affected(`update attempt set state = 'abandoned'`);
      const id = await waiting();
      const verdicts: Verdict[] = ['approve', 'reject', 'approve', 'withdraw'];
      await Promise.all(verdicts.map((verdict) => say(verdict, id)));
      const { approval, status } = await rowOf(id);
      expect(await fire(id)).toBe(approval === 'given');
      if (approval !== 'given') expect(status).toBe('held');
    }
  });

  it('rejected stay held, and an approver may think again', async () => {
    const id = await waiting();
    await say('reject', id);
    expect(await rowOf(id)).toMatchObject({ status: 'held', approval: 'rejected', hold_reason: 'approval' });
    expect(await fire(id)).toBe(false);
    await say('approve', id);
    expect(await fire(id)).toBe(true);
  });

  it('that come too late by the rule end as missed, and wait again when a person sends it again', async () => {
    await rule('miss');
    const id = await waiting(150);
    expect((await rowOf(id)).hold_until).toEqual((await rowOf(id)).scheduled_at);
    expect(await expire.runOnce()).toBe(0);
    await db.database.affected(`update target set hold_until = now(), due_at = now() where id = $1`, [id]);
    expect(await expire.runOnce()).toBe(1);
    expect(await rowOf(id)).toMatchObject({ status: 'missed', approval: 'waiting' });
    // Any step that would let it go is held by the gate.
    await db.database.run(async (tx) => {
      const target = await store.lock(id, tx);
      if (target) await store.apply({ target, step: retriedByHand(new Date()), cause: { actor: 'test' } }, tx);
    });
    expect(await rowOf(id)).toMatchObject({ status: 'held', hold_reason: 'approval', approval: 'waiting' });
    expect(await fire(id)).toBe(false);
  });

  it('of a target hold for what stands for it; refused there, it does not go out elsewhere', async () => {
    const replacement = (standsFor: string) => ({
      ...{ id: newId(), workspaceId: seeded.workspaceId, accountId: newId(), standsFor },
      ...{ scheduledAt: new Date(), staleAt: new Date(Date.now() + 1000) },
    });
    const judge = (standsFor: string) => db.database.run((tx) => ask.judge([replacement(standsFor) as never], tx));
    const given = await approved();
    expect((await judge(given))[0]?.approval).toEqual({ state: 'given' });
    await db.database.affected(`delete from approval_rule where workspace_id = $1`, [seeded.workspaceId]);
    const refused = await waitingWithoutRule();
    expect((await judge(refused))[0]?.approval).toMatchObject({ state: 'waiting' });
  });

  const waitingWithoutRule = async () => {
    const id = await seedTarget(db.database, seeded, 60_000);
    await db.database.affected(
      `update target set status = 'held', hold_reason = 'approval', hold_until = stale_at, approval = 'rejected' where id = $1`,
      [id],
    );
    return id;
  };

  it('are nobody else’s: another workspace’s target is not found', async () => {
    const id = await waiting();
    const mine = seeded;
    seeded = await seedWorkspace(db.database);
    expect((await say('approve', id)).refused[0]?.error).toMatchObject({ code: 'target.not_found' });
    seeded = mine;
    expect(await rowOf(id)).toMatchObject({ approval: 'waiting' });
  });
});
