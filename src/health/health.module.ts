import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { AppConfig } from '../infra/config/app-config.js';
import { DAY_MS } from '../kernel/durations.js';
import { WorkspacesModule } from '../workspaces/index.js';
import { AssessPlatforms } from './application/assess-platforms.js';
import { DeclareIncidents } from './application/declare-incidents.js';
import { AdviseHealth } from './application/feeds/advise-health.js';
import { HealthView } from './application/health-view.js';
import { KeepSignals } from './application/keep-signals.js';
import { OverrideDesk } from './application/override-desk.js';
import { ProbeNeutral } from './application/probe-neutral.js';
import { ProbePlatforms } from './application/probe-platforms.js';
import { ReadPlatforms } from './application/read-platforms.js';
import { Assessments, CanaryTokens } from './domain/assessments.port.js';
import { detectorConfig } from './domain/detector-config.js';
import { FeedDoor } from './domain/feeds/feeds.port.js';
import { HealthSnapshots } from './domain/health-snapshot.port.js';
import { incidentMergeMs } from './domain/incident.js';
import { Incidents } from './domain/incidents.port.js';
import { NeutralEndpoint } from './domain/neutral-endpoint.port.js';
import { Overrides } from './domain/overrides.port.js';
import { probeTiming } from './domain/probe-budget.js';
import { ProbeSources } from './domain/probe-sources.port.js';
import { SignalRecorder } from './domain/signal-recorder.port.js';
import { feedProviders } from './feeds.config.js';
import { HealthSettings } from './health-settings.js';
import { FeedsController } from './http/feeds/feeds.controller.js';
import { IncidentsController } from './http/incidents.controller.js';
import { OverridesController } from './http/overrides.controller.js';
import { PlatformsController } from './http/platforms.controller.js';
import { ProvidersController } from './http/providers/providers.controller.js';
import { AssessmentsRepository } from './infrastructure/assessments.repository.js';
import { CanaryTokensRepository } from './infrastructure/canary-tokens.repository.js';
import { HealthSnapshotsRepository } from './infrastructure/health-snapshots.repository.js';
import { HttpNeutralEndpoint } from './infrastructure/http-neutral-endpoint.js';
import { IncidentsRepository } from './infrastructure/incidents.repository.js';
import { OverridesRepository } from './infrastructure/overrides.repository.js';
import { ProbeSourcesRepository } from './infrastructure/probe-sources.repository.js';
import { SignalsRepository } from './infrastructure/signals.repository.js';
import { HealthJob } from './jobs/health.job.js';
import { providerProviders } from './providers.config.js';

const settings = {
  provide: HealthSettings,
  inject: [AppConfig],
  useFactory: ({ env }: AppConfig) =>
    new HealthSettings(
      detectorConfig(env.TIME_SCALE, !env.PROBES_ENABLED),
      probeTiming(env.PROBE_INTERVAL_SECONDS, env.PROBES_ENABLED, env.TIME_SCALE),
      Math.random,
      incidentMergeMs(env.TIME_SCALE),
      env.SIGNAL_RETENTION_DAYS * DAY_MS,
    ),
};

const neutralEndpoint = {
  provide: NeutralEndpoint,
  inject: [AppConfig],
  useFactory: ({ env }: AppConfig) => new HttpNeutralEndpoint(addressesOf(env.CONNECTIVITY_URLS)),
};
const addressesOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((url) => url.trim())
    .filter((url) => url !== '');

/** Needs `PlatformRegistry` from the global platforms module. */
@Module({
  imports: [WorkspacesModule, AccountsModule],
  controllers: [PlatformsController, OverridesController, IncidentsController, FeedsController, ProvidersController],
  providers: [
    settings,
    neutralEndpoint,
    ...feedProviders,
    ...providerProviders,
    { provide: Assessments, useClass: AssessmentsRepository },
    { provide: CanaryTokens, useClass: CanaryTokensRepository },
    { provide: HealthSnapshots, useClass: HealthSnapshotsRepository },
    { provide: Incidents, useClass: IncidentsRepository },
    { provide: Overrides, useClass: OverridesRepository },
    { provide: ProbeSources, useClass: ProbeSourcesRepository },
    { provide: SignalRecorder, useClass: SignalsRepository },
    AssessPlatforms,
    DeclareIncidents,
    HealthView,
    OverrideDesk,
    KeepSignals,
    ProbeNeutral,
    ProbePlatforms,
    ReadPlatforms,
    HealthJob,
  ],
  exports: [AdviseHealth, FeedDoor, HealthView, SignalRecorder, CanaryTokens, Incidents],
})
export class HealthModule {}
