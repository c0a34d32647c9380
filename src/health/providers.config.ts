import { AppConfig } from '../infra/config/app-config.js';
import { JudgeProviders } from './application/providers/judge-providers.js';
import { providerLimits } from './domain/providers/provider-detector.js';
import { ProviderHealths } from './domain/providers/providers.port.js';
import { ProviderHealthRepository } from './infrastructure/providers/provider-health.repository.js';
import { ProvidersJob } from './jobs/providers/providers.job.js';
import { ProviderSettings } from './provider-settings.js';

export const providerProviders = [
  { provide: ProviderHealths, useClass: ProviderHealthRepository },
  {
    provide: ProviderSettings,
    inject: [AppConfig],
    useFactory: ({ env }: AppConfig) => new ProviderSettings(providerLimits(env.TIME_SCALE)),
  },
  JudgeProviders,
  ProvidersJob,
];
