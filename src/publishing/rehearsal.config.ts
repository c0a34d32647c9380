import { NO_QUOTAS, publishQuotas } from '../accounts/domain/quota.policy.js';
import { AppConfig } from '../infra/config/app-config.js';
import { FillLedger, RehearsalRules } from './application/rehearsal/fill-ledger.js';
import { RehearseOutage } from './application/rehearsal/rehearse-outage.js';
import { ComingTargets } from './domain/rehearsal/coming-targets.port.js';
import { ComingTargetsRepository } from './infrastructure/rehearsal/coming-targets.repository.js';

export const rehearsalProviders = [
  {
    provide: RehearsalRules,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) =>
      new RehearsalRules(env.PUBLISH_QUOTAS ? publishQuotas(env.YOUTUBE_DAILY_INSERTS) : NO_QUOTAS),
  },
  { provide: ComingTargets, useClass: ComingTargetsRepository },
  FillLedger,
  RehearseOutage,
];
