import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AccountTrouble } from '../../src/accounts/index.js';
import type { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import { TIKTOK_ABSENCE } from '../../src/platforms/adapters/tiktok/tiktok.capabilities.js';
import { TIKTOK_FAIL_REASONS } from '../../src/platforms/adapters/tiktok/tiktok.errors.map.js';
import { failed } from '../../src/platforms/adapters/tiktok/tiktok.reading.js';
import type { PlatformNotice } from '../../src/platforms/domain/platform-webhook.js';
import type { PlatformRegistry } from '../../src/platforms/index.js';
import { ApplyNotices } from '../../src/publishing/application/notices/apply-notices.js';
import { ApplyPostNotice } from '../../src/publishing/application/notices/apply-post-notice.js';
import { Engine } from '../../src/publishing/application/engine.js';
import { LoseConsent } from '../../src/publishing/application/targets/lose-consent.js';
import type { RunEffects } from '../../src/publishing/application/firing/run-effects.js';
import { SettleTarget } from '../../src/publishing/application/firing/settle-target.js';
import { MakeWay } from '../../src/publishing/application/reconcile/make-way.js';
import { ReportSecondCopy } from '../../src/publishing/application/reconcile/report-second-copy.js';
import { TellGone } from '../../src/publishing/application/targets/tell-gone.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { AttemptJournalRepository } from '../../src/publishing/infrastructure/firing/attempt-journal.repository.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { NoticeInboxRepository } from '../../src/publishing/infrastructure/notices/notice-inbox.repository.js';
import { SecondCopiesRepository } from '../../src/publishing/infrastructure/reconcile/second-copies.repository.js';
import { TargetStoreRepository } from '../../src/publishing/infrastructure/targets/target-store.repository.js';
import { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { attemptQuotas } from '../support/quotas.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from '../support/rows.js';

describe('what TikTok tells by itself', () => {
  let db: TestDatabase;
  let firing: FiringRepository;
  let inbox: NoticeInboxRepository;
  let apply: ApplyNotices;
  let seeded: SeededWorkspace;
  let workerId: string;
  let now: Date;
  let fault: Error | undefined;
  const lost: string[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    const { database } = db;
    firing = new FiringRepository(database, attemptQuotas(database));
    inbox = new NoticeInboxRepository(database);
    const store = new TargetStoreRepository(database, attemptQuotas(database));
    const journal = new AttemptJournalRepository(database, {} as SecretBox);
    const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
    const engine = new Engine({ now: () => now }, settings);
    const effects = {
      executeAll: () => (fault ? Promise.reject(fault) : Promise.resolve()),
    } as unknown as RunEffects;
    const settle = new SettleTarget(database, store, journal, { plan: () => Promise.resolve() }, effects, engine);
    const platforms = { get: () => ({ absenceRule: TIKTOK_ABSENCE }) } as unknown as PlatformRegistry;
    const needsReconnect = (accountId: string): Promise<void> => Promise.resolve(void lost.push(accountId));
    apply = new ApplyNotices(
      inbox,
      new ApplyPostNotice(
        inbox,
        platforms,
        settle,
        new MakeWay(inbox, store, journal),
        new ReportSecondCopy(database, store, new SecondCopiesRepository(database), new EventOutbox(database)),
      ),
      new TellGone(database, inbox, store, new EventOutbox(database)),
      new LoseConsent(database, inbox, { needsReconnect } as unknown as AccountTrouble),
      engine,
    );
    workerId = newId();
    await database.affected(`insert into worker (id) values ($1)`, [workerId]);
  });
  afterAll(() => db.drop());
  beforeEach(async () => {
    now = new Date();
    fault = undefined;
    lost.length = 0;
    seeded = await seedWorkspace(db.database);
  });

  /** A target whose call was made: its attempt as the worker or the takeover left it. */
  const attempted = async (state: string, status = 'publishing'): Promise<ArmedRef & { handle: string }> => {
    const id = await seedTarget(db.database, seeded, -10);
    const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
    const [ref] = await firing.markPublishing(await firing.intend(armed));
    if (!ref) throw new Error('The target does not publish.');
    const handle = `v_pub_file~${newId()}`;
    await db.database.affected(
      `update attempt set state = $2, handle = $3, commit_started_at = now() - interval '1 hour',
              call_deadline_at = now() - interval '50 minutes', outcome_at = now() - interval '50 minutes' where id = $1`,
      [ref.attemptId, state, handle],
    );
    await db.database.affected(
      `update target set status = $2, next_check_at = now() + interval '1 day' where id = $1`,
      [id, status],
    );
    return { ...ref, handle };
  };
  /** The same run on the same account once more, as failback plans it. */
  const seedCatchUp = async (originId: string): Promise<string> => {
    const id = newId();
    await db.database.affected(
      `insert into target (id, workspace_id, post_id, occurrence_id, account_id, platform, role, root_id, status,
              scheduled_at, due_at, local_time, zone, stale_at, content, content_hash, media_id)
       select $2, workspace_id, post_id, occurrence_id, account_id, platform, 'catch_up', id, 'scheduled',
              scheduled_at, due_at, local_time, zone, stale_at, content, content_hash, media_id
         from target where id = $1`,
      [originId, id],
    );
    return id;
  };
  const rowsOf = (ref: ArmedRef) =>
    db.database.row(
      `select t.status, t.platform_post_id as id, a.state from target t join attempt a on a.id = $2 where t.id = $1`,
      [ref.targetId, ref.attemptId],
    );
  const about = () => ({ key: newId(), externalId: 'open-1', at: new Date() });
  const tell = async (notice: PlatformNotice, times = 1): Promise<void> => {
    for (let n = 0; n < times; n += 1) await inbox.store('tiktok', [notice]);
    await hurry();
    await apply.runOnce();
  };
  /** Postponed notices are looked at now. */
  const hurry = () => db.database.affected(`update platform_notice set next_try_at = now() where verdict is null`);
  const verdictOf = async (notice: PlatformNotice) =>
    (await db.database.row<{ verdict: string }>(`select verdict from platform_notice where key = $1`, [notice.key]))
      ?.verdict;

  it('confirms an accepted post, and adopts one in doubt', async () => {
    const accepted = await attempted('processing');
    await tell({ ...about(), kind: 'published', handle: accepted.handle });
    expect(await rowsOf(accepted)).toEqual({ status: 'published', id: null, state: 'published' });
    const doubtful = await attempted('unknown', 'unconfirmed');
    await tell({ ...about(), kind: 'available', handle: doubtful.handle, platformPostId: '7460000000000000999' });
    expect(await rowsOf(doubtful)).toEqual({ status: 'published', id: '7460000000000000999', state: 'adopted' });
  });

  it('applies repetitions once and any order to the same end', async () => {
    const ref = await attempted('processing');
    const published: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    await tell({ ...about(), kind: 'available', handle: ref.handle, platformPostId: '7460000000000000111' }, 2);
    await tell(published, 2);
    await tell({ ...about(), kind: 'available', handle: ref.handle, platformPostId: '7460000000000000111' });
    expect(await rowsOf(ref)).toEqual({ status: 'published', id: '7460000000000000111', state: 'published' });
    expect(await verdictOf(published)).toBe('ignored');
    const moves = await db.database.rows(
      `select 1 from target_event where target_id = $1 and to_status = 'published'`,
      [ref.targetId],
    );
    expect(moves).toHaveLength(1);
  });

  it('keeps an event that outran our own row, and drops it after three days', async () => {
    const ref = await attempted('processing');
    const early: PlatformNotice = { ...about(), kind: 'published', handle: 'not-saved-yet' };
    const stray: PlatformNotice = { ...about(), kind: 'published', handle: 'of-nobody' };
    await tell(stray);
    await tell(early);
    expect(await verdictOf(early)).toBeNull();
    await db.database.affected(`update attempt set handle = 'not-saved-yet' where id = $1`, [ref.attemptId]);
    now = new Date(Date.now() + 73 * 3_600_000);
    await hurry();
    await apply.runOnce();
    expect(await rowsOf(ref)).toMatchObject({ status: 'published' });
    expect([await verdictOf(early), await verdictOf(stray)]).toEqual(['applied', 'expired']);
  });

  it('leaves a call that still runs to its worker', async () => {
    const ref = await attempted('intended');
    const notice: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    await tell(notice);
    expect(await rowsOf(ref)).toMatchObject({ status: 'publishing', state: 'intended' });
    await db.database.affected(`update attempt set state = 'processing' where id = $1`, [ref.attemptId]);
    await hurry();
    await apply.runOnce();
    expect(await rowsOf(ref)).toMatchObject({ status: 'published', state: 'published' });
  });

  it.each([...TIKTOK_FAIL_REASONS, ['never_documented', undefined] as const])(
    '%s settles by its row',
    async (reason, row) => {
      const ref = await attempted('processing');
      await tell({ ...about(), kind: 'failed', handle: ref.handle, reason, outcome: failed(reason, now) });
      const resent = { status: 'scheduled', state: 'disproved' };
      expect(await rowsOf(ref)).toMatchObject(row === 'absent' ? resent : { status: 'failed', state: 'rejected' });
    },
  );

  it('stops the second try of a post that is live after all', async () => {
    const ref = await attempted('disproved', 'scheduled');
    await db.database.affected(`update target set version = 2, due_at = now() + interval '1 minute' where id = $1`, [
      ref.targetId,
    ]);
    const { armed } = await firing.arm(workerId, [{ targetId: ref.targetId, version: 2 }]);
    await tell({ ...about(), kind: 'published', handle: ref.handle });
    expect(await rowsOf(ref)).toMatchObject({ status: 'published', state: 'adopted' });
    expect(await firing.intend(armed)).toEqual([]);
  });

  it('leaves no trace of a look that failed in the middle, and settles at the next', async () => {
    const ref = await attempted('disproved');
    await db.database.affected(
      `update target set status = 'held', hold_reason = 'platform', hold_until = now(), version = 2 where id = $1`,
      [ref.targetId],
    );
    fault = new Error('the database went away');
    await tell({ ...about(), kind: 'published', handle: ref.handle });
    fault = undefined;
    await hurry();
    await apply.runOnce();
    expect(await rowsOf(ref)).toMatchObject({ status: 'published', state: 'adopted' });
  });

  it('gives a notice up that fails for three days', async () => {
    const ref = await attempted('processing');
    const notice: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    fault = new Error('a bug of ours');
    await tell(notice);
    expect(await verdictOf(notice)).toBeNull();
    now = new Date(Date.now() + 73 * 3_600_000);
    await hurry();
    await apply.runOnce();
    expect(await verdictOf(notice)).toBe('expired');
  });

  it('takes back the catch-up of a run that is live after all', async () => {
    const ref = await attempted('disproved', 'rerouted');
    const catchUp = await seedCatchUp(ref.targetId);
    const { armed } = await firing.arm(workerId, [{ targetId: catchUp, version: 1 }]);
    const notice: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    await tell(notice);
    expect(await rowsOf(ref)).toMatchObject({ status: 'published', state: 'adopted' });
    expect(await firing.intend(armed)).toEqual([]);
    expect(await db.database.row(`select status from target where id = $1`, [catchUp])).toEqual({
      status: 'cancelled',
    });
    expect(await verdictOf(notice)).toBe('applied');
  });

  it('waits for the catch-up whose call runs, and gives up after three days', async () => {
    const ref = await attempted('disproved', 'rerouted');
    const { armed } = await firing.arm(workerId, [{ targetId: await seedCatchUp(ref.targetId), version: 1 }]);
    await firing.markPublishing(await firing.intend(armed));
    const notice: PlatformNotice = { ...about(), kind: 'published', handle: ref.handle };
    await tell(notice);
    expect(await verdictOf(notice)).toBeNull();
    now = new Date(Date.now() + 73 * 3_600_000);
    await hurry();
    await apply.runOnce();
    expect(await verdictOf(notice)).toBe('expired');
    expect(await rowsOf(ref)).toMatchObject({ status: 'rerouted', state: 'disproved' });
  });

  const duplicatesOf = (ref: ArmedRef) =>
    db.database.rows<{ id: string | null }>(
      `select platform_post_id as id from target_duplicate where target_id = $1 and attempt_id = $2`,
      [ref.targetId, ref.attemptId],
    );
  it('reports the first copy when it proves live beside the second, once, and learns its id later', async () => {
    const ref = await attempted('disproved', 'publishing');
    await db.database.affected(
      `update target set status = 'published', platform_handle = 'of the second try', platform_post_id = $2 where id = $1`,
      [ref.targetId, newId()],
    );
    await tell({ ...about(), kind: 'published', handle: ref.handle }, 2);
    await tell({ ...about(), kind: 'available', handle: ref.handle, platformPostId: '7460000000000000333' });
    expect(await duplicatesOf(ref)).toEqual([{ id: '7460000000000000333' }]);
  });

  it('knows a post that a person named by its id, whatever the handle', async () => {
    const ref = await attempted('adopted', 'publishing');
    const postId = '7460000000000000444';
    await db.database.affected(
      `update target set status = 'published', platform_handle = 'link:x', platform_post_id = $2 where id = $1`,
      [ref.targetId, postId],
    );
    const identity = await db.database.row<{ external_id: string }>(
      `select i.external_id from account a join platform_identity i on i.id = a.identity_id where a.id = $1`,
      [seeded.accountId],
    );
    const of = { ...about(), externalId: identity?.external_id ?? '', handle: 'never seen', platformPostId: postId };
    const gone: PlatformNotice = { ...of, kind: 'gone' };
    await tell(gone);
    expect(await verdictOf(gone)).toBe('applied');
    const available: PlatformNotice = { ...of, key: newId(), kind: 'available' };
    await tell(available);
    expect(await verdictOf(available)).toBe('ignored');
    expect(await duplicatesOf(ref)).toEqual([]);
  });

  it('tells once that a live post is gone, and only when it was known to be live', async () => {
    const ref = await attempted('processing');
    const gone: PlatformNotice = {
      ...about(),
      kind: 'gone',
      handle: ref.handle,
      platformPostId: '7460000000000000222',
    };
    await tell(gone);
    expect(await verdictOf(gone)).toBeNull();
    await tell({ ...about(), kind: 'published', handle: ref.handle });
    await hurry();
    await apply.runOnce();
    await tell(gone);
    const events = await db.database.rows(`select 1 from event where type = 'post.gone' and subject_id = $1`, [
      ref.targetId,
    ]);
    expect(events).toHaveLength(1);
    expect(await rowsOf(ref)).toMatchObject({ status: 'published' });
  });

  it('does not call a post gone that another publish of its target made', async () => {
    const ref = await attempted('processing');
    await tell({ ...about(), kind: 'published', handle: ref.handle });
    await db.database.affected(`update target set platform_handle = 'of the second try' where id = $1`, [ref.targetId]);
    const gone: PlatformNotice = { ...about(), kind: 'gone', handle: ref.handle, platformPostId: '746' };
    await tell(gone);
    expect(await db.database.rows(`select 1 from event where subject_id = $1`, [ref.targetId])).toEqual([]);
    expect(await verdictOf(gone)).toBe('ignored');
  });

  it('takes the account of a lost consent out, unless it was connected again since', async () => {
    const identity = await db.database.row<{ external_id: string }>(
      `select i.external_id from account a join platform_identity i on i.id = a.identity_id where a.id = $1`,
      [seeded.accountId],
    );
    const externalId = identity?.external_id ?? '';
    const lostConsent = (at: Date): PlatformNotice => ({
      ...about(),
      externalId,
      at,
      kind: 'consent_lost',
      reason: 'user_disconnected',
    });
    await tell(lostConsent(new Date(Date.now() - 60_000)));
    expect(lost).toEqual([seeded.accountId]);
    const { accountId } = seeded;
    const payload = { accountId, platform: 'tiktok', region: 'us', displayName: 'A', status: 'active' };
    await db.database.run((tx) =>
      new EventOutbox(db.database).append(
        [{ workspaceId: seeded.workspaceId, type: 'account.connected', subjectId: seeded.accountId, payload }],
        tx,
      ),
    );
    await tell(lostConsent(new Date(Date.now() - 30_000)));
    expect(lost).toEqual([seeded.accountId]);
  });
});
