import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { AccountTrouble } from '../../src/accounts/index.js';
import type { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { newId } from '../../src/kernel/ids.js';
import { TIKTOK_ABSENCE } from '../../src/platforms/adapters/tiktok/tiktok.capabilities.js';
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
import { createTestDatabase, type TestDatabase } from './postgres.js';
import { attemptQuotas } from './quotas.js';
import { seedTarget, seedWorkspace, type SeededWorkspace } from './rows.js';

/** What a test of notices may change, and what it finds changed. */
interface NoticeWorld {
  seeded: SeededWorkspace;
  now: Date;
  /** What effects of a settlement end with. */
  fault: Error | undefined;
  /** Accounts that were told to need a new consent. */
  readonly lost: string[];
}

/** For each test of the suite that calls it: a workspace with a TikTok account, and TikTok that tells things. */
export const whileTikTokTells = () => {
  const world = { now: new Date(), fault: undefined, lost: [] as string[] } as unknown as NoticeWorld;
  let db: TestDatabase;
  let firing: FiringRepository;
  let inbox: NoticeInboxRepository;
  let apply: ApplyNotices;
  let workerId: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    const { database } = db;
    firing = new FiringRepository(database, attemptQuotas(database));
    inbox = new NoticeInboxRepository(database);
    const store = new TargetStoreRepository(database, attemptQuotas(database));
    const journal = new AttemptJournalRepository(database, {} as SecretBox);
    const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
    const engine = new Engine({ now: () => world.now }, settings);
    const effects = {
      executeAll: () => (world.fault ? Promise.reject(world.fault) : Promise.resolve()),
    } as unknown as RunEffects;
    const settle = new SettleTarget(database, store, journal, { plan: () => Promise.resolve() }, effects, engine);
    const platforms = { get: () => ({ absenceRule: TIKTOK_ABSENCE }) } as unknown as PlatformRegistry;
    const needsReconnect = (accountId: string): Promise<void> => Promise.resolve(void world.lost.push(accountId));
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
    world.now = new Date();
    world.fault = undefined;
    world.lost.length = 0;
    world.seeded = await seedWorkspace(db.database);
  });

  /** A target whose call was made: its attempt as the worker or the takeover left it. */
  const attempted = async (state: string, status = 'publishing'): Promise<ArmedRef & { handle: string }> => {
    const id = await seedTarget(db.database, world.seeded, -10);
    const [ref] = await firing.markPublishing(await firing.intend(await arm(id)));
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
  /** Takes a target up, as the worker that is to call for it. */
  const arm = async (targetId: string, version = 1) => (await firing.arm(workerId, [{ targetId, version }])).armed;
  const database = () => db.database;
  return {
    world,
    attempted,
    rowsOf,
    about,
    tell,
    hurry,
    verdictOf,
    arm,
    database,
    firing: () => firing,
    apply: () => apply,
  };
};
