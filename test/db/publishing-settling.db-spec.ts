import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { newId } from '../../src/kernel/ids.js';
import { ApplyDecision } from '../../src/publishing/application/rerouting/apply-decision.js';
import type { CreateReplacement } from '../../src/publishing/application/rerouting/create-replacement.js';
import { CancelTargets } from '../../src/publishing/application/targets/cancel-targets.js';
import { Engine } from '../../src/publishing/application/engine.js';
import { RetryTargets } from '../../src/publishing/application/targets/retry-targets.js';
import type { AskApproval } from '../../src/publishing/application/approvals/ask-approval.js';
import type { RunEffects } from '../../src/publishing/application/firing/run-effects.js';
import { SettleTarget } from '../../src/publishing/application/firing/settle-target.js';
import { settleCommit } from '../../src/publishing/domain/firing/outcome.policy.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import type { WakeUps } from '../../src/publishing/domain/targets/target-store.port.js';
import { AttemptJournalRepository } from '../../src/publishing/infrastructure/firing/attempt-journal.repository.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { TargetReaderRepository } from '../../src/publishing/infrastructure/targets/target-reader.repository.js';
import type { SettleHandOff } from '../../src/publishing/application/hand-off/settle-hand-off.js';
import type { HandOffs } from '../../src/publishing/domain/hand-off/hand-offs.port.js';
import { TargetStoreRepository } from '../../src/publishing/infrastructure/targets/target-store.repository.js';
import { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import { attemptQuotas } from '../support/quotas.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

const NO_HAND_OFFS = { openOf: () => Promise.resolve(undefined) } as unknown as HandOffs;

describe('settling and hands', () => {
  let db: TestDatabase;
  let firing: FiringRepository;
  let store: TargetStoreRepository;
  let journal: AttemptJournalRepository;
  let reader: TargetReaderRepository;
  let engine: Engine;
  let settle: SettleTarget;
  let seeded: SeededWorkspace;
  let workerId: string;
  const wakeUps: WakeUps = { plan: () => Promise.resolve() };
  const events = { append: () => Promise.resolve() };

  beforeAll(async () => {
    db = await createTestDatabase();
    firing = new FiringRepository(db.database, attemptQuotas(db.database));
    store = new TargetStoreRepository(db.database, attemptQuotas(db.database));
    journal = new AttemptJournalRepository(db.database, {} as SecretBox);
    reader = new TargetReaderRepository(db.database);
    const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
    engine = new Engine({ now: () => new Date() }, settings);
    const effects = { executeAll: () => Promise.resolve() } as unknown as RunEffects;
    settle = new SettleTarget(db.database, store, journal, wakeUps, effects, engine);
    workerId = newId();
    await db.database.affected(`insert into worker (id) values ($1)`, [workerId]);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    seeded = await seedWorkspace(db.database);
  });

  const statusOf = async (id: string) =>
    (await db.database.row<{ status: string }>(`select status from target where id = $1`, [id]))?.status;
  const publishing = async (): Promise<ArmedRef> => {
    const id = await seedTarget(db.database, seeded, -10);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
    const [ref] = await firing.markPublishing(await firing.intend(armed));
    if (!ref) throw new Error('The target does not publish.');
    return ref;
  };
  const publishedAs = (ref: ArmedRef, platformPostId: string) =>
    settle.execute({
      targetId: ref.targetId,
      attemptId: ref.attemptId,
      actor: 'test',
      decide: (target, _attempt, context) => settleCommit(target, { kind: 'published', platformPostId }, context),
    });
  /** A target whose doubt a person must end, its attempt still open. */
  const undecided = async (): Promise<ArmedRef> => {
    const ref = await publishing();
    await db.database.affected(`update attempt set state = 'unknown' where id = $1`, [ref.attemptId]);
    await db.database.affected(`update target set status = 'needs_decision' where id = $1`, [ref.targetId]);
    return ref;
  };

  it('never counts one live post for two targets: the second comes into doubt, then to a person', async () => {
    const first = await publishing();
    await publishedAs(first, 'post-1');
    const second = await publishing();
    await publishedAs(second, 'post-1');
    expect(await statusOf(second.targetId)).toBe('unconfirmed');
    await publishedAs(second, 'post-1');
    expect(await statusOf(second.targetId)).toBe('needs_decision');
    const events = await db.database.rows<{ seq: number }>(
      `select seq from target_event where target_id = $1 order by seq`,
      [second.targetId],
    );
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
  });

  it('keeps what the platform answered with its attempt, and nothing where it said nothing', async () => {
    const answer = { httpStatus: 503, platformCode: 'internal_error', requestId: 'log-1', detail: 'try\0 later' };
    const settled = (ref: ArmedRef, said: object) =>
      settle.execute({
        targetId: ref.targetId,
        attemptId: ref.attemptId,
        actor: 'test',
        decide: (target, _attempt, context) => settleCommit(target, { kind: 'unavailable', ...said }, context),
      });
    const told = await publishing();
    await settled(told, answer);
    const silent = await publishing();
    await settled(silent, {});
    const shown = async (ref: ArmedRef) => (await reader.attempts(seeded.workspaceId, ref.targetId))[0];
    expect(await shown(told)).toMatchObject({
      ...{ state: 'unavailable', httpStatus: 503, platformCode: 'internal_error' },
      ...{ requestId: 'log-1', answerDetail: 'try later' },
    });
    expect(await shown(silent)).toMatchObject({ state: 'unavailable', httpStatus: null, requestId: null });
  });

  it('lets a person give up a target that needs a decision, which frees the account for the next run', async () => {
    const ref = await undecided();
    const cancel = new CancelTargets(store, reader, journal, events, NO_HAND_OFFS, {} as SettleHandOff);
    const { workspaceId } = seeded;
    await db.database.run((tx) => cancel.execute({ workspaceId, targetIds: [ref.targetId], actor: 'test' }, tx));
    expect(await statusOf(ref.targetId)).toBe('cancelled');
    const next = await seedTarget(db.database, seeded, -10);
    expect((await firing.arm(workerId, [{ targetId: next, version: 1 }])).armed).toHaveLength(1);
  });

  it('cancels a held target', async () => {
    const id = await seedTarget(db.database, seeded, 60_000);
    await db.database.affected(
      `update target set status = 'held', hold_reason = 'platform', hold_until = stale_at, version = 2 where id = $1`,
      [id],
    );
    const cancel = new CancelTargets(store, reader, journal, events, NO_HAND_OFFS, {} as SettleHandOff);
    const { workspaceId } = seeded;
    await db.database.run((tx) => cancel.execute({ workspaceId, targetIds: [id], actor: 'test' }, tx));
    expect(await statusOf(id)).toBe('cancelled');
  });

  it('refuses a retry where the account carries the run already, and says so', async () => {
    const failed = await seedTarget(db.database, seeded, -10);
    await db.database.affected(`update target set status = 'failed' where id = $1`, [failed]);
    const other = await seedTarget(db.database, seeded, 60_000);
    await db.database.affected(
      `update target set occurrence_id = (select occurrence_id from target where id = $2) where id = $1`,
      [other, failed],
    );
    const retry = new RetryTargets(store, reader, wakeUps, engine, events, {} as AskApproval);
    const { workspaceId, postId } = seeded;
    await expect(
      db.database.run((tx) => retry.execute({ workspaceId, postId, actor: 'test' }, tx)),
    ).rejects.toMatchObject({ code: 'target.account_taken' });
  });

  it('releases a target held ahead of its time not before the promised instant', async () => {
    const id = await seedTarget(db.database, seeded, 20_000);
    await db.database.affected(
      `update target set status = 'held', hold_reason = 'earlier_occurrence', hold_until = stale_at where id = $1`,
      [id],
    );
    const apply = new ApplyDecision(db.database, store, wakeUps, {} as CreateReplacement, events, engine);
    expect(await apply.execute({ targetId: id, version: 1 }, { kind: 'publish', reasons: [] })).toBe(true);
    const row = await db.database.row(
      `select status, due_at = date_trunc('milliseconds', scheduled_at) as kept from target where id = $1`,
      [id],
    );
    expect(row).toEqual({ status: 'scheduled', kept: true });
  });
});
