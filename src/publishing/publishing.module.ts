import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { HealthModule } from '../health/index.js';
import { AppConfig } from '../infra/config/app-config.js';
import { DAY_MS, scaledMs } from '../kernel/durations.js';
import { LibraryModule } from '../library/index.js';
import { RoutingModule } from '../routing/index.js';
import { routingTiming } from '../routing/domain/routing-timing.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { ApplyDecision } from './application/apply-decision.js';
import { ApplyNotices } from './application/apply-notices.js';
import { ApplyPostNotice } from './application/apply-post-notice.js';
import { ArmTargets } from './application/arm-targets.js';
import { CancelTargets } from './application/cancel-targets.js';
import { CatchUpTargets } from './application/catch-up-targets.js';
import { CreateReplacement } from './application/create-replacement.js';
import { DecideTargets } from './application/decide-targets.js';
import { Engine } from './application/engine.js';
import { FireDueTargets } from './application/fire-due-targets.js';
import { Freshness } from './application/freshness.js';
import { GatherFacts } from './application/gather-facts.js';
import { LimitedWork } from './application/limited-work.js';
import { LoseConsent } from './application/lose-consent.js';
import { PersistentSettle } from './application/persistent-settle.js';
import { PlatformAccess } from './application/platform-access.js';
import { PrepareTarget } from './application/prepare-target.js';
import { PublishTarget } from './application/publish-target.js';
import { ReceiveNotices } from './application/receive-notices.js';
import { ReconcileTargets } from './application/reconcile-targets.js';
import { ReconsiderHeld } from './application/reconsider-held.js';
import { RefreezeTargets } from './application/refreeze-targets.js';
import { ReroutePlatform } from './application/reroute-platform.js';
import { RerouteTarget } from './application/reroute-target.js';
import { RetryTargets } from './application/retry-targets.js';
import { RunEffects } from './application/run-effects.js';
import { ScheduleTargets } from './application/schedule-targets.js';
import { SeekReplacement } from './application/seek-replacement.js';
import { SettleTarget } from './application/settle-target.js';
import { SweepWakeUps } from './application/sweep-wake-ups.js';
import { TakeOverWorkers } from './application/take-over-workers.js';
import { TargetReader } from './application/target-reader.js';
import { TellGone } from './application/tell-gone.js';
import { AttemptJournal, Firing } from './domain/firing.port.js';
import { NoticeInbox } from './domain/notice-inbox.port.js';
import { Occurrences } from './domain/occurrences.port.js';
import { publishingTiming } from './domain/publishing-timing.js';
import { Reconciliation, Takeovers } from './domain/reconciliation.port.js';
import { RouteEvidence } from './domain/route-evidence.port.js';
import { TargetStore, WakeUps } from './domain/target-store.port.js';
import { WaitingTargets } from './domain/waiting-targets.port.js';
import { WakeUpFeed } from './domain/wake-up-feed.port.js';
import { handOffProviders } from './hand-off.config.js';
import { HooksController } from './http/hooks.controller.js';
import { HandOffPagesController } from './http/hand-off/hand-off-pages.controller.js';
import { HandOffsController } from './http/hand-off/hand-offs.controller.js';
import { ReroutesController } from './http/reroutes.controller.js';
import { TargetsController } from './http/targets.controller.js';
import { AttemptQuotas } from './infrastructure/attempt-quotas.js';
import { AttemptJournalRepository } from './infrastructure/attempt-journal.repository.js';
import { FiringRepository } from './infrastructure/firing.repository.js';
import { NoticeInboxRepository } from './infrastructure/notice-inbox.repository.js';
import { OccurrencesRepository } from './infrastructure/occurrences.repository.js';
import { ReconciliationRepository } from './infrastructure/reconciliation.repository.js';
import { RouteEvidenceRepository } from './infrastructure/route-evidence.repository.js';
import { TakeoversRepository } from './infrastructure/takeovers.repository.js';
import { TargetReaderRepository } from './infrastructure/target-reader.repository.js';
import { TargetStoreRepository } from './infrastructure/target-store.repository.js';
import { WaitingTargetsRepository } from './infrastructure/waiting-targets.repository.js';
import { WakeUpFeedRepository } from './infrastructure/wake-up-feed.repository.js';
import { WakeUpQueue } from './infrastructure/wake-up.queue.js';
import { WorkerRegistry } from './infrastructure/worker-registry.js';
import { DuePump } from './jobs/due-pump.js';
import { NoticesJob } from './jobs/notices.job.js';
import { PublishingJob, PublishingUseCases } from './jobs/publishing.job.js';
import { PublishingSettings } from './publishing-settings.js';

const useCases = [
  ApplyDecision,
  ApplyNotices,
  ApplyPostNotice,
  ArmTargets,
  CancelTargets,
  CatchUpTargets,
  CreateReplacement,
  DecideTargets,
  Engine,
  FireDueTargets,
  Freshness,
  GatherFacts,
  LimitedWork,
  LoseConsent,
  PersistentSettle,
  PlatformAccess,
  PrepareTarget,
  PublishTarget,
  ReceiveNotices,
  ReconcileTargets,
  ReconsiderHeld,
  RefreezeTargets,
  ReroutePlatform,
  RerouteTarget,
  RetryTargets,
  RunEffects,
  ScheduleTargets,
  SeekReplacement,
  SettleTarget,
  SweepWakeUps,
  TakeOverWorkers,
  TellGone,
];

const adapters = [
  AttemptQuotas,
  { provide: AttemptJournal, useClass: AttemptJournalRepository },
  { provide: Firing, useClass: FiringRepository },
  { provide: NoticeInbox, useClass: NoticeInboxRepository },
  { provide: Occurrences, useClass: OccurrencesRepository },
  { provide: Reconciliation, useClass: ReconciliationRepository },
  { provide: RouteEvidence, useClass: RouteEvidenceRepository },
  { provide: Takeovers, useClass: TakeoversRepository },
  { provide: TargetReader, useClass: TargetReaderRepository },
  { provide: TargetStore, useClass: TargetStoreRepository },
  { provide: WaitingTargets, useClass: WaitingTargetsRepository },
  { provide: WakeUpFeed, useClass: WakeUpFeedRepository },
  WakeUpQueue,
  { provide: WakeUps, useExisting: WakeUpQueue },
  WorkerRegistry,
];

const settings = {
  provide: PublishingSettings,
  inject: [AppConfig],
  useFactory: ({ env }: AppConfig) =>
    new PublishingSettings(
      publishingTiming(env.TIME_SCALE),
      routingTiming(env.TIME_SCALE),
      scaledMs(DAY_MS, env.TIME_SCALE),
      env.PUBLISH_CONCURRENCY,
      Math.random,
    ),
};

@Module({
  imports: [WorkspacesModule, LibraryModule, AccountsModule, HealthModule, RoutingModule],
  controllers: [HooksController, HandOffPagesController, HandOffsController, TargetsController, ReroutesController],
  providers: [
    settings,
    ...useCases,
    ...adapters,
    ...handOffProviders,
    PublishingUseCases,
    PublishingJob,
    NoticesJob,
    DuePump,
  ],
  exports: [ScheduleTargets, RefreezeTargets, CancelTargets, RetryTargets, TargetReader],
})
export class PublishingModule {}
