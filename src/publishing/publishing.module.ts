import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { HealthModule } from '../health/index.js';
import { AppConfig } from '../infra/config/app-config.js';
import { DAY_MS, scaledMs } from '../kernel/durations.js';
import { LibraryModule } from '../library/index.js';
import { RoutingModule } from '../routing/index.js';
import { routingTiming } from '../routing/domain/routing-timing.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { ApplyDecision } from './application/rerouting/apply-decision.js';
import { ApplyNotices } from './application/notices/apply-notices.js';
import { ApplyPostNotice } from './application/notices/apply-post-notice.js';
import { ArmTargets } from './application/firing/arm-targets.js';
import { batchProviders } from './batches.config.js';
import { CancelMany } from './application/targets/cancel-many.js';
import { CancelTargets } from './application/targets/cancel-targets.js';
import { CatchUpTargets } from './application/rerouting/catch-up-targets.js';
import { CreateReplacement } from './application/rerouting/create-replacement.js';
import { DecideTargets } from './application/rerouting/decide-targets.js';
import { Engine } from './application/engine.js';
import { DecideDue } from './application/firing/decide-due.js';
import { FireDueTargets } from './application/firing/fire-due-targets.js';
import { Freshness } from './application/targets/freshness.js';
import { GatherFacts } from './application/rerouting/gather-facts.js';
import { CallGate } from './application/firing/call-gate.js';
import { CallLanes } from './application/firing/call-lanes.js';
import { LoseConsent } from './application/targets/lose-consent.js';
import { InheritTargets } from './application/firing/inherit-targets.js';
import { PersistentSettle } from './application/firing/persistent-settle.js';
import { PlatformAccess } from './application/firing/platform-access.js';
import { PrepareTarget } from './application/firing/prepare-target.js';
import { PublishTarget } from './application/firing/publish-target.js';
import { ReceiveNotices } from './application/notices/receive-notices.js';
import { ReconcileTargets } from './application/reconcile/reconcile-targets.js';
import { ReconsiderHeld } from './application/rerouting/reconsider-held.js';
import { MoveTargets } from './application/targets/move-targets.js';
import { RefreezeTargets } from './application/targets/refreeze-targets.js';
import { ReroutePlatform } from './application/rerouting/reroute-platform.js';
import { RehearseOutage } from './application/rehearsal/rehearse-outage.js';
import { RerouteTarget } from './application/rerouting/reroute-target.js';
import { RetryTargets } from './application/targets/retry-targets.js';
import { ReportTrouble } from './application/firing/report-trouble.js';
import { DressLinks } from './application/targets/dress-links.js';
import { InsertTargets } from './application/targets/insert-targets.js';
import { ScheduleTargets } from './application/targets/schedule-targets.js';
import { SeekReplacement } from './application/rerouting/seek-replacement.js';
import { SettleBatch } from './application/firing/settle-batch.js';
import { SettleTarget } from './application/firing/settle-target.js';
import { StartCalls } from './application/firing/start-calls.js';
import { SweepWakeUps } from './application/firing/sweep-wake-ups.js';
import { TakeOverWorkers } from './application/reconcile/take-over-workers.js';
import { TargetReader } from './application/targets/target-reader.js';
import { TellGone } from './application/targets/tell-gone.js';
import { AttemptJournal, Firing, Inheritance } from './domain/firing/firing.port.js';
import { NoticeInbox } from './domain/notices/notice-inbox.port.js';
import { Occurrences } from './domain/targets/occurrences.port.js';
import { publishingTiming } from './domain/publishing-timing.js';
import { Reconciliation, Takeovers } from './domain/reconcile/reconciliation.port.js';
import { RouteEvidence } from './domain/rerouting/route-evidence.port.js';
import { TargetTimes } from './domain/targets/target-times.port.js';
import { TargetStore, WakeUps } from './domain/targets/target-store.port.js';
import { WaitingTargets } from './domain/rerouting/waiting-targets.port.js';
import { WakeUpFeed } from './domain/firing/wake-up-feed.port.js';
import { approvalProviders } from './approvals.config.js';
import { DecideApprovals } from './application/approvals/decide-approvals.js';
import { handOffProviders } from './hand-off.config.js';
import { HooksController } from './http/notices/hooks.controller.js';
import { HandOffPagesController } from './http/hand-off/hand-off-pages.controller.js';
import { HandOffsController } from './http/hand-off/hand-offs.controller.js';
import { BestTimesController } from './http/metrics/best-times.controller.js';
import { commentProviders } from './comments.config.js';
import { FirstCommentsController } from './http/comments/first-comments.controller.js';
import { MetricsController } from './http/metrics/metrics.controller.js';
import { ReroutesController } from './http/rerouting/reroutes.controller.js';
import { UndoReroutesController } from './http/rerouting/undo-reroutes.controller.js';
import { TargetsController } from './http/targets.controller.js';
import { AttemptQuotas } from './infrastructure/firing/attempt-quotas.js';
import { RetryBudget } from './domain/firing/retry-budget.port.js';
import { RetryBudgetRepository } from './infrastructure/firing/retry-budget.repository.js';
import { AttemptJournalRepository } from './infrastructure/firing/attempt-journal.repository.js';
import { InheritanceRepository } from './infrastructure/firing/inheritance.repository.js';
import { FiringRepository } from './infrastructure/firing/firing.repository.js';
import { NoticeInboxRepository } from './infrastructure/notices/notice-inbox.repository.js';
import { OccurrencesRepository } from './infrastructure/targets/occurrences.repository.js';
import { ReconciliationRepository } from './infrastructure/reconcile/reconciliation.repository.js';
import { RouteEvidenceRepository } from './infrastructure/rerouting/route-evidence.repository.js';
import { TakeoversRepository } from './infrastructure/reconcile/takeovers.repository.js';
import { TargetReaderRepository } from './infrastructure/targets/target-reader.repository.js';
import { TargetStoreRepository } from './infrastructure/targets/target-store.repository.js';
import { WaitingTargetsRepository } from './infrastructure/rerouting/waiting-targets.repository.js';
import { WakeUpFeedRepository } from './infrastructure/firing/wake-up-feed.repository.js';
import { WakeUpQueue } from './infrastructure/firing/wake-up.queue.js';
import { WorkerRegistry } from './infrastructure/firing/worker-registry.js';
import { metricsProviders } from './metrics.config.js';
import { operationsProviders } from './operations.config.js';
import { reroutingProviders } from './rerouting.config.js';
import { DuePump } from './jobs/firing/due-pump.js';
import { NoticesJob } from './jobs/notices/notices.job.js';
import { PartialRuns } from './infrastructure/targets/partial-runs.repository.js';
import { PartialRunsJob } from './jobs/targets/partial-runs.job.js';
import { PublishingJob, PublishingUseCases } from './jobs/publishing.job.js';
import { HoldPaused } from './application/pauses/hold-paused.js';
import { ApplyDecisions } from './application/rerouting/apply-decisions.js';
import { DecideRetries } from './application/rerouting/decide-retries.js';
import { RetriesJob } from './jobs/rerouting/retries.job.js';
import { ReleasePaused } from './application/pauses/release-paused.js';
import { pauseProviders } from './pauses.config.js';
import { PausesController } from './http/pauses/pauses.controller.js';
import { ResolveTargetsController } from './http/targets/resolve-targets.controller.js';
import { WithdrawRuns } from './application/targets/withdraw-runs.js';
import { RunMembers } from './domain/targets/run-members.port.js';
import { RunMembersRepository } from './infrastructure/targets/run-members.repository.js';
import { PublishingSettings } from './publishing-settings.js';
import { rehearsalProviders } from './rehearsal.config.js';
import { truthProviders } from './truth.config.js';

const useCases = [
  ApplyDecision,
  ApplyDecisions,
  ApplyNotices,
  ApplyPostNotice,
  ArmTargets,
  CancelTargets,
  CatchUpTargets,
  CreateReplacement,
  DecideDue,
  DecideRetries,
  DecideTargets,
  Engine,
  FireDueTargets,
  Freshness,
  GatherFacts,
  InheritTargets,
  CallGate,
  CallLanes,
  LoseConsent,
  PersistentSettle,
  PlatformAccess,
  PrepareTarget,
  PublishTarget,
  ReceiveNotices,
  ReconcileTargets,
  DressLinks,
  InsertTargets,
  ReconsiderHeld,
  RefreezeTargets,
  ReroutePlatform,
  RerouteTarget,
  RetryTargets,
  ReportTrouble,
  ScheduleTargets,
  SeekReplacement,
  SettleBatch,
  SettleTarget,
  StartCalls,
  SweepWakeUps,
  TakeOverWorkers,
  TellGone,
  WithdrawRuns,
];

const adapters = [
  AttemptQuotas,
  { provide: AttemptJournal, useClass: AttemptJournalRepository },
  { provide: Firing, useClass: FiringRepository },
  { provide: Inheritance, useClass: InheritanceRepository },
  { provide: NoticeInbox, useClass: NoticeInboxRepository },
  { provide: Occurrences, useClass: OccurrencesRepository },
  { provide: Reconciliation, useClass: ReconciliationRepository },
  { provide: RetryBudget, useClass: RetryBudgetRepository },
  { provide: RouteEvidence, useClass: RouteEvidenceRepository },
  { provide: RunMembers, useClass: RunMembersRepository },
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
      env.PUBLISH_PER_PLATFORM_PER_SECOND,
    ),
};

@Module({
  imports: [WorkspacesModule, LibraryModule, AccountsModule, HealthModule, RoutingModule],
  controllers: [
    BestTimesController,
    FirstCommentsController,
    MetricsController,
    HooksController,
    HandOffPagesController,
    HandOffsController,
    PausesController,
    TargetsController,
    ResolveTargetsController,
    ReroutesController,
    UndoReroutesController,
  ],
  providers: [
    settings,
    ...useCases,
    ...adapters,
    ...approvalProviders,
    ...batchProviders,
    ...handOffProviders,
    ...pauseProviders,
    ...commentProviders,
    ...metricsProviders,
    ...operationsProviders,
    ...reroutingProviders,
    ...rehearsalProviders,
    ...truthProviders,
    PublishingUseCases,
    PublishingJob,
    NoticesJob,
    RetriesJob,
    PartialRuns,
    PartialRunsJob,
    DuePump,
  ],
  exports: [
    CancelMany,
    MoveTargets,
    TargetTimes,
    ScheduleTargets,
    RefreezeTargets,
    CancelTargets,
    RetryTargets,
    TargetReader,
    DecideApprovals,
    HoldPaused,
    ReleasePaused,
    RehearseOutage,
    WithdrawRuns,
  ],
})
export class PublishingModule {}
