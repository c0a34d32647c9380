import type { AccountDirectory } from '../../src/accounts/index.js';
import type { HealthView } from '../../src/health/index.js';
import type { Database } from '../../src/infra/database/database.js';
import { EventOutbox } from '../../src/infra/outbox/event-outbox.js';
import { SecretBox } from '../../src/infra/crypto/secret-box.js';
import { newId } from '../../src/kernel/ids.js';
import { tiktokPostLink } from '../../src/platforms/adapters/tiktok/tiktok.link.js';
import type { AbsenceRule } from '../../src/platforms/domain/platform.port.js';
import type { CheckOutcome, FindOutcome } from '../../src/platforms/domain/publish-outcome.js';
import type { PlatformRegistry } from '../../src/platforms/index.js';
import { Engine } from '../../src/publishing/application/engine.js';
import type { PlatformAccess } from '../../src/publishing/application/firing/platform-access.js';
import type { RunEffects } from '../../src/publishing/application/firing/run-effects.js';
import { SettleTarget } from '../../src/publishing/application/firing/settle-target.js';
import { LookAtPlatform } from '../../src/publishing/application/reconcile/look-at-platform.js';
import { LookBeforeSend } from '../../src/publishing/application/reconcile/look-before-send.js';
import { MakeWay } from '../../src/publishing/application/reconcile/make-way.js';
import { ReconcileTargets } from '../../src/publishing/application/reconcile/reconcile-targets.js';
import { ReportSecondCopy } from '../../src/publishing/application/reconcile/report-second-copy.js';
import { ResolveTarget } from '../../src/publishing/application/reconcile/resolve-target.js';
import { SecondLooks } from '../../src/publishing/application/reconcile/second-looks.js';
import { SettleOverdue } from '../../src/publishing/application/reconcile/settle-overdue.js';
import { WriteWord } from '../../src/publishing/application/reconcile/write-word.js';
import type { ApplyDecision } from '../../src/publishing/application/rerouting/apply-decision.js';
import type { DecideTargets } from '../../src/publishing/application/rerouting/decide-targets.js';
import { publishingTiming } from '../../src/publishing/domain/publishing-timing.js';
import type { ArmedRef } from '../../src/publishing/domain/targets/target-record.js';
import { AttemptJournalRepository } from '../../src/publishing/infrastructure/firing/attempt-journal.repository.js';
import { FiringRepository } from '../../src/publishing/infrastructure/firing/firing.repository.js';
import { HandOffsRepository } from '../../src/publishing/infrastructure/hand-off/hand-offs.repository.js';
import { NoticeInboxRepository } from '../../src/publishing/infrastructure/notices/notice-inbox.repository.js';
import { OverdueTargetsRepository } from '../../src/publishing/infrastructure/reconcile/overdue.repository.js';
import { PersonsWordsRepository } from '../../src/publishing/infrastructure/reconcile/persons-words.repository.js';
import { ReconciliationRepository } from '../../src/publishing/infrastructure/reconcile/reconciliation.repository.js';
import { SecondCopiesRepository } from '../../src/publishing/infrastructure/reconcile/second-copies.repository.js';
import { TargetStoreRepository } from '../../src/publishing/infrastructure/targets/target-store.repository.js';
import { PublishingSettings } from '../../src/publishing/publishing-settings.js';
import { routingTiming } from '../../src/routing/domain/routing-timing.js';
import { attemptQuotas } from './quotas.js';
import { seedTarget, type SeededWorkspace } from './rows.js';

/** What the platform shows, as the test wants it. */
export interface Shown {
  check: CheckOutcome;
  find: FindOutcome;
  withoutHandle: AbsenceRule;
}

const KEY = `test:${Buffer.alloc(32, 3).toString('base64')}`;
const RULE: AbsenceRule = { witness: 'list', reads: 1, spacingSeconds: 0, holdSeconds: 0 };

/** Everything that finds out the truth, on real tables and a platform that shows what the test says. */
export const truthDesk = (database: Database) => {
  const shown: Shown = { check: { kind: 'inconclusive' }, find: { kind: 'listed', posts: [] }, withoutHandle: RULE };
  const quotas = attemptQuotas(database);
  const settings = new PublishingSettings(publishingTiming(1), routingTiming(1), 0, 1, () => 1);
  const engine = new Engine({ now: () => new Date() }, settings);
  const store = new TargetStoreRepository(database, quotas);
  const journal = new AttemptJournalRepository(database, new SecretBox(KEY));
  const firing = new FiringRepository(database, quotas);
  const handOffs = new HandOffsRepository(database);
  const events = new EventOutbox(database);
  const copies = new SecondCopiesRepository(database);
  const overdue = new OverdueTargetsRepository(database);
  const reconciliation = new ReconciliationRepository(database);
  const wakeUps = { plan: () => Promise.resolve() };
  const nothing = () => Promise.resolve();
  const effects = { execute: nothing, executeAll: nothing } as unknown as RunEffects;
  const platform = {
    absenceRule: RULE,
    absenceRuleOf: () => RULE,
    get absenceRuleWithoutHandle() {
      return shown.withoutHandle;
    },
    postLinkOf: tiktokPostLink,
    check: () => Promise.resolve(shown.check),
    find: () => Promise.resolve(shown.find),
  };
  const platforms = { get: () => platform } as unknown as PlatformRegistry;
  const access = { contextOf: () => Promise.resolve({}), renewed: () => Promise.resolve(undefined) };
  const accounts = {
    find: () => Promise.resolve([{ externalId: 'open-1' }]),
    findMany: () => Promise.resolve([]),
  } as unknown as AccountDirectory;
  const health = { measuredState: () => ({ state: 'healthy' }) } as unknown as HealthView;
  const lookAt = new LookAtPlatform(platforms, access as unknown as PlatformAccess, journal, accounts, health);
  const settle = new SettleTarget(database, store, journal, wakeUps, effects, engine);
  const write = new WriteWord(store, wakeUps, effects, handOffs, engine);
  const decide = { execute: () => Promise.resolve([]) } as unknown as DecideTargets;
  const settleOverdue = new SettleOverdue(database, store, overdue, write, decide, {} as ApplyDecision);
  const makeWay = new MakeWay(new NoticeInboxRepository(database), store, journal);
  const report = new ReportSecondCopy(database, store, copies, events);
  const workerId = newId();
  return {
    shown,
    firing,
    store,
    handOffs,
    start: () => database.affected(`insert into worker (id) values ($1)`, [workerId]),
    arm: (targetId: string, version = 1) => firing.arm(workerId, [{ targetId, version }]),
    resolve: new ResolveTarget(new PersonsWordsRepository(database), journal, platforms, accounts, write),
    reconcile: new ReconcileTargets(reconciliation, lookAt, settle as never),
    secondLooks: new SecondLooks(copies, lookAt, settle, makeWay, report, engine),
    lookBeforeSend: new LookBeforeSend(overdue, database, events, lookAt, reconciliation, settleOverdue),
    /** A target whose call was made an hour ago, its attempt in the given state. */
    async attempted(seeded: SeededWorkspace, state: string, status: string): Promise<ArmedRef & { handle: string }> {
      const id = await seedTarget(database, seeded, -10);
      const { armed } = await firing.arm(workerId, [{ targetId: id, version: 1 }]);
      const [ref] = await firing.markPublishing(await firing.intend(armed));
      if (!ref) throw new Error('The target does not publish.');
      const handle = `h-${newId()}`;
      await journal.saveResume(ref, { handle });
      await database.affected(
        `update attempt set state = $2, commit_started_at = now() - interval '1 hour',
                call_deadline_at = now() - interval '50 minutes', outcome_at = now() - interval '50 minutes' where id = $1`,
        [ref.attemptId, state],
      );
      await database.affected(`delete from target_lease where target_id = $1`, [id]);
      await database.affected(
        `update target set status = $2, platform_handle = $3,
                next_check_at = case when $2 in ('unconfirmed', 'publishing') then now() + interval '1 day' end
          where id = $1`,
        [id, status, status === 'published' ? handle : null],
      );
      return { ...ref, handle };
    },
  };
};
